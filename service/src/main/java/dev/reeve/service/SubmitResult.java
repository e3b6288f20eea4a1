package dev.reeve.service;

import dev.reeve.job.Job;

/// What became of an accepted submit.
///
/// @param job the job as committed; for a repeat, as it stands now
/// @param replayed whether it is the job of an earlier submit
public record SubmitResult(Job job, boolean replayed) {}
