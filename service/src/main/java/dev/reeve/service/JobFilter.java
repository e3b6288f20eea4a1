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
/// @param attempted whether an attempt was begun; empty for both
/// @param started whether the executor that has the job gave its first sign; empty for both. Says
///   nothing of jobs that no executor has
public record JobFilter(
    Optional<String> project,
    Set<StateName> states,
    String topic,
    String dialect,
    long createdFromMicros,
    long createdBeforeMicros,
    Optional<Boolean> deadLetter,
    Optional<Boolean> attempted,
    Optional<Boolean> started) {
  public static final JobFilter ALL =
      new JobFilter(
          Optional.empty(),
          Set.of(),
          "",
          "",
          0,
          Long.MAX_VALUE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public JobFilter {
    states = Set.copyOf(states);
  }

  /// The same filter for these states.
  public JobFilter withStates(Set<StateName> only) {
    return new JobFilter(
        project,
        only,
        topic,
        dialect,
        createdFromMicros,
        createdBeforeMicros,
        deadLetter,
        attempted,
        started);
  }

  /// The same filter for this dialect.
  public JobFilter withDialect(String only) {
    return new JobFilter(
        project,
        states,
        topic,
        only,
        createdFromMicros,
        createdBeforeMicros,
        deadLetter,
        attempted,
        started);
  }

  public boolean matches(Job job) {
    long created = job.header().createdAtMicros();
    boolean dead = job.isDeadLetter();
    return (project.isEmpty() || project.get().equals(job.header().project()))
        && (states.isEmpty() || states.contains(job.state().name()))
        && (topic.isEmpty() || topic.equals(job.header().topic()))
        && (dialect.isEmpty() || dialect.equals(job.header().origin().dialect()))
        && created >= createdFromMicros
        && created < createdBeforeMicros
        && (deadLetter.isEmpty() || deadLetter.get() == dead)
        && (attempted.isEmpty() || attempted.get() == job.attempts() > 0)
        && (started.isEmpty()
            || !(job.state() instanceof JobState.Executing executing)
            || started.get() == executing.started());
  }
}
