package dev.reeve.engine;

import dev.reeve.base.Problem;

/// Where the outcome of a command goes. Called exactly once, after the commit that made it true, on
/// the thread that delivers answers; must not block.
///
/// @param <T> the outcome
public interface Answer<T> {
  void done(T outcome);

  void refused(Problem problem);

  /// For commands that nobody waits for.
  static <T> Answer<T> none() {
    return new Answer<>() {
      @Override
      public void done(T outcome) {}

      @Override
      public void refused(Problem problem) {}
    };
  }
}
