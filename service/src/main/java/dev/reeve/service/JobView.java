package dev.reeve.service;

import dev.reeve.job.Admission;
import dev.reeve.job.Job;

/// A job with all that was submitted.
///
/// @param job as committed
/// @param admission what was submitted and decided
public record JobView(Job job, Admission admission) {}
