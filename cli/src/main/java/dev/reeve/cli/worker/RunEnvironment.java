package dev.reeve.cli.worker;

import dev.reeve.wire.reeve.v1.Assignment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The variables that a command sees: those of the worker, and what it must know of its job.
final class RunEnvironment {
  private static final String METADATA_PREFIX = "REEVE_META_";

  /// What policy asks of a run.
  private static final String POLICY_PREFIX = "CORDUM_";

  private RunEnvironment() {}

  static Map<String, String> of(Assignment assignment, Map<String, String> inherited) {
    Map<String, String> environment = new HashMap<>(inherited);
    // A worker may itself run inside a job; what was said about that one must not leak into this.
    environment
        .keySet()
        .removeIf(name -> name.startsWith(METADATA_PREFIX) || name.startsWith(POLICY_PREFIX));
    assignment
        .getEnvMap()
        .forEach((name, value) -> {
          if (name.startsWith(POLICY_PREFIX)) {
            environment.put(name, clean(value));
          }
        });
    new TreeMap<>(assignment.getMetadataMap())
        .forEach((key, value) -> environment.put(METADATA_PREFIX + name(key), clean(value)));
    environment.put("REEVE_JOB_ID", clean(assignment.getJobId()));
    environment.put("REEVE_TENANT", clean(assignment.getTenant()));
    environment.put("REEVE_TOPIC", clean(assignment.getTopic()));
    environment.put("REEVE_ATTEMPT", String.valueOf(assignment.getAttempt()));
    return environment;
  }

  /// `CUSTOMER_ID` of `customer.id`.
  private static String name(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
  }

  /// A variable cannot hold a NUL.
  private static String clean(String value) {
    return value.replace("\0", "");
  }
}
