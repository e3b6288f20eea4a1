package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Breaking;
import dev.reeve.routing.PolicyBody.Per;
import dev.reeve.routing.PolicyBody.Quota;
import dev.reeve.routing.PolicyBody.Score;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one filter that every way of choosing goes through, and what is expected of each provider.
/// Used by one thread, for one question.
final class Candidates {
  private final Asking asking;
  private final Targets targets;
  private final RouteConstraints constraints;
  private final boolean isConstrained;
  private final Breaking breaking;
  private final Set<String> unhealthy;
  private final Quotas quotas;
  private final boolean hasProviderQuotas;
  private final String taskType;
  private @Nullable BitSet refused;
  private boolean cheapestOnly;

  Candidates(Asking asking, Set<String> unhealthy, Quotas quotas) {
    this.asking = asking;
    this.unhealthy = unhealthy;
    this.quotas = quotas;
    targets = asking.body().targets();
    constraints = asking.question().constraints();
    isConstrained = !constraints.equals(RouteConstraints.NONE);
    breaking = asking.body().protection().breaker();
    taskType = asking.question().taskType();
    boolean found = false;
    for (Quota quota : asking.body().protection().quotas()) {
      found |= quota.per() == Per.PROVIDER;
    }
    hasProviderQuotas = found;
  }

  Targets targets() {
    return targets;
  }

  /// From now on only those count as drawable that cost least.
  void preferCheapest() {
    cheapestOnly = true;
  }

  /// Leaves a provider out whose last trial another question took.
  void refuse(int index) {
    if (refused == null) {
      refused = new BitSet();
    }
    refused.set(index);
  }

  boolean isAvailable(int index) {
    return index >= 0 && verdict(index) == Verdict.AVAILABLE;
  }

  /// What stands against a provider, its weight aside.
  Verdict verdict(int index) {
    Verdict own = requestVerdict(index);
    if (own != Verdict.AVAILABLE) {
      return own;
    }
    ProviderLane lane = asking.route().lane(index);
    if (!unhealthy.isEmpty() && unhealthy.contains(targets.at(index).id())) {
      return Verdict.UNHEALTHY;
    }
    if (lane.isCooling(asking.nowNanos())) {
      return Verdict.COOLING_DOWN;
    }
    boolean open = breaking.enabled() && !lane.breaker().allows(breaking, asking.nowNanos());
    return open || (refused != null && refused.get(index))
        ? Verdict.BREAKER_OPEN
        : Verdict.AVAILABLE;
  }

  /// What the request itself and quotas have against a provider: holds for the last resort too.
  Verdict requestVerdict(int index) {
    if (isConstrained) {
      String id = targets.at(index).id();
      boolean wanted = constraints.only().isEmpty() || constraints.only().contains(id);
      if (!wanted || constraints.ignore().contains(id)) {
        return Verdict.EXCLUDED;
      }
      if (latencyMs(index) > constraints.maxLatencyMs()) {
        return Verdict.OVER_MAX_LATENCY;
      }
      if (cost(index) > constraints.maxCost()) {
        return Verdict.OVER_MAX_COST;
      }
    }
    return hasProviderQuotas && quotas.isProviderUsedUp(asking, targets.at(index).id())
        ? Verdict.QUOTA_USED
        : Verdict.AVAILABLE;
  }

  /// Median of what was observed, else the policy's word, else the catalogue's.
  double latencyMs(int index) {
    double observed = asking.route().lane(index).latencyMs(taskType, asking.nowNanos());
    if (!Double.isNaN(observed)) {
      return observed;
    }
    double said = targets.at(index).latencyMs();
    return Double.isNaN(said) ? asking.catalogue().prior(targets.at(index).id()).latencyMs() : said;
  }

  /// Median of what was observed, else the policy's word, else the catalogue's.
  double cost(int index) {
    double observed = asking.route().lane(index).cost(taskType, asking.nowNanos());
    if (!Double.isNaN(observed)) {
      return observed;
    }
    double said = targets.at(index).callCost();
    return Double.isNaN(said) ? asking.catalogue().prior(targets.at(index).id()).callCost() : said;
  }

  /// Indexes of all that have a weight and nothing against them.
  int[] drawable() {
    int[] found = new int[targets.count()];
    int count = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < found.length; i++) {
      if (targets.weight(i) > 0 && isAvailable(i)) {
        found[count++] = i;
        least = cheapestOnly ? Math.min(least, cost(i)) : least;
      }
    }
    if (!cheapestOnly) {
      return Arrays.copyOf(found, count);
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (cost(found[i]) <= least) {
        found[kept++] = found[i];
      }
    }
    return Arrays.copyOf(found, kept);
  }

  /// Whether all that have a weight may be drawn by it, unless something stands against them.
  boolean isPlain() {
    return !cheapestOnly;
  }

  /// Each one's score, 0 to 1: how near it comes to the best latency and cost among them, and the
  /// share of its calls that went well.
  double[] scores(int[] among) {
    Score score = asking.body().selection().score();
    double[] latencies = new double[among.length];
    double[] costs = new double[among.length];
    for (int i = 0; i < among.length; i++) {
      latencies[i] = latencyMs(among[i]);
      costs[i] = cost(among[i]);
    }
    double[] scores = new double[among.length];
    addNearness(scores, latencies, score.latency());
    addNearness(scores, costs, score.cost());
    for (int i = 0; i < among.length; i++) {
      scores[i] +=
          score.health() * asking.route().lane(among[i]).breaker().health(asking.nowNanos());
    }
    return scores;
  }

  /// Adds how near each value comes to the least of all: 1 for the least, 0 for the most.
  private static void addNearness(double[] scores, double[] values, double share) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double range = most - least;
    for (int i = 0; i < values.length; i++) {
      scores[i] += share * (range > 0 ? (most - values[i]) / range : 1);
    }
  }

  /// Lets the call through to a provider; false when its breaker just gave its last trial away.
  boolean acquire(int index) {
    return !breaking.enabled()
        || asking.route().lane(index).breaker().acquire(breaking, asking.nowNanos());
  }
}
