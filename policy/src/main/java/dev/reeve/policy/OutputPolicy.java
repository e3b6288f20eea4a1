package dev.reeve.policy;

import java.util.List;
import java.util.Optional;

/// How output rules run, and what may leave before it is complete; what the file does not say is
/// absent.
///
/// @param enabled whether they run
/// @param failClosed whether a result that could not be checked is held back
/// @param streaming for each file that says so, the topics whose output may leave piece by piece
public record OutputPolicy(
    Optional<Boolean> enabled, Optional<Boolean> failClosed, List<List<String>> streaming) {
  public static final OutputPolicy UNSAID =
      new OutputPolicy(Optional.empty(), Optional.empty(), List.of());

  /// What may stream where no file says anything: calls of models.
  static final String STREAMING_UNSAID = "job.model.*";

  public OutputPolicy {
    streaming = streaming.stream().map(List::copyOf).toList();
  }

  /// Whether so many rules are applied: when it says so, or says nothing about failing either.
  public boolean applies(int rules) {
    return rules > 0 && enabled.orElse(failClosed.isEmpty());
  }

  /// Those of several files: of each setting the first that says something holds, and a topic
  /// streams when all permit it.
  ///
  /// @param on whether the rules run whatever the files say
  static OutputPolicy merged(List<OutputPolicy> files, boolean on) {
    return new OutputPolicy(
        on
            ? Optional.of(true)
            : files.stream().flatMap(file -> file.enabled().stream()).findFirst(),
        files.stream().flatMap(file -> file.failClosed().stream()).findFirst(),
        files.stream().flatMap(file -> file.streaming().stream()).toList());
  }
}
