package dev.reeve.job;

import java.util.List;
import java.util.stream.Collectors;

/// What a command does to a job, in words.
///
/// @param events type of each event, with the code or reason that tells it from others
/// @param refusal reason of the refusal; empty when it was accepted
/// @param after the state that follows
record Cell(List<String> events, String refusal, StateName after) {
  static Cell of(Job job, JobCommand command, long nowMicros) {
    return switch (JobDecider.decide(job, command, nowMicros)) {
      case JobDecision.Refused refused ->
          new Cell(List.of(), refused.problem().reason(), job.state().name());
      case JobDecision.Accepted accepted ->
          new Cell(
              accepted.events().stream().map(Cell::name).toList(),
              "",
              JobEvolution.evolve(job, accepted.events()).state().name());
    };
  }

  boolean moves() {
    return !events.isEmpty();
  }

  @Override
  public String toString() {
    if (!refusal.isEmpty()) {
      return "refused " + refusal;
    }
    return moves() ? String.join(", ", events) + " -> " + after : "nothing";
  }

  static String names(List<JobEvent> events) {
    return events.stream().map(Cell::name).collect(Collectors.joining(", "));
  }

  private static String name(JobEvent event) {
    String why =
        switch (event) {
          case JobEvent.Queued e -> e.why();
          case JobEvent.Denied e -> e.code();
          case JobEvent.Quarantined e -> e.code();
          case JobEvent.Failed e -> e.code() + (e.deadLetter() ? ", dead letter" : "");
          case JobEvent.TimedOut e -> e.code();
          default -> "";
        };
    String type = event.getClass().getSimpleName();
    return why.isEmpty() ? type : type + "(" + why + ")";
  }
}
