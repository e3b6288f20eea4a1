package dev.reeve.quantum.qasm;

/// A classical type.
///
/// @param kind what sort of value
/// @param width bits, or [#MACHINE] when the program leaves it to us: 64 bits
record ScalarType(Kind kind, int width) {
  /// The width of a type written without one.
  static final int MACHINE = 0;

  static final ScalarType BOOL = new ScalarType(Kind.BOOL, 1);
  static final ScalarType INT = new ScalarType(Kind.INT, MACHINE);
  static final ScalarType UINT = new ScalarType(Kind.UINT, MACHINE);
  static final ScalarType FLOAT = new ScalarType(Kind.FLOAT, MACHINE);
  static final ScalarType ANGLE = new ScalarType(Kind.ANGLE, MACHINE);
  static final ScalarType COMPLEX = new ScalarType(Kind.COMPLEX, MACHINE);
  static final ScalarType DURATION = new ScalarType(Kind.DURATION, MACHINE);

  /// Sorts of value.
  enum Kind {
    BIT("bit"),
    BOOL("bool"),
    INT("int"),
    UINT("uint"),
    FLOAT("float"),
    ANGLE("angle"),
    COMPLEX("complex"),
    DURATION("duration");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static ScalarType bits(int width) {
    return new ScalarType(Kind.BIT, width);
  }

  /// Bits of an integer, as they are kept.
  int effectiveWidth() {
    return width == MACHINE ? 64 : width;
  }

  /// Whether its values are known when compiled, or not at all: what is no whole number, nor an
  /// angle in whole steps.
  boolean isKnownOnly() {
    return switch (kind) {
      case FLOAT, COMPLEX, DURATION -> true;
      case ANGLE -> width == MACHINE || width > Angles.WIDTH_EXACT_MAX;
      case BIT, BOOL, INT, UINT -> false;
    };
  }

  boolean isSigned() {
    return kind == Kind.INT;
  }

  /// As programs write it.
  String shown() {
    boolean bare = width == MACHINE || kind == Kind.BOOL || (kind == Kind.BIT && width == 1);
    return bare ? kind.text() : kind.text() + "[" + width + "]";
  }
}
