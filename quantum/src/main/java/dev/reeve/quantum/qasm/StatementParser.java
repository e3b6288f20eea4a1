package dev.reeve.quantum.qasm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses programs: blocks and what may stand in them. After an error it goes on with the next
/// statement.
final class StatementParser implements StatementSource {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final DeclarationParser declarations;
  private final SubroutineParser subroutines;
  private final OperationParser operations;
  private final ControlParser control;
  private final TimingParser timing;
  private boolean begun;

  StatementParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor, this);
    this.operations = new OperationParser(cursor, expressions);
    this.declarations = new DeclarationParser(cursor, expressions, operations, this);
    this.subroutines = new SubroutineParser(cursor, expressions, operations, this);
    this.control = new ControlParser(cursor, expressions, operations, this);
    this.timing = new TimingParser(cursor, expressions, operations, this);
  }

  /// The next statement of the program behind the version line, passing over those that are wrong.
  @Override
  public @Nullable Statement next() {
    if (!begun) {
      begun = true;
      version();
    }
    cursor.forgetWhatIsRead();
    while (!cursor.is(TokenKind.END_OF_FILE)) {
      if (cursor.is(TokenKind.RIGHT_BRACE)) {
        cursor.diagnostics().note(cursor.offset(), "} without {", "");
        cursor.advance();
      } else {
        Statement read = statementOrNone();
        if (read != null) {
          return read;
        }
      }
    }
    return null;
  }

  @Override
  public List<Statement> rest() {
    List<Statement> statements = new ArrayList<>();
    for (Statement each = next(); each != null; each = next()) {
      statements.add(each);
    }
    return statements;
  }

  /// Reads all that come, for what is wrong with them.
  void skipAll() {
    boolean more = true;
    while (more) {
      more = next() != null;
    }
  }

  private void version() {
    if (cursor.accept(TokenKind.OPENQASM)) {
      cursor.advance();
      if (!cursor.accept(TokenKind.SEMICOLON)) {
        cursor.diagnostics().note(cursor.endOfPrevious(), "missing ; after the version", "");
      }
    }
  }

  /// A value, and nothing else.
  Expression value() {
    Expression value = expressions.expression();
    if (!cursor.is(TokenKind.END_OF_FILE)) {
      throw cursor.unexpected("the end");
    }
    return value;
  }

  /// What an array starts from, and nothing else.
  Expression initial() {
    Expression initial = expressions.initial();
    if (!cursor.is(TokenKind.END_OF_FILE)) {
      throw cursor.unexpected("the end");
    }
    return initial;
  }

  /// A block from its opening brace to its closing one.
  List<Statement> braced(String after) {
    int openedAt = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACE, after);
    return block(openedAt);
  }

  /// Statements up to the closing brace; the opening one is already taken.
  List<Statement> block(int openedAt) {
    List<Statement> statements = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      if (cursor.is(TokenKind.END_OF_FILE)) {
        throw cursor.diagnostics().invalid(openedAt, "{ without }");
      }
      Statement read = statementOrNone();
      if (read != null) {
        statements.add(read);
      }
    }
    return statements;
  }

  /// A statement, or none when it is wrong and said so.
  private @Nullable Statement statementOrNone() {
    int depth = cursor.depth();
    try {
      return statement();
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported _) {
      cursor.recover(depth);
      return null;
    }
  }

  private Statement statement() {
    expressions.newStatement();
    cursor.enter();
    if (cursor.is(TokenKind.ANNOTATION)) {
      annotations();
    }
    Statement statement = cursor.isVersion2() ? ofVersion2() : ofVersion3();
    cursor.leave();
    return statement;
  }

  private Statement ofVersion2() {
    return switch (cursor.kind()) {
      case INCLUDE -> declarations.include();
      case QREG -> declarations.oldQubits();
      case CREG -> declarations.oldBits();
      case GATE -> declarations.gate();
      case OPAQUE -> declarations.opaque();
      case IF -> control.ifOfVersion2();
      case PRAGMA -> remark();
      default -> operations.operation();
    };
  }

  private Statement ofVersion3() {
    return switch (cursor.kind()) {
      case INCLUDE -> declarations.include();
      case QREG -> declarations.oldQubits();
      case CREG -> declarations.oldBits();
      case QUBIT -> declarations.qubits();
      case BIT, BOOL, INT, UINT, FLOAT_TYPE, ANGLE, COMPLEX, DURATION, STRETCH ->
          declarations.classical();
      case ARRAY -> declarations.array();
      case CONST -> declarations.constant();
      case INPUT, OUTPUT -> declarations.passage();
      case LET -> declarations.alias();
      case GATE -> declarations.gate();
      case DEF -> subroutines.subroutine();
      case EXTERN -> subroutines.external();
      case RETURN -> subroutines.result();
      case IF -> control.ifElse();
      case FOR -> control.forLoop();
      case WHILE -> control.whileLoop();
      case SWITCH -> control.choice();
      case LEFT_BRACE -> {
        int offset = cursor.offset();
        yield new Statement.Block(offset, braced(""));
      }
      case BREAK -> new Statement.Break(word("break"));
      case CONTINUE -> new Statement.Continue(word("continue"));
      case END -> new Statement.End(word("end"));
      case BOX -> timing.box();
      case DELAY -> timing.delay();
      case NOP -> timing.nothing();
      case PRAGMA -> remark();
      case DEFCALGRAMMAR -> timing.pulseGrammar();
      case CAL -> timing.pulses();
      case DEFCAL -> timing.pulsesOf();
      default -> operations.operation();
    };
  }

  private Statement remark() {
    int offset = cursor.offset();
    cursor.advance();
    return new Statement.Remark(offset);
  }

  /// Annotations say something about the statement behind them, and there must be one.
  private void annotations() {
    int offset = cursor.offset();
    while (cursor.is(TokenKind.ANNOTATION)) {
      requireName();
      cursor.advance();
    }
    switch (cursor.kind()) {
      case END_OF_FILE, RIGHT_BRACE, PRAGMA ->
          throw cursor
              .diagnostics()
              .invalid(offset, "an annotation without a statement", "put one behind it");
      default -> {}
    }
  }

  private void requireName() {
    String text = cursor.text();
    if (text.length() < 2 || !(Character.isLetter(text.charAt(1)) || text.charAt(1) == '_')) {
      throw cursor
          .diagnostics()
          .invalid(cursor.offset(), "an annotation without a name", "as in @bind 3");
    }
  }

  private int word(String name) {
    int offset = cursor.offset();
    cursor.advance();
    cursor.expect(TokenKind.SEMICOLON, name);
    return offset;
  }

  /// The body of a branch or loop: a block, or one statement.
  List<Statement> body() {
    if (cursor.is(TokenKind.LEFT_BRACE)) {
      int offset = cursor.offset();
      cursor.advance();
      return block(offset);
    }
    return List.of(statement());
  }
}
