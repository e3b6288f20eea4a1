package dev.reeve.quantum.qasm;

/// An input of a program that has no value yet.
///
/// @param name as declared
/// @param type as declared: `float`, `float[32]`, `float[64]` or `angle`
public record OpenInput(String name, String type) {
  /// Some value of the type.
  ///
  /// @param share from 0 to 1
  double elsewhere(double share) {
    double turn = 2 * Math.PI * share;
    return type.equals("angle") ? turn : (float) (2 * turn - 2 * Math.PI);
  }
}
