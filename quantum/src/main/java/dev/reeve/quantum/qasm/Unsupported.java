package dev.reeve.quantum.qasm;

/// Words for tokens that cannot begin a statement, so that nobody has to guess what is wrong.
final class Unsupported {
  private Unsupported() {}

  /// The refusal for a token that cannot begin a statement here.
  static Diagnostics.Reported asStatement(TokenCursor cursor) {
    int offset = cursor.offset();
    Diagnostics diagnostics = cursor.diagnostics();
    return switch (cursor.kind()) {
      case CASE, DEFAULT ->
          diagnostics.invalid(offset, "\"" + cursor.text() + "\" outside of a switch");
      case ELSE -> diagnostics.invalid(offset, "\"else\" without \"if\"");
      case READONLY, MUTABLE -> diagnostics.invalid(offset, "only for parameters of subroutines");
      case OPENQASM ->
          diagnostics.invalid(offset, "the version must be the first statement", "remove it here");
      default -> cursor.unexpected("a statement");
    };
  }
}
