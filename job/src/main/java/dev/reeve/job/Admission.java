package dev.reeve.job;

/// What is written once when a job comes into being: what was submitted and what policy said of it.
///
/// @param spec the submission
/// @param verdict the decision under which it was admitted, held or denied
public record Admission(JobSpec spec, Verdict verdict) {}
