package dev.reeve.job;

/// The part of a submission that stays in memory while the job is unfinished. Labels, metadata and
/// payload are read again from the store at dispatch.
///
/// @param key tenant and id
/// @param project project within the tenant
/// @param origin who, by which API
/// @param name human name; may be empty
/// @param topic what policy matched
/// @param placement where and in which order
/// @param limits for how long
/// @param createdAtMicros when it was admitted or refused
public record JobHeader(
    JobKey key,
    String project,
    Origin origin,
    String name,
    String topic,
    Placement placement,
    RunLimits limits,
    long createdAtMicros) {

  static JobHeader of(JobSpec spec) {
    return new JobHeader(
        spec.key(),
        spec.project(),
        spec.origin(),
        spec.work().name(),
        spec.work().topic(),
        spec.placement().with(spec.work()),
        spec.limits(),
        spec.createdAtMicros());
  }
}
