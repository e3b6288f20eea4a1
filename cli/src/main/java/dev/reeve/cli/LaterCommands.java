package dev.reeve.cli;

import static java.util.Map.entry;

import dev.reeve.base.Problem;
import dev.reeve.cli.client.CliProblems;
import java.util.Map;
import java.util.Optional;

/// Commands whose names are settled and whose capability is not in this version.
final class LaterCommands {
  private static final Map<String, String> CAPABILITIES =
      Map.ofEntries(
          entry("gme", "message envelopes and their registry"),
          entry("memory", "conversation memory and the memory graph"),
          entry("migrate", "stored formats newer than the first"),
          entry("reserve", "device reservations"),
          entry("topics", "topic settings"));

  private LaterCommands() {}

  /// The refusal of a command that comes later; empty when there is no such plan.
  static Optional<Problem> refusal(String name) {
    return Optional.ofNullable(CAPABILITIES.get(name))
        .map(capability ->
            CliProblems.COMMAND_NOT_OFFERED.because(
                "`reeve " + name + "` is not in this version: it comes with " + capability));
  }

  static Iterable<String> names() {
    return CAPABILITIES.keySet();
  }
}
