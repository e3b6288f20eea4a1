package dev.reeve.conformance.architecture.broken.job;

final class JobDecider {
  JobState decide() {
    return new JobState.Done();
  }
}
