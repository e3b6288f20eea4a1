package dev.reeve.quantum;

/// A complex number for references in tests: slow, plain, and nothing like the code under test.
public record Complex(double re, double im) {
  public static final Complex ZERO = new Complex(0, 0);
  public static final Complex ONE = new Complex(1, 0);
  public static final Complex I = new Complex(0, 1);

  public static Complex of(double re) {
    return new Complex(re, 0);
  }

  /// e^(i angle).
  public static Complex unit(double angle) {
    return new Complex(Math.cos(angle), Math.sin(angle));
  }

  public Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  public Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  public Complex times(double factor) {
    return new Complex(re * factor, im * factor);
  }

  public Complex conjugate() {
    return new Complex(re, -im);
  }

  public double modulus() {
    return Math.hypot(re, im);
  }
}
