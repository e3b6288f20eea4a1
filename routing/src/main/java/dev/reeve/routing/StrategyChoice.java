package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Strategy;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses among the available providers as the policy's strategy says.
final class StrategyChoice {
  /// The contract's name for the draw by weight.
  private static final String BY_WEIGHT = "weighted_round_robin";

  private final Asking asking;
  private final Candidates candidates;
  private final Targets targets;
  private final RandomGenerator random;

  StrategyChoice(Asking asking, Candidates candidates, RandomGenerator random) {
    this.asking = asking;
    this.candidates = candidates;
    this.targets = candidates.targets();
    this.random = random;
  }

  /// Null when nobody with a weight is available.
  @Nullable Choice choose() {
    if (targets.sum() <= 0) {
      return null;
    }
    Strategy strategy = asking.body().selection().strategy();
    if (strategy == Strategy.WEIGHTED && candidates.isPlain()) {
      int drawn = targets.drawn(random.nextDouble() * targets.sum());
      if (candidates.isAvailable(drawn)) {
        return Choice.of(drawn, RouteReason.WEIGHTED, BY_WEIGHT);
      }
    }
    // A draw that met a provider that is out is made again among the others: each then has the
    // share of its weight among them.
    int[] among = candidates.drawable();
    return among.length == 0 ? null : choose(strategy, among);
  }

  private Choice choose(Strategy strategy, int[] among) {
    return switch (strategy) {
      case WEIGHTED -> Choice.of(byWeight(among), RouteReason.WEIGHTED, BY_WEIGHT);
      case ROUND_ROBIN ->
          Choice.of(
              asking.route().next(among, among.length, asking.counts()),
              RouteReason.WEIGHTED,
              "smooth_weighted_round_robin");
      case BEST_SCORE -> Choice.of(byScore(among), RouteReason.BEST_SCORE, "best_score");
      case LATENCY ->
          Choice.of(least(among, candidates::latencyMs), RouteReason.BEST_SCORE, "lowest_latency");
      case PRICE ->
          Choice.of(least(among, candidates::cost), RouteReason.BEST_SCORE, "lowest_price");
      case PRIORITY -> Choice.of(byPriority(among), RouteReason.PRIORITY, "priority");
      case RANDOM ->
          Choice.of(
              among[(int) (random.nextDouble() * among.length)], RouteReason.RANDOM, "random");
    };
  }

  private int byWeight(int[] among) {
    double sum = 0;
    for (int index : among) {
      sum += targets.weight(index);
    }
    double point = random.nextDouble() * sum;
    double reached = 0;
    for (int index : among) {
      reached += targets.weight(index);
      if (reached >= point) {
        return index;
      }
    }
    return among[among.length - 1];
  }

  private int byPriority(int[] among) {
    int highest = Integer.MIN_VALUE;
    for (int index : among) {
      highest = Math.max(highest, targets.at(index).priority());
    }
    int wanted = highest;
    return byWeight(
        Arrays.stream(among).filter(index -> targets.at(index).priority() == wanted).toArray());
  }

  private int byScore(int[] among) {
    double[] scores = candidates.scores(among);
    int best = 0;
    for (int i = 1; i < among.length; i++) {
      if (scores[i] > scores[best] || (scores[i] == scores[best] && weighsMore(among, i, best))) {
        best = i;
      }
    }
    return among[best];
  }

  private int least(int[] among, IntToDoubleFunction measure) {
    int best = 0;
    for (int i = 1; i < among.length; i++) {
      int order =
          Double.compare(measure.applyAsDouble(among[i]), measure.applyAsDouble(among[best]));
      if (order < 0 || (order == 0 && weighsMore(among, i, best))) {
        best = i;
      }
    }
    return among[best];
  }

  private boolean weighsMore(int[] among, int one, int other) {
    return targets.weight(among[one]) > targets.weight(among[other]);
  }
}
