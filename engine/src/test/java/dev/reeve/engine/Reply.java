package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import org.jspecify.annotations.Nullable;

/// Remembers what a command was answered, and how often.
final class Reply<T> implements Answer<T> {
  private @Nullable T outcome;
  private @Nullable Problem problem;
  private int times;

  @Override
  public void done(T result) {
    outcome = result;
    times++;
  }

  @Override
  public void refused(Problem why) {
    problem = why;
    times++;
  }

  int times() {
    return times;
  }

  boolean isAnswered() {
    return times > 0;
  }

  /// The outcome; fails the test when there is none or there were two answers.
  T outcome() {
    assertThat(times).as("answers").isOne();
    assertThat(problem).as("refusal").isNull();
    T result = outcome;
    if (result == null) {
      throw new AssertionError("no outcome");
    }
    return result;
  }

  /// Why it was refused; fails the test when it was not, or was answered twice.
  Problem problem() {
    assertThat(times).as("answers").isOne();
    assertThat(outcome).as("outcome").isNull();
    Problem why = problem;
    if (why == null) {
      throw new AssertionError("no refusal");
    }
    return why;
  }
}
