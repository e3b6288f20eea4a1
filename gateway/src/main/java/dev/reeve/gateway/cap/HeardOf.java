package dev.reeve.gateway.cap;

import dev.reeve.engine.Offer;
import dev.reeve.service.WorkerPools;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a worker said of itself, by its last handshake and its last heartbeat. Immutable.
///
/// @param readyTopics topics it is ready for
/// @param features what its handshake says that it can do
/// @param capabilities what its heartbeats say that it offers
/// @param labels it has
/// @param pool it is of; may be empty
/// @param parallelMax most jobs at once; 0 when it did not say
/// @param activeJobs jobs it works on, from wherever
/// @param cpuPercent load of its processors
/// @param gpuPercent load of its graphics processors
/// @param name for people
/// @param version of its SDK
record HeardOf(
    Set<String> readyTopics,
    Set<String> features,
    Set<String> capabilities,
    Map<String, String> labels,
    String pool,
    int parallelMax,
    int activeJobs,
    float cpuPercent,
    float gpuPercent,
    String name,
    String version) {
  static final HeardOf NOTHING =
      new HeardOf(Set.of(), Set.of(), Set.of(), Map.of(), "", 0, 0, 0, 0, "", "");

  private static final float OVERLOADED_PERCENT = 90;

  HeardOf {
    readyTopics = Set.copyOf(readyTopics);
    features = Set.copyOf(features);
    capabilities = Set.copyOf(capabilities);
    labels = Map.copyOf(labels);
  }

  HeardOf with(Handshake handshake) {
    Set<String> can = new HashSet<>();
    handshake
        .getCapabilitiesMap()
        .forEach((name, has) -> {
          if (has) {
            can.add(name.toLowerCase(Locale.ROOT));
          }
        });
    return new HeardOf(
        new HashSet<>(handshake.getReadyTopicsList()),
        can,
        capabilities,
        labels,
        pool,
        parallelMax,
        activeJobs,
        cpuPercent,
        gpuPercent,
        handshake.getAgentName().isEmpty() ? name : handshake.getAgentName(),
        handshake.getSdkVersion());
  }

  HeardOf with(Heartbeat beat) {
    return new HeardOf(
        readyTopics,
        features,
        new HashSet<>(beat.getCapabilitiesList()),
        beat.getLabelsMap(),
        beat.getPool(),
        beat.getMaxParallelJobs(),
        beat.getActiveJobs(),
        beat.getCpuLoad(),
        beat.getGpuUtilization(),
        beat.getAgentName().isEmpty() ? name : beat.getAgentName(),
        version);
  }

  /// The topics it serves: those it is ready for, unless the file gives them to pools it is not of,
  /// and those that the file gives to its pool.
  ///
  /// @param readinessRequired whether only those count for which it said it is ready
  Set<String> topics(WorkerPools pools, boolean readinessRequired) {
    Set<String> topics = new TreeSet<>();
    for (String topic : readyTopics) {
      if (!pools.topics().containsKey(topic) || pools.topics().get(topic).contains(pool)) {
        topics.add(topic);
      }
    }
    if (!readinessRequired && !pool.isEmpty()) {
      topics.addAll(pools.topicsOf(pool));
    }
    return topics;
  }

  /// What it offers: its own capabilities and those of its pool. The features of a handshake count,
  /// and alone they do not say that it can do nothing else.
  Offer offer(WorkerPools pools) {
    Set<String> required = pools.pool(pool).requires();
    Set<String> declared = new HashSet<>(features);
    declared.addAll(capabilities);
    declared.addAll(required);
    boolean whole = !capabilities.isEmpty() || !required.isEmpty();
    return new Offer(declared, whole, labels, false, pool);
  }

  boolean isHot() {
    return cpuPercent >= OVERLOADED_PERCENT || gpuPercent >= OVERLOADED_PERCENT;
  }

  /// How busy its machine is: 1 weighs as much as a job.
  double machineLoad() {
    return (cpuPercent + gpuPercent) / 100;
  }
}
