package dev.reeve.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What gateways add to the time of direct calls, round by round; the median of the rounds counts.
final class AddedTimes {
  private static final double P99_MAX_MS = 1;

  private record Round(Latencies direct, Latencies ours, Optional<Latencies> theirs) {}

  private final List<Round> rounds = new ArrayList<>();

  void add(Latencies direct, Latencies ours, Optional<Latencies> theirs) {
    rounds.add(new Round(direct, ours, theirs));
  }

  /// The target of the added p99 is its limit.
  void report(Report report, String name) {
    Figure p99 = added(name, 0.99, "p99").withLimit(P99_MAX_MS);
    report.add(added(name, 0.5, "p50"));
    report.add(p99);
    report.add(Figure.of(name + ".direct.p50", median(round -> round.direct().millis(0.5)), "ms"));
    report.add(Figure.of(name + ".direct.p99", median(round -> round.direct().millis(0.99)), "ms"));
  }

  private Figure added(String name, double quantile, String label) {
    Figure ours =
        Figure.of(
            name + ".added_" + label,
            median(round -> round.ours().millis(quantile) - round.direct().millis(quantile)),
            "ms");
    return rounds.getFirst().theirs().isEmpty()
        ? ours
        : ours.withPeer(
            median(round ->
                round.theirs().orElseThrow().millis(quantile) - round.direct().millis(quantile)));
  }

  private double median(ToDoubleFunction<Round> value) {
    double[] values = rounds.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
