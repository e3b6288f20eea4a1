package dev.reeve.quantum.compiler;

import java.util.Objects;
import java.util.Optional;

/// What a compile is asked for.
///
/// @param level how much to try
/// @param seed decides which layouts are tried
/// @param preset what to be good at
/// @param timing when it is there, qubits that wait have delays in the output
/// @param decoupling what they do meanwhile; without a timing it takes [Timing#ALAP]
public record CompileOptions(
    CompileLevel level,
    long seed,
    Optional<CompilePreset> preset,
    Optional<Timing> timing,
    Optional<Decoupling> decoupling) {
  public CompileOptions {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(preset, "preset");
    Objects.requireNonNull(decoupling, "decoupling");
    timing = timing.or(() -> decoupling.map(_ -> Timing.ALAP));
  }

  /// Few two-qubit gates, and no delays.
  public static CompileOptions of(CompileLevel level, long seed) {
    return new CompileOptions(level, seed, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The same with a preset.
  public CompileOptions with(CompilePreset wanted) {
    return new CompileOptions(level, seed, Optional.of(wanted), timing, decoupling);
  }

  /// The same with delays.
  public CompileOptions with(Timing wanted) {
    return new CompileOptions(level, seed, preset, Optional.of(wanted), decoupling);
  }

  /// The same with flips in its delays.
  public CompileOptions with(Decoupling wanted) {
    return new CompileOptions(level, seed, preset, timing, Optional.of(wanted));
  }
}
