package dev.reeve.simulation;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import java.util.function.Consumer;

/// A question that is answered exactly once, unless the process that was asked dies.
final class Pending<T> implements Answer<T> {
  private final Object question;
  private final Node asked;
  private final Happened happened;
  private final Consumer<T> onDone;
  private final Consumer<Problem> onRefused;
  private boolean answered;

  Pending(
      Object question,
      Node asked,
      Happened happened,
      Consumer<T> onDone,
      Consumer<Problem> onRefused) {
    this.question = question;
    this.asked = asked;
    this.happened = happened;
    this.onDone = onDone;
    this.onRefused = onRefused;
  }

  @Override
  public void done(T outcome) {
    answer();
    onDone.accept(outcome);
  }

  @Override
  public void refused(Problem problem) {
    answer();
    happened.count("refused " + problem.reason());
    Promise.holds(
        !problem.reason().equals("COMMAND_DEFECT"), "%s: refused because of a defect", question);
    onRefused.accept(problem);
  }

  boolean isOpen() {
    return !answered && !asked.isDead();
  }

  private void answer() {
    Promise.holds(!answered, "%s: answered twice", question);
    Promise.holds(!asked.isDead(), "%s: answered by a dead process", question);
    answered = true;
  }

  @Override
  public String toString() {
    return question.toString();
  }
}
