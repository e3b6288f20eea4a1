package dev.reeve.quantum.qasm;

import java.util.Arrays;

/// The tokens of a source: a token is its position in this list.
final class Tokens {
  private final String text;
  private final Words words;
  private TokenKind[] kinds = new TokenKind[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int size;
  private int physicalQubits;
  private int physicalOffset;

  Tokens(String text, QasmVersion version) {
    this.text = text;
    this.words = new Words(text, version);
  }

  void add(TokenKind kind, int start, int end) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    kinds[size] = kind;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  Words words() {
    return words;
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

  int size() {
    return size;
  }

  TokenKind kind(int token) {
    return kinds[token];
  }

  /// Offset of its first character.
  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  String text(int token) {
    return kinds[token] == TokenKind.IDENTIFIER
        ? words.word(starts[token], ends[token])
        : text.substring(starts[token], ends[token]);
  }
}
