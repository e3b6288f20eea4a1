package dev.reeve.job;

import dev.reeve.base.Check;

/// The public name of a job. Unique: a tenant never has two jobs of one id.
///
/// @param tenant who owns it
/// @param jobId caller-given, or a UUID version 7 made by us
public record JobKey(String tenant, String jobId) {
  public JobKey {
    Check.argument(!tenant.isEmpty(), "tenant: empty (expected: a tenant id)");
    Check.argument(!jobId.isEmpty(), "job_id: empty (expected: a job id)");
    Storable.text("tenant", tenant);
    Storable.text("job_id", jobId);
  }
}
