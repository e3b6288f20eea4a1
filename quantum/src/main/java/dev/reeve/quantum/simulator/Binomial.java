package dev.reeve.quantum.simulator;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/// How many of some shots draw something.
final class Binomial {
  /// Rarer outcomes are found by the gaps between them.
  private static final double RARE = 0.05;

  private Binomial() {}

  /// How often something of this probability happens in so many draws.
  static int draw(RandomGenerator random, int draws, double probability) {
    if (probability < RARE) {
      return rare(random, draws, probability);
    }
    int times = 0;
    for (int i = 0; i < draws; i++) {
      if (random.nextDouble() < probability) {
        times++;
      }
    }
    return times;
  }

  private static int rare(RandomGenerator random, int draws, double probability) {
    if (probability <= 0) {
      return 0;
    }
    double perDraw = Math.log1p(-probability);
    int times = 0;
    double at = Math.floor(Math.log1p(-random.nextDouble()) / perDraw);
    while (at < draws) {
      times++;
      at += 1 + Math.floor(Math.log1p(-random.nextDouble()) / perDraw);
    }
    return times;
  }

  /// How often each outcome comes in so many draws.
  static SortedMap<Integer, Integer> groups(int draws, IntSupplier outcome) {
    SortedMap<Integer, Integer> groups = new TreeMap<>();
    for (int i = 0; i < draws; i++) {
      groups.merge(outcome.getAsInt(), 1, Integer::sum);
    }
    return groups;
  }
}
