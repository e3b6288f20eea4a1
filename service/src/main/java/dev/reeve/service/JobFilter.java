package dev.reeve.service;

import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import java.util.Optional;
import java.util.Set;

/// Which jobs of a tenant a list shows. All given filters must hold.
///
/// @param project empty optional for every project
/// @param states empty for every state
/// @param topic empty for every topic
/// @param dialect empty for every dialect
/// @param createdFromMicros created at or after
/// @param createdBeforeMicros created before; `Long.MAX_VALUE` for no bound
/// @param deadLetter empty for both
public record JobFilter(
    Optional<String> project,
    Set<StateName> states,
    String topic,
    String dialect,
    long createdFromMicros,
    long createdBeforeMicros,
    Optional<Boolean> deadLetter) {
  public static final JobFilter ALL =
      new JobFilter(Optional.empty(), Set.of(), "", "", 0, Long.MAX_VALUE, Optional.empty());

  public JobFilter {
    states = Set.copyOf(states);
  }

  /// The same filter for these states.
  public JobFilter withStates(Set<StateName> only) {
    return new JobFilter(
        project, only, topic, dialect, createdFromMicros, createdBeforeMicros, deadLetter);
  }

  public boolean matches(Job job) {
    long created = job.header().createdAtMicros();
    boolean dead = job.state() instanceof JobState.Failed failed && failed.deadLetter();
    return (project.isEmpty() || project.get().equals(job.header().project()))
        && (states.isEmpty() || states.contains(job.state().name()))
        && (topic.isEmpty() || topic.equals(job.header().topic()))
        && (dialect.isEmpty() || dialect.equals(job.header().origin().dialect()))
        && created >= createdFromMicros
        && created < createdBeforeMicros
        && (deadLetter.isEmpty() || deadLetter.get() == dead);
  }
}
