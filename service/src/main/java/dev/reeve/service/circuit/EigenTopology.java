package dev.reeve.service.circuit;

import dev.reeve.base.Problem;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a compiled circuit is to be spread over nodes.
///
/// @param queueProvider empty when options do not say
record EigenTopology(String target, int partitions, String queueProvider, String hint) {
  static final String ENABLED = "distributed.enabled";
  static final String TARGET = "distributed.target";
  static final String PARTITIONS = "distributed.partition_count";

  private static final String QUEUE = "distributed.queue_provider";
  private static final String HINT = "distributed.topology_hint";
  private static final List<String> TARGETS =
      List.of("cluster", "cluster:auto", "cluster:gpu", "cluster:quantum");
  private static final List<String> QUEUES = List.of("memory", "redis", "sqs");
  private static final List<String> HINTS = List.of("data_parallel", "pipeline");
  private static final String VERSION = "1.0.0";

  /// What the options say; empty when nothing is spread.
  ///
  /// @param violations takes what is wrong with them
  static Optional<EigenTopology> of(
      Map<String, String> options, List<Problem.FieldViolation> violations) {
    String enabled = option(options, ENABLED, List.of("true", "false"), "false", violations);
    String target = option(options, TARGET, TARGETS, "cluster", violations);
    String queue = option(options, QUEUE, QUEUES, "", violations);
    String hint = option(options, HINT, HINTS, "data_parallel", violations);
    String count = options.getOrDefault(PARTITIONS, "1");
    if (!count.matches("[1-9][0-9]{0,8}")) {
      violations.add(EigenWorkload.violation(PARTITIONS, count, "an integer of 1 or more"));
      return Optional.empty();
    }
    return enabled.equals("true")
        ? Optional.of(new EigenTopology(target, Integer.parseInt(count), queue, hint))
        : Optional.empty();
  }

  private static String option(
      Map<String, String> options,
      String name,
      List<String> known,
      String absent,
      List<Problem.FieldViolation> violations) {
    String value = options.getOrDefault(name, "");
    if (value.isEmpty()) {
      return absent;
    }
    if (!known.contains(value)) {
      violations.add(EigenWorkload.violation(name, value, String.join(", ", known)));
      return absent;
    }
    return value;
  }

  /// As a document has it.
  AqoValue.Members members() {
    SortedMap<String, AqoValue> members = new TreeMap<>();
    members.put("version", new AqoValue.Words(VERSION));
    members.put("enabled", new AqoValue.Truth(true));
    members.put("target", new AqoValue.Words(target));
    members.put("partition_count", new AqoValue.Whole(partitions));
    members.put("queue_provider", new AqoValue.Words(queueProvider));
    members.put("topology_hint", new AqoValue.Words(hint));
    return AqoValue.Members.of(members);
  }

  /// As the facts of a compile have it.
  static Map<String, String> facts(Optional<EigenTopology> topology) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("distributed.execution_metadata_version", VERSION);
    facts.put("distributed.topology_hints_version", VERSION);
    facts.put(ENABLED, Boolean.toString(topology.isPresent()));
    topology.ifPresent(spread -> {
      facts.put(TARGET, spread.target);
      facts.put(PARTITIONS, Integer.toString(spread.partitions));
      facts.put(HINT, spread.hint);
      if (!spread.queueProvider.isEmpty()) {
        facts.put(QUEUE, spread.queueProvider);
      }
    });
    return facts;
  }
}
