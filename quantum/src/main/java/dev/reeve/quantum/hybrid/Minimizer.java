package dev.reeve.quantum.hybrid;

/// Looks for the point where an objective is smallest. The same start, settings and objective give
/// the same answer. Stateless; runs on the calling thread.
public final class Minimizer {
  private Minimizer() {}

  /// Hears how a search goes, on its thread.
  @FunctionalInterface
  public interface Listener {
    /// An iteration is over, counted from 1, with the best value so far.
    void iterated(int iteration, double best);
  }

  /// @param start 1 to [MinimizeSettings#PARAMETERS_MAX] numbers
  public static Minimum minimize(
      MinimizeMethod method,
      Objective objective,
      double[] start,
      MinimizeSettings settings,
      Listener listener) {
    Search search = new Search(objective, start, settings, listener);
    return switch (method) {
      case COBYLA -> new Cobyla(search, start).run();
      case NELDER_MEAD -> new NelderMead(search, start).run();
      case SPSA -> new Spsa(search, start).run();
      case GRADIENT -> new GradientDescent(search, start).run();
    };
  }
}
