package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `@hybrid_program(...)` says about the run.
///
/// @param values `shots`, `seed`, `noise_model`, `optimization_level`, as metadata of a job
/// @param facts everything else, texts and numbers, for people: `compiler`, `target`, the entries
///   of `metadata` and what has no meaning here
record ProgramSettings(SortedMap<String, String> values, SortedMap<String, String> facts) {
  private static final int SHOTS_CEILING = 1_000_000_000;
  private static final int LEVEL_MAX = 3;

  /// Reads the arguments of the decorator.
  static ProgramSettings of(Arguments arguments) {
    SortedMap<String, String> values = new TreeMap<>();
    SortedMap<String, String> facts = new TreeMap<>();
    if (arguments.hasPositional()) {
      arguments.finish();
    }
    Together together = new Together();
    together.attempt(() -> whole(arguments, "shots", 1, SHOTS_CEILING, values));
    together.attempt(() -> whole(arguments, "seed", Long.MIN_VALUE, Long.MAX_VALUE, values));
    together.attempt(() -> whole(arguments, "optimization_level", 0, LEVEL_MAX, values));
    together.attempt(() -> text(arguments, "noise_model", values));
    together.attempt(() -> text(arguments, "compiler", facts));
    together.attempt(() -> text(arguments, "target", facts));
    together.finish();
    Optional<Arguments.Given> metadata = arguments.takeNamed("metadata");
    metadata.ifPresent(given -> {
      if (!(given.value() instanceof Value.Entries entries)) {
        throw arguments.wrong(given, "metadata", "a dictionary");
      }
      entries.values().forEach((name, value) -> fact(name, value, facts));
    });
    for (Map.Entry<String, Arguments.Given> other : arguments.takeNamedRest().entrySet()) {
      fact(other.getKey(), other.getValue().value(), facts);
    }
    return new ProgramSettings(values, facts);
  }

  private static void whole(
      Arguments arguments, String name, long least, long most, SortedMap<String, String> into) {
    arguments
        .takeNamed(name)
        .filter(given -> !(given.value() instanceof Value.Nothing))
        .ifPresent(given -> {
          if (!(given.value() instanceof Value.Whole whole)
              || whole.value() < least
              || whole.value() > most) {
            throw arguments.wrong(given, name, range(least, most));
          }
          into.put(name, Long.toString(whole.value()));
        });
  }

  private static String range(long least, long most) {
    return least == Long.MIN_VALUE
        ? "an integer of 64 bits"
        : "an integer, %d to %d".formatted(least, most);
  }

  private static void text(Arguments arguments, String name, SortedMap<String, String> into) {
    arguments
        .takeNamed(name)
        .filter(given -> !(given.value() instanceof Value.Nothing))
        .ifPresent(given -> {
          if (!(given.value() instanceof Value.Text text)) {
            throw arguments.wrong(given, name, "a text");
          }
          into.put(name, text.text());
        });
  }

  private static void fact(String name, Value value, SortedMap<String, String> facts) {
    switch (value) {
      case Value.Text text -> facts.putIfAbsent(name, text.text());
      case Value.Whole whole -> facts.putIfAbsent(name, whole.kind());
      case Value.Real real -> facts.putIfAbsent(name, real.kind());
      case Value.Truth truth -> facts.putIfAbsent(name, Boolean.toString(truth.value()));
      default -> {}
    }
  }

  /// The number of iterations that the metadata asks for.
  Optional<Double> iterationsMax(Diagnostics diagnostics, int offset) {
    Optional<String> asked = Optional.ofNullable(facts.get("max_iters"));
    if (asked.isPresent() && !asked.get().matches("[1-9][0-9]{0,5}")) {
      throw diagnostics.invalid(
          offset, "max_iters: " + asked.get() + " (expected: an integer of 1 or more)", "");
    }
    return asked.map(Double::valueOf);
  }
}
