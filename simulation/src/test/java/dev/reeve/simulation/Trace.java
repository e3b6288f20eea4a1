package dev.reeve.simulation;

import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The newest steps of a history, for whoever has to find out why it failed. Put into words only
/// when somebody asks.
final class Trace {
  private static final int STEPS_MAX = 150;

  private record Step(int number, String what, @Nullable Object about) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%6d %s %s", number, what, about == null ? "" : about);
    }
  }

  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private int count;

  void step(String what, @Nullable Object about) {
    steps.addLast(new Step(count++, what, about));
    if (steps.size() > STEPS_MAX) {
      steps.removeFirst();
    }
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    steps.forEach(step -> lines.append(step).append('\n'));
    return lines.toString();
  }
}
