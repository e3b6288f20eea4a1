package dev.reeve.quantum.qasm;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The tokens of a source: a token is its position in this list. They are cut from the source as
/// they are asked for, and those that were read can be let go.
final class Tokens {
  /// Fewer are not worth moving the others for.
  private static final int DROPPED_MIN = 1 << 12;

  /// Digits that fit into an int, whatever they are.
  private static final int SMALL_DIGITS_MAX = 9;

  private final String text;
  private final Words words;
  private TokenKind[] kinds = new TokenKind[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];

  /// The words of those that are names.
  private @Nullable String[] names = new @Nullable String[256];

  private @Nullable Runnable more;
  private int size;
  private int dropped;
  private int physicalQubits;
  private int physicalOffset;

  Tokens(String text, QasmVersion version) {
    this.text = text;
    this.words = new Words(text, version);
  }

  void add(TokenKind kind, int start, int end) {
    add(kind, start, end, null);
  }

  /// Adds the word between two offsets and returns what it is in the language.
  TokenKind addWord(int start, int end) {
    int place = words.place(start, end);
    TokenKind kind = words.kind(place);
    add(kind, start, end, words.word(place));
    return kind;
  }

  private void add(TokenKind kind, int start, int end, @Nullable String name) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      names = Arrays.copyOf(names, size * 2);
    }
    kinds[size] = kind;
    starts[size] = start;
    ends[size] = end;
    names[size] = name;
    size++;
  }

  /// What cuts off more tokens, at least one, up to the end of the file.
  void moreBy(Runnable lexer) {
    more = lexer;
  }

  /// Lets go of the first tokens when they are many, and returns how many it let go of.
  int drop(int read) {
    if (read < DROPPED_MIN || more == null) {
      return 0;
    }
    size -= read;
    System.arraycopy(kinds, read, kinds, 0, size);
    System.arraycopy(starts, read, starts, 0, size);
    System.arraycopy(ends, read, ends, 0, size);
    System.arraycopy(names, read, names, 0, size);
    dropped += read;
    return read;
  }

  /// Cuts off all that come, for what is wrong with them.
  void skipAll() {
    while (last() != TokenKind.END_OF_FILE || size == 0) {
      Objects.requireNonNull(more).run();
      int _ = drop(size - 1);
    }
  }

  /// How many there have been so far.
  int counted() {
    return dropped + size;
  }

  /// Notes that a qubit of a device is named here.
  void physicalQubit(int number, int offset) {
    if (number >= physicalQubits) {
      physicalQubits = number == Integer.MAX_VALUE ? number : number + 1;
      physicalOffset = offset;
    }
  }

  /// How many qubits of a device there are, up to the highest that is named.
  int physicalQubits() {
    return physicalQubits;
  }

  /// Where the highest is named.
  int physicalOffset() {
    return physicalOffset;
  }

  /// The last token so far, or [TokenKind#END_OF_FILE] before the first.
  TokenKind last() {
    return size == 0 ? TokenKind.END_OF_FILE : kinds[size - 1];
  }

  private void require(int token) {
    while (token >= size) {
      Objects.requireNonNull(more).run();
    }
  }

  TokenKind kind(int token) {
    require(token);
    return kinds[token];
  }

  /// The kind of a token behind this one; behind the end there is nothing but the end.
  TokenKind kindAhead(int token, int ahead) {
    for (int i = 0; i < ahead; i++) {
      if (kind(token + i) == TokenKind.END_OF_FILE) {
        return TokenKind.END_OF_FILE;
      }
    }
    return kind(token + ahead);
  }

  /// Offset of its first character.
  int start(int token) {
    require(token);
    return starts[token];
  }

  int end(int token) {
    require(token);
    return ends[token];
  }

  /// The value of a token when it is no more than a few decimal digits, else -1.
  int smallInteger(int token) {
    require(token);
    int end = ends[token];
    if (end - starts[token] > SMALL_DIGITS_MAX) {
      return -1;
    }
    int value = 0;
    for (int i = starts[token]; i < end; i++) {
      char c = text.charAt(i);
      if (!Lexer.isDigit(c)) {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value;
  }

  /// The value of a decimal number.
  double decimal(int token) {
    require(token);
    return Decimals.read(text, starts[token], ends[token]);
  }

  String text(int token) {
    require(token);
    String name = names[token];
    return name != null ? name : text.substring(starts[token], ends[token]);
  }
}
