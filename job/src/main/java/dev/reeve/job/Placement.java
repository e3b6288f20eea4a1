package dev.reeve.job;

import dev.reeve.base.Check;
import java.util.List;

/// Who executes a job and in which order.
///
/// @param route the queue that executors serve: a topic, or `device/` and a device id
/// @param group a named group whose rate and concurrency are limited; empty for none
/// @param priority 0 (least) to 100 (most urgent)
/// @param dependsOn ids of jobs of the same tenant that must complete first
/// @param needs what the work asks of its executor; follows from the work and is not stored here
public record Placement(
    String route, String group, int priority, List<String> dependsOn, Needs needs) {
  public static final int PRIORITY_MAX = 100;
  public static final int PRIORITY_DEFAULT = 50;
  public static final int DEPENDENCIES_MAX = 64;

  public Placement {
    Check.argument(!route.isEmpty(), "route: empty (expected: a topic or device)");
    Check.argument(
        priority >= 0 && priority <= PRIORITY_MAX, "priority: %s (expected: 0 to 100)", priority);
    Check.argument(
        dependsOn.size() <= DEPENDENCIES_MAX,
        "dependencies: %s (expected: at most 64)",
        dependsOn.size());
    Storable.text("route", route);
    Storable.text("group", group);
    Storable.texts("dependencies", dependsOn);
    dependsOn = List.copyOf(dependsOn);
  }

  /// A placement as it is submitted.
  public Placement(String route, String group, int priority, List<String> dependsOn) {
    this(route, group, priority, dependsOn, Needs.NONE);
  }

  /// The same, with what this work asks of its executor.
  Placement with(Work work) {
    return new Placement(route, group, priority, dependsOn, Needs.of(work));
  }
}
