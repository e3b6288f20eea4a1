package dev.reeve.job;

/// All that was submitted, after defaults and sanitising. Never changes; kept once, beside the
/// events.
///
/// @param key tenant and id
/// @param project project within the tenant; empty for the default
/// @param origin who, by which API
/// @param work what
/// @param placement where and in which order
/// @param limits for how long
/// @param payload input bytes, by reference
/// @param createdAtMicros when it was admitted or refused
public record JobSpec(
    JobKey key,
    String project,
    Origin origin,
    Work work,
    Placement placement,
    RunLimits limits,
    Content payload,
    long createdAtMicros) {
  public JobSpec {
    Storable.text("project", project);
    Storable.micros("created_at", createdAtMicros);
  }

  /// The same, for at most so long.
  public JobSpec withLimits(RunLimits newLimits) {
    return new JobSpec(key, project, origin, work, placement, newLimits, payload, createdAtMicros);
  }

  public JobSpec createdAt(long micros) {
    return new JobSpec(key, project, origin, work, placement, limits, payload, micros);
  }

  /// The same submission of other work.
  public JobSpec withWork(Work other) {
    return new JobSpec(key, project, origin, other, placement, limits, payload, createdAtMicros);
  }

  /// The same submission to another place.
  public JobSpec withPlacement(Placement other) {
    return new JobSpec(key, project, origin, work, other, limits, payload, createdAtMicros);
  }
}
