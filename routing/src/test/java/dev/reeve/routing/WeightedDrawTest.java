package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The draw by weight: shares as the weights say, by a chi-square test that a right draw fails once
/// in a hundred thousand runs.
final class WeightedDrawTest {
  private static final int DRAWS = 20_000;

  /// Upper quantiles of chi-square at 1 - 1e-5, by degrees of freedom.
  private static final Map<Integer, Double> CRITICAL = Map.of(1, 19.51, 2, 23.03, 4, 28.47);

  private final RouterFixture routes = new RouterFixture();

  @Test
  @Seeded
  void shares_are_the_weights(RandomGenerator random) {
    routes.policy("p", policy(List.of(50, 30, 15, 4, 1), "")).draws(random);

    hold(count(), new double[] {50, 30, 15, 4, 1});
  }

  @Test
  @Seeded
  void a_provider_of_weight_0_is_never_drawn(RandomGenerator random) {
    routes.policy("p", policy(List.of(0, 60, 0, 40, 0), "")).draws(random);

    Map<String, Integer> counts = count();

    assertThat(counts).containsOnlyKeys("p1", "p3");
    hold(counts, new double[] {0, 60, 0, 40, 0});
  }

  @Test
  @Seeded
  void the_share_of_one_that_is_out_goes_to_the_others_by_their_weights(RandomGenerator random) {
    routes.policy("p", policy(List.of(50, 30, 20), "")).draws(random);
    routes.router().health("p0", false);

    hold(count(), new double[] {0, 30, 20});
  }

  @Test
  @Seeded
  void turns_give_each_its_share_exactly(RandomGenerator random) {
    routes.policy("p", policy(List.of(5, 3, 2), ", 'strategy': 'round_robin'")).draws(random);

    assertThat(count())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("p0", DRAWS / 2, "p1", DRAWS * 3 / 10, "p2", DRAWS / 5));
  }

  @Test
  @Seeded
  void random_gives_even_shares_whatever_the_weights(RandomGenerator random) {
    routes.policy("p", policy(List.of(90, 9, 1), ", 'strategy': 'random'")).draws(random);

    hold(count(), new double[] {1, 1, 1});
  }

  @Test
  void the_first_whose_cumulative_weight_reaches_the_point_is_drawn() {
    routes.policy("p", policy(List.of(0, 10, 0, 30, 60), ""));

    assertThat(routes.draws(0.0).decide("p").providerId()).isEqualTo("p1");
    assertThat(routes.draws(0.1).decide("p").providerId()).isEqualTo("p1");
    assertThat(routes.draws(0.11).decide("p").providerId()).isEqualTo("p3");
    assertThat(routes.draws(0.4).decide("p").providerId()).isEqualTo("p3");
    assertThat(routes.draws(0.41).decide("p").providerId()).isEqualTo("p4");
    assertThat(routes.draws(0.999).decide("p").providerId()).isEqualTo("p4");
  }

  @Test
  void priority_goes_before_weight() {
    routes.policy(
        "p",
        "{'strategy': 'priority', 'providers': [{'name': 'a', 'weight': 99, 'priority': 1},"
            + " {'name': 'b', 'weight': 1, 'priority': 9}]}");

    assertThat(routes.told("p")).isEqualTo("b priority 50");
    routes.router().health("b", false);
    assertThat(routes.told("p")).isEqualTo("a priority 50");
  }

  private static String policy(List<Integer> weights, String more) {
    StringJoiner providers = new StringJoiner(",");
    for (int i = 0; i < weights.size(); i++) {
      providers.add("{'name': 'p" + i + "', 'weight': " + weights.get(i) + "}");
    }
    return "{'providers': [" + providers + "]" + more + "}";
  }

  private Map<String, Integer> count() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(routes.decide("p").providerId(), 1, Integer::sum);
    }
    return counts;
  }

  private static void hold(Map<String, Integer> counts, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double chiSquare = 0;
    List<String> drawable = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      int seen = counts.getOrDefault("p" + i, 0);
      if (weights[i] == 0) {
        assertThat(seen).isZero();
      } else {
        double expected = DRAWS * weights[i] / sum;
        chiSquare += (seen - expected) * (seen - expected) / expected;
        drawable.add("p" + i);
      }
    }
    assertThat(chiSquare).as("%s", counts).isLessThan(CRITICAL.get(drawable.size() - 1));
  }
}
