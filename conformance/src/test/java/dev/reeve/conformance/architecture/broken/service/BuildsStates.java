package dev.reeve.conformance.architecture.broken.service;

import dev.reeve.conformance.architecture.broken.job.JobState;

final class BuildsStates {
  JobState finish() {
    return new JobState.Done();
  }
}
