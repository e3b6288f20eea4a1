package dev.reeve.gateway.beamline.worker;

import java.util.Set;

/// How work goes to BeamLine workers.
///
/// @param topics taken by workers on `caf.exec.assign.v1`, beside those that heartbeats name
/// @param concurrency jobs that a worker takes at once when it does not say
/// @param enveloped whether assignments are sent as `{version, kind, data}`
/// @param deadlineMultiplier times the expected latency
/// @param deadlineMinMs at least
/// @param deadlineMaxMs at most; also for jobs that have no time limit of their own
/// @param wholeDeadLetters whether a dead letter holds the message itself
/// @param tenants that are served; empty for all
/// @param installation names the data that this server keeps, the same after each restart
/// @param node names this server
/// @param replicas copies of streams in a cluster
public record BeamlineWorkerSettings(
    Set<String> topics,
    int concurrency,
    boolean enveloped,
    int deadlineMultiplier,
    long deadlineMinMs,
    long deadlineMaxMs,
    boolean wholeDeadLetters,
    Set<String> tenants,
    String installation,
    String node,
    int replicas) {
  /// Jobs at once of a worker that does not say.
  public static final int CONCURRENCY_DEFAULT = 8;

  public BeamlineWorkerSettings {
    topics = Set.copyOf(topics);
    tenants = Set.copyOf(tenants);
  }

  /// What the contract says, for every tenant.
  public static BeamlineWorkerSettings of(String installation, String node) {
    AssignmentOptions.Deadline rule = AssignmentOptions.Deadline.DEFAULT;
    return new BeamlineWorkerSettings(
        Set.of(),
        CONCURRENCY_DEFAULT,
        false,
        rule.multiplier(),
        rule.minMs(),
        rule.maxMs(),
        true,
        Set.of(),
        installation,
        node,
        1);
  }

  /// The same for workers that take these topics.
  public BeamlineWorkerSettings withTopics(Set<String> others) {
    return new BeamlineWorkerSettings(
        others,
        concurrency,
        enveloped,
        deadlineMultiplier,
        deadlineMinMs,
        deadlineMaxMs,
        wholeDeadLetters,
        tenants,
        installation,
        node,
        replicas);
  }

  /// The same for these tenants alone.
  public BeamlineWorkerSettings withTenants(Set<String> others) {
    return new BeamlineWorkerSettings(
        topics,
        concurrency,
        enveloped,
        deadlineMultiplier,
        deadlineMinMs,
        deadlineMaxMs,
        wholeDeadLetters,
        others,
        installation,
        node,
        replicas);
  }

  AssignmentOptions options() {
    return new AssignmentOptions(
        new AssignmentOptions.Deadline(deadlineMultiplier, deadlineMinMs, deadlineMaxMs));
  }

  boolean serves(String tenant) {
    return tenants.isEmpty() || tenants.contains(tenant);
  }
}
