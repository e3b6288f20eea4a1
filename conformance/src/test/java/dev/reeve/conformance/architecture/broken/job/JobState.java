package dev.reeve.conformance.architecture.broken.job;

/// States of a job.
public sealed interface JobState {
  /// The only one.
  record Done() implements JobState {}
}
