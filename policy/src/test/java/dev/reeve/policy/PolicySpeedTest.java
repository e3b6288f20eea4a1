package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Prints the processor time of a decision, for policies of several shapes and sizes. Nothing about
/// time is asserted, because it depends on the machine; the promise is at most 1 us at 100 rules
/// and 3 us at 10,000.
final class PolicySpeedTest {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int INPUTS = 256;
  private static final int ROUNDS = 150;

  /// How the rules of a policy differ from each other.
  private enum Shape {
    /// Each rule has its tenant.
    TENANT,
    /// Each rule has its topic.
    TOPIC,
    /// All rules are about the same topics and differ by capability.
    CAPABILITY,
    /// All rules are about the same topics and differ by one label.
    LABEL,
    /// Ten tenants with many topics each, two tags, a label.
    MIXED,
    /// Each rule has its topic and a condition in CEL, which holds.
    CONDITION
  }

  @Test
  void decisions_are_timed() {
    StringBuilder table = new StringBuilder("\npolicy decision, ns      100 rules  10,000 rules\n");
    for (Shape shape : Shape.values()) {
      table.append(
          String.format(
              Locale.ROOT, "%-22s %10d %13d%n", shape, nanos(shape, 100), nanos(shape, 10_000)));
    }

    System.out.println(table);

    assertThat(table.toString()).contains("MIXED");
  }

  private static long nanos(Shape shape, int rules) {
    PolicySnapshot policy = policy(shape, rules);
    List<PolicyInput> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      inputs.add(input(shape, Math.floorMod(i * 7919, rules)));
    }
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 4; run++) {
      int allowed = 0;
      long start = CPU.getCurrentThreadCpuTime();
      for (int round = 0; round < ROUNDS; round++) {
        for (PolicyInput input : inputs) {
          allowed += policy.decide(input).decision() == Decision.ALLOW ? 1 : 0;
        }
      }
      best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / (ROUNDS * INPUTS));
      assertThat(allowed).isEqualTo(ROUNDS * INPUTS);
    }
    return best;
  }

  private static PolicySnapshot policy(Shape shape, int rules) {
    StringBuilder file = new StringBuilder("rules:\n");
    for (int i = 0; i < rules; i++) {
      file.append("  - {decision: allow, match: {")
          .append(
              switch (shape) {
                case TENANT -> "tenants: [Tenant-" + i + "], topics: [\"job.*\"]";
                case TOPIC -> "topics: [\"job.area-" + i + ".*\"]";
                case CAPABILITY -> "topics: [\"job.*\"], capabilities: [cap-" + i + "]";
                case LABEL -> "topics: [\"job.*\"], labels: {team: \"" + i + "\"}";
                case MIXED ->
                    ("tenants: [tenant-%d], topics: [\"job.area-%d.*\"],"
                            + " risk_tags: [low, high], labels: {env: prod}")
                        .formatted(i % 10, i);
                case CONDITION -> "topics: [\"job.area-" + i + ".*\"]";
              })
          .append(shape == Shape.CONDITION ? "}, when: \"labels.env == 'prod'\"}\n" : "}}\n");
    }
    return PolicyFile.load(Bytes.utf8(file.toString())).orThrow("generated");
  }

  private static PolicyInput input(Shape shape, int rule) {
    String tenant =
        switch (shape) {
          case TENANT -> "tenant-" + rule;
          case TOPIC, CAPABILITY, LABEL, MIXED, CONDITION -> "tenant-" + rule % 10;
        };
    return new PolicyInput(
        tenant,
        "job.area-" + rule + ".run.now",
        "cap-" + rule,
        List.of("medium", "low"),
        Map.of("env", "prod", "team", Integer.toString(rule), "region", "eu-1"),
        "ann");
  }
}
