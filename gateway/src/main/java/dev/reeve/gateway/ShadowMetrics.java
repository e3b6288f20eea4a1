package dev.reeve.gateway;

import dev.reeve.service.ShadowPolicies;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToLongFunction;

/// What policies that are asked beside the one in force would have changed; nothing when there are
/// none. One that changed is loaded anew and counts from zero.
final class ShadowMetrics implements MultiCollector {
  private final ShadowPolicies shadows;

  ShadowMetrics(ShadowPolicies shadows) {
    this.shadows = shadows;
  }

  @Override
  public MetricSnapshots collect() {
    List<ShadowPolicies.Shadow> all = shadows.all();
    return all.isEmpty()
        ? new MetricSnapshots()
        : MetricSnapshots.of(
            counter(
                all,
                "reeve_shadow_policy_decisions",
                "Requests that a shadow policy was asked about.",
                ShadowPolicies.Shadow::decided),
            counter(
                all,
                "reeve_shadow_policy_flips",
                "Of these, those that it decides otherwise than the policy in force.",
                ShadowPolicies.Shadow::flipped),
            counter(
                all,
                "reeve_shadow_policy_loosened",
                "Of these, those that it would let run and the policy in force does not.",
                ShadowPolicies.Shadow::loosened));
  }

  private static CounterSnapshot counter(
      List<ShadowPolicies.Shadow> all,
      String name,
      String help,
      ToLongFunction<ShadowPolicies.Shadow> value) {
    CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(help);
    for (ShadowPolicies.Shadow shadow : all) {
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("policy", shadow.name()))
              .value((double) value.applyAsLong(shadow))
              .build());
    }
    return snapshot.build();
  }
}
