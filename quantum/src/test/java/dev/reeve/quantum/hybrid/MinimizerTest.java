package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Functions whose smallest values are known.
final class MinimizerTest {
  private static MinimizeSettings settings(int iterations, double tolerance) {
    return new MinimizeSettings(iterations, tolerance, 0.5, 7);
  }

  /// Smallest, -1, at 1, 2, 3 ...
  private static final Objective BOWL =
      new Objective() {
        @Override
        public double at(double[] point) {
          double sum = -1;
          for (int i = 0; i < point.length; i++) {
            sum += (i + 1) * Math.pow(point[i] - i - 1, 2);
          }
          return sum;
        }

        @Override
        public double[] gradient(double[] point) {
          double[] gradient = new double[point.length];
          for (int i = 0; i < point.length; i++) {
            gradient[i] = 2 * (i + 1) * (point[i] - i - 1);
          }
          return gradient;
        }
      };

  @ParameterizedTest
  @CsvSource({
    "COBYLA, 1",
    "COBYLA, 3",
    "COBYLA, 8",
    "NELDER_MEAD, 1",
    "NELDER_MEAD, 3",
    "NELDER_MEAD, 8",
    "GRADIENT, 1",
    "GRADIENT, 3",
    "GRADIENT, 8"
  })
  void a_bowl_has_its_lowest_point_found(MinimizeMethod method, int size) {
    Minimum found =
        Minimizer.minimize(method, BOWL, new double[size], settings(20_000, 1e-6), (_, _) -> {});

    assertThat(found.converged()).isTrue();
    assertThat(found.value()).isCloseTo(-1, within(1e-7));
    for (int i = 0; i < size; i++) {
      assertThat(found.point().get(i)).isCloseTo(i + 1, within(1e-3));
    }
  }

  @Test
  void descent_does_not_go_to_and_fro_in_a_valley() {
    Objective wave =
        new Objective() {
          @Override
          public double at(double[] point) {
            return Math.cos(point[0]);
          }

          @Override
          public double[] gradient(double[] point) {
            return new double[] {-Math.sin(point[0])};
          }
        };

    Minimum found =
        Minimizer.minimize(
            MinimizeMethod.GRADIENT, wave, new double[] {0.3}, settings(100, 1e-6), (_, _) -> {});

    assertThat(found.converged()).isTrue();
    assertThat(found.value()).isCloseTo(-1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"COBYLA, 4000", "NELDER_MEAD, 400"})
  void a_curved_valley_is_followed(MinimizeMethod method, int iterations) {
    Objective banana =
        point -> Math.pow(1 - point[0], 2) + 10 * Math.pow(point[1] - point[0] * point[0], 2);

    Minimum found =
        Minimizer.minimize(
            method, banana, new double[] {-1, 1}, settings(iterations, 1e-7), (_, _) -> {});

    assertThat(found.value()).isBetween(0.0, 1e-3);
    assertThat(found.point().getFirst()).isCloseTo(1, within(0.1));
  }

  @Test
  void scattering_values_are_borne() {
    SplitMix noise = new SplitMix(3);
    Objective scattering = point -> BOWL.at(point) + 0.2 * (noise.nextDouble() - 0.5);

    Minimum found =
        Minimizer.minimize(
            MinimizeMethod.SPSA, scattering, new double[4], settings(2_000, 1e-4), (_, _) -> {});

    for (int i = 0; i < 4; i++) {
      assertThat(found.point().get(i)).isCloseTo(i + 1, within(0.2));
    }
  }

  @ParameterizedTest
  @EnumSource(MinimizeMethod.class)
  void a_search_ends_at_its_bound_and_repeats_itself(MinimizeMethod method) {
    List<Double> told = new ArrayList<>();

    Minimum found =
        Minimizer.minimize(
            method, BOWL, new double[3], settings(5, 1e-9), (_, best) -> told.add(best));

    assertThat(found.iterations()).isEqualTo(5);
    assertThat(found.history()).isEqualTo(told).isSortedAccordingTo(Collections.reverseOrder());
    assertThat(Minimizer.minimize(method, BOWL, new double[3], settings(5, 1e-9), (_, _) -> {}))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "max_iters, 0, 1.0 to 100000.0",
    "max_iters, 1e9, 1.0 to 100000.0",
    "tol, -1, 1.0E-12 to 1.0",
    "rhobeg, 100, 1.0E-6 to 10.0",
    "patience, 3, 'max_iters, tol or step'",
  })
  void options_out_of_bounds_are_refused_by_name(String name, double value, String expected) {
    Minimization search =
        new Minimization(MinimizeMethod.SPSA, List.of(1.0), new TreeMap<>(Map.of(name, value)));

    assertThatThrownBy(() -> MinimizeSettings.of(search, 1))
        .hasMessageContaining("minimize." + name)
        .hasMessageContaining(expected);
  }
}
