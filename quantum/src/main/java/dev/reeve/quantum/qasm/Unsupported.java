package dev.reeve.quantum.qasm;

/// Names what the language has and this front end does not, so that nobody is told of a syntax
/// error when the program is right.
final class Unsupported {
  private Unsupported() {}

  /// The refusal for a token that cannot begin a statement here.
  static Diagnostics.Reported asStatement(TokenCursor cursor) {
    int offset = cursor.offset();
    Diagnostics diagnostics = cursor.diagnostics();
    return switch (cursor.kind()) {
      case ARRAY -> diagnostics.unsupported(offset, "arrays are not offered", "use registers");
      case COMPLEX -> diagnostics.unsupported(offset, "complex values are not offered", "");
      case DURATION, STRETCH ->
          diagnostics.unsupported(
              offset, "values of type " + cursor.text() + " are not offered", "leave timing out");
      case BOX, DELAY ->
          diagnostics.unsupported(
              offset,
              "\"" + cursor.text() + "\" is not offered",
              "simulators have no clock: leave timing out, or use barrier");
      case NOP -> diagnostics.unsupported(offset, "\"nop\" is not offered", "leave it out");
      case DEF ->
          diagnostics.unsupported(
              offset,
              "subroutines (def) are not offered",
              "write a gate, or repeat the statements");
      case EXTERN -> diagnostics.unsupported(offset, "extern functions are not offered", "");
      case RETURN -> diagnostics.invalid(offset, "\"return\" outside of a subroutine");
      case SWITCH, CASE, DEFAULT ->
          diagnostics.unsupported(
              offset, "\"" + cursor.text() + "\" is not offered", "write if and else");
      case INPUT ->
          diagnostics.unsupported(
              offset, "input values are not offered", "write the value as a const");
      case OUTPUT ->
          diagnostics.unsupported(
              offset, "output declarations are not offered", "every global bit is a result");
      case CALIBRATION, DEFCALGRAMMAR ->
          diagnostics.unsupported(offset, "pulse calibrations are not offered", "");
      case PRAGMA -> diagnostics.unsupported(offset, "pragmas are not offered", "remove it");
      case READONLY, MUTABLE -> diagnostics.invalid(offset, "only for parameters of subroutines");
      case OPENQASM ->
          diagnostics.invalid(offset, "the version must be the first statement", "remove it here");
      default -> cursor.unexpected("a statement");
    };
  }

  static Diagnostics.Reported inExpression(TokenCursor cursor) {
    int offset = cursor.offset();
    Diagnostics diagnostics = cursor.diagnostics();
    return switch (cursor.kind()) {
      case TIMING, DURATIONOF, DURATION, STRETCH ->
          diagnostics.unsupported(offset, "durations are not offered", "leave timing out");
      case IMAGINARY, COMPLEX ->
          diagnostics.unsupported(offset, "complex values are not offered", "");
      case HARDWARE_QUBIT -> hardwareQubit(cursor);
      case LEFT_BRACE -> diagnostics.unsupported(offset, "arrays are not offered", "");
      default -> cursor.unexpected("a value");
    };
  }

  static Diagnostics.Reported asType(TokenCursor cursor) {
    return switch (cursor.kind()) {
      case COMPLEX, DURATION, STRETCH, ARRAY -> asStatement(cursor);
      default -> cursor.unexpected("a type");
    };
  }

  static Diagnostics.Reported hardwareQubit(TokenCursor cursor) {
    return cursor
        .diagnostics()
        .unsupported(
            cursor.offset(),
            "physical qubits such as " + cursor.text() + " are not offered",
            "declare qubits: qubit[2] q;");
  }
}
