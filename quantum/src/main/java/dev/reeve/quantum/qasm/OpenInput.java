package dev.reeve.quantum.qasm;

import dev.reeve.quantum.QuantumProblems;
import java.util.List;
import java.util.regex.Pattern;

/// An input of a program that has no value yet.
///
/// @param name as declared
/// @param type as declared: `float`, `float[32]`, `float[64]` or `angle`
public record OpenInput(String name, String type) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Parameters of a program in another language, as inputs of one in OpenQASM.
  ///
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID` for a name that OpenQASM cannot
  ///   say
  public static List<OpenInput> of(List<String> names) {
    for (String name : names) {
      boolean free =
          NAME.matcher(name).matches()
              && TokenKind.ofWord(name, QasmVersion.V3) == TokenKind.IDENTIFIER
              && Scope.global(QasmVersion.V3).find(name) == null;
      if (!free) {
        throw QuantumProblems.PARAMETER_INVALID
            .field("param." + name, "", "a value: no input of OpenQASM can be called so")
            .toException();
      }
    }
    return names.stream().map(name -> new OpenInput(name, ScalarType.FLOAT.shown())).toList();
  }

  /// Some value of the type.
  ///
  /// @param share from 0 to 1
  double elsewhere(double share) {
    double turn = 2 * Math.PI * share;
    return type.equals("angle") ? turn : (float) (2 * turn - 2 * Math.PI);
  }
}
