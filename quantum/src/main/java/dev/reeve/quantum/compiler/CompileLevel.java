package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.SabreRouter.Effort;
import java.util.Arrays;
import java.util.Optional;

/// How much a compile tries.
public enum CompileLevel {
  /// Makes the circuit fit and leaves it otherwise as it is.
  FIT(0, false, new Effort(0, 0, 1, 0, 0, 0, 0)),
  /// A few layouts; gates that undo each other go.
  LIGHT(1, true, new Effort(6, 1, 3, 0, 0, 0, 30_000_000)),
  /// Many layouts.
  MEDIUM(2, true, new Effort(20, 2, 4, 24_000, 2, 24_000_000, 60_000_000)),
  /// Three times as many, each refined further: a few seconds for circuits of some thousand gates.
  HIGH(3, true, new Effort(40, 3, 10, 96_000, 6, 240_000_000, 600_000_000));

  private final int number;
  private final boolean simplifies;
  private final Effort effort;

  CompileLevel(int number, boolean simplifies, Effort effort) {
    this.number = number;
    this.simplifies = simplifies;
    this.effort = effort;
  }

  /// 0 to 3.
  public int number() {
    return number;
  }

  /// The level of this number.
  public static Optional<CompileLevel> of(int number) {
    return Arrays.stream(values()).filter(level -> level.number == number).findFirst();
  }

  boolean simplifies() {
    return simplifies;
  }

  /// Whether what happens on a pair of qubits is built anew.
  boolean resynthesizes() {
    return number >= 2;
  }

  /// How many ways to run the circuit a preset chooses from.
  int ways() {
    return switch (this) {
      case FIT -> 1;
      case LIGHT -> 4;
      case MEDIUM -> 6;
      case HIGH -> 12;
    };
  }

  Effort effort() {
    return effort;
  }
}
