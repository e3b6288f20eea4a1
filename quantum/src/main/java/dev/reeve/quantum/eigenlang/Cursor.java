package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.eigenlang.Token.Kind;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.Collection;
import java.util.List;

/// Where the parser stands among the words, and how large the tree has grown. Holds the bounds of
/// the tree, so that no later walk can run out of stack.
final class Cursor {
  private final List<Token> tokens;
  private final Diagnostics diagnostics;
  private final EigenLangLimits limits;
  private int at;
  private int nodes;
  private int nesting;

  Cursor(List<Token> tokens, Diagnostics diagnostics, EigenLangLimits limits) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.limits = limits;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  int offset() {
    return peek().offset();
  }

  boolean is(String word) {
    return peek().is(word);
  }

  boolean is(Kind kind) {
    return peek().kind() == kind;
  }

  boolean take(String word) {
    if (is(word)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String word) {
    if (!take(word)) {
      throw unexpected("`" + word + "`");
    }
  }

  String name() {
    if (!is(Kind.NAME) || Keywords.isKeyword(peek().text())) {
      throw unexpected("a name");
    }
    return next().text();
  }

  Diagnostics.Reported unexpected(String expected) {
    Token token = peek();
    String found =
        switch (token.kind()) {
          case NEWLINE -> "the end of the line";
          case INDENT -> "a line that stands further in";
          case DEDENT -> "the end of the block";
          case END -> "the end of the program";
          case STRING -> "a string";
          case NAME, INTEGER, REAL, OPERATOR -> "`" + cut(token.text()) + "`";
        };
    return diagnostics.invalid(token.offset(), found + " (expected: " + expected + ")", "");
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /// Goes one level down in the grammar; every call needs its [#leave].
  void enter() {
    nesting++;
    if (nesting > limits.depthMax()) {
      throw tooDeep(offset());
    }
  }

  void leave() {
    nesting--;
  }

  /// Counts a node of the tree and says how deep it is.
  int node(int offset, Expression... children) {
    int depth = 0;
    for (Expression child : children) {
      depth = Math.max(depth, child.depth());
    }
    return counted(offset, depth + 1);
  }

  /// The same for a node with many children.
  int node(int offset, Collection<Expression> children) {
    int depth = 0;
    for (Expression child : children) {
      depth = Math.max(depth, child.depth());
    }
    return counted(offset, depth + 1);
  }

  private int counted(int offset, int depth) {
    nodes++;
    if (nodes > limits.nodesMax()) {
      throw diagnostics.limit(
          offset, "a program of more than %d nodes".formatted(limits.nodesMax()));
    }
    if (depth + nesting > limits.depthMax()) {
      throw tooDeep(offset);
    }
    return depth;
  }

  private Diagnostics.Reported tooDeep(int offset) {
    return diagnostics.limit(offset, "nested deeper than %d".formatted(limits.depthMax()));
  }

  /// Skips to the line after this one, and over the block that belongs to it.
  void skipStatement() {
    while (!is(Kind.NEWLINE) && !is(Kind.END) && !is(Kind.INDENT) && !is(Kind.DEDENT)) {
      next();
    }
    if (is(Kind.NEWLINE)) {
      next();
    }
    if (is(Kind.INDENT)) {
      skipBlock();
    }
  }

  private void skipBlock() {
    int depth = 0;
    do {
      Kind kind = next().kind();
      depth += kind == Kind.INDENT ? 1 : kind == Kind.DEDENT ? -1 : 0;
    } while (depth > 0 && !is(Kind.END));
  }
}
