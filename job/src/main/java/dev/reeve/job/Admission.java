package dev.reeve.job;

import dev.reeve.base.Bytes;

/// What is written once when a job comes into being: what was submitted and what policy said of it.
///
/// @param spec the submission
/// @param verdict the decision under which it was admitted, held or denied
/// @param salt 16 random bytes; receipts commit to payload and result as SHA-256(salt || bytes), so
///   deleting the salt makes the commitment unlinkable
public record Admission(JobSpec spec, Verdict verdict, Bytes salt) {}
