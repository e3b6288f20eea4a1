package dev.reeve.quantum;

import dev.reeve.base.Check;

/// The matrix of each gate of the model that has a target.
public final class GateMatrices {
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private GateMatrices() {}

  /// The matrix of a gate with these angles, without its controls.
  ///
  /// @throws IllegalArgumentException for a gate without target, or whose matrix is its own
  public static ComplexMatrix of(Gate gate, double... angles) {
    Check.argument(angles.length == gate.angles(), "angles: %d", angles.length);
    return switch (gate) {
      case I -> ComplexMatrix.identity(2);
      case X -> real(0, 1, 1, 0);
      case Y -> cells(0, 0, 0, -1, 0, 1, 0, 0);
      case Z -> real(1, 0, 0, -1);
      case H -> real(ROOT_HALF, ROOT_HALF, ROOT_HALF, -ROOT_HALF);
      case S -> cells(1, 0, 0, 0, 0, 0, 0, 1);
      case SDG -> cells(1, 0, 0, 0, 0, 0, 0, -1);
      case T -> cells(1, 0, 0, 0, 0, 0, ROOT_HALF, ROOT_HALF);
      case TDG -> cells(1, 0, 0, 0, 0, 0, ROOT_HALF, -ROOT_HALF);
      case SX -> cells(0.5, 0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5);
      case SXDG -> cells(0.5, -0.5, 0.5, 0.5, 0.5, 0.5, 0.5, -0.5);
      case P -> cells(1, 0, 0, 0, 0, 0, Math.cos(angles[0]), Math.sin(angles[0]));
      case RX -> rotationX(angles[0] / 2);
      case RY -> rotationY(angles[0] / 2);
      case RZ -> rotationZ(angles[0] / 2);
      case U -> general(angles[0] / 2, angles[1], angles[2], angles[3]);
      case SWAP -> swap();
      case RXX -> pairRotation(angles[0] / 2, 1);
      case RYY -> pairRotation(angles[0] / 2, -1);
      case RZZ -> diagonalPairRotation(angles[0] / 2);
      case GPHASE, UNITARY -> throw new IllegalArgumentException(gate + " has no matrix by name");
    };
  }

  /// Cells of a 2 x 2 matrix, row by row, each as real and imaginary part.
  private static ComplexMatrix cells(
      double r00,
      double i00,
      double r01,
      double i01,
      double r10,
      double i10,
      double r11,
      double i11) {
    return ComplexMatrix.of(
        2, new double[] {r00, r01, r10, r11}, new double[] {i00, i01, i10, i11});
  }

  private static ComplexMatrix real(double r00, double r01, double r10, double r11) {
    return cells(r00, 0, r01, 0, r10, 0, r11, 0);
  }

  private static ComplexMatrix rotationX(double half) {
    double c = Math.cos(half);
    double s = Math.sin(half);
    return cells(c, 0, 0, -s, 0, -s, c, 0);
  }

  private static ComplexMatrix rotationY(double half) {
    double c = Math.cos(half);
    double s = Math.sin(half);
    return real(c, -s, s, c);
  }

  private static ComplexMatrix rotationZ(double half) {
    double c = Math.cos(half);
    double s = Math.sin(half);
    return cells(c, -s, 0, 0, 0, 0, c, s);
  }

  private static ComplexMatrix general(double half, double phi, double lambda, double gamma) {
    double c = Math.cos(half);
    double s = Math.sin(half);
    return cells(
        c * Math.cos(gamma),
        c * Math.sin(gamma),
        -s * Math.cos(gamma + lambda),
        -s * Math.sin(gamma + lambda),
        s * Math.cos(gamma + phi),
        s * Math.sin(gamma + phi),
        c * Math.cos(gamma + phi + lambda),
        c * Math.sin(gamma + phi + lambda));
  }

  private static ComplexMatrix swap() {
    double[] re = new double[16];
    re[0] = 1;
    re[4 + 2] = 1;
    re[8 + 1] = 1;
    re[12 + 3] = 1;
    return ComplexMatrix.of(4, re, new double[16]);
  }

  /// exp(-i half PP) for P = X (sign 1) and P = Y (sign -1): PP exchanges 00 with 11, with that
  /// sign, and 01 with 10.
  private static ComplexMatrix pairRotation(double half, int sign) {
    double[] re = new double[16];
    double[] im = new double[16];
    for (int row = 0; row < 4; row++) {
      boolean outer = row == 0 || row == 3;
      re[row * 4 + row] = Math.cos(half);
      im[row * 4 + (3 - row)] = -Math.sin(half) * (outer ? sign : 1);
    }
    return ComplexMatrix.of(4, re, im);
  }

  private static ComplexMatrix diagonalPairRotation(double half) {
    double[] re = new double[16];
    double[] im = new double[16];
    for (int row = 0; row < 4; row++) {
      boolean equal = row == 0 || row == 3;
      re[row * 4 + row] = Math.cos(half);
      im[row * 4 + row] = equal ? -Math.sin(half) : Math.sin(half);
    }
    return ComplexMatrix.of(4, re, im);
  }
}
