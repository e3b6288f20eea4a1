package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.QuantumProblems;
import java.util.Map;

/// How long and how finely to search.
///
/// @param iterationsMax most iterations
/// @param tolerance how near the point has to be, in the unit of the parameters
/// @param step how far the first step goes, in the unit of the parameters
/// @param seed of what is drawn
public record MinimizeSettings(int iterationsMax, double tolerance, double step, long seed) {
  /// Most parameters that are varied.
  public static final int PARAMETERS_MAX = 1_000;

  private static final int ITERATIONS_CEILING = 100_000;
  private static final int ITERATIONS_DEFAULT = 1_000;
  private static final double TOLERANCE_DEFAULT = 1e-4;
  private static final double STEP_DEFAULT = 0.5;

  /// Reads the options of a program: `max_iters` or `maxiter`, `tol`, and `step`, `rhobeg` or
  /// `learning_rate` for the first step.
  ///
  /// @param seed of the run
  /// @throws dev.reeve.base.ProblemException `MINIMIZE_INVALID` for an option out of bounds or
  ///   unknown
  public static MinimizeSettings of(Minimization minimization, long seed) {
    double iterations = ITERATIONS_DEFAULT;
    double tolerance = TOLERANCE_DEFAULT;
    double step = STEP_DEFAULT;
    for (Map.Entry<String, Double> option : minimization.options().entrySet()) {
      String name = option.getKey();
      double value = option.getValue();
      switch (name) {
        case "max_iters", "maxiter" ->
            iterations = Math.rint(within(name, value, 1, ITERATIONS_CEILING));
        case "tol" -> tolerance = within(name, value, 1e-12, 1);
        case "step", "rhobeg", "learning_rate" -> step = within(name, value, 1e-6, 10);
        default ->
            throw QuantumProblems.MINIMIZE_INVALID
                .field("minimize." + name, Double.toString(value), "max_iters, tol or step")
                .toException();
      }
    }
    int size = minimization.initial().size();
    if (size < 1 || size > PARAMETERS_MAX) {
      throw QuantumProblems.MINIMIZE_INVALID
          .field("minimize.initial", size + " parameters", "1 to " + PARAMETERS_MAX)
          .toException();
    }
    return new MinimizeSettings((int) iterations, tolerance, step, seed);
  }

  private static double within(String name, double value, double least, double most) {
    if (value >= least && value <= most) {
      return value;
    }
    throw QuantumProblems.MINIMIZE_INVALID
        .field("minimize." + name, Double.toString(value), least + " to " + most)
        .toException();
  }
}
