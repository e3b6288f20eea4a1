package dev.reeve.cli;

import dev.reeve.quantum.ProgressListener;

/// A bar on stderr for work that goes on for longer than a second, where a person looks at it; else
/// nothing. For one thread.
final class ProgressBar implements ProgressListener {
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int WIDTH = 40;

  private final Console console;
  private final String what;
  private final long begun = System.nanoTime();
  private long drawn;
  private boolean shown;

  private ProgressBar(Console console, String what) {
    this.console = console;
    this.what = what;
  }

  /// A bar, when stderr can be drawn on.
  static ProgressListener on(Console console, String what) {
    return console.terminal().drawsOnErr() ? new ProgressBar(console, what) : NONE;
  }

  @Override
  public void progressed(double fraction) {
    long now = System.nanoTime();
    boolean done = fraction >= 1;
    if (now - begun < PATIENCE_NANOS || (!done && now - drawn < PAUSE_NANOS) || (done && !shown)) {
      return;
    }
    drawn = now;
    shown = true;
    console.err().print(line(fraction) + (done ? "\n" : ""));
    console.err().flush();
  }

  private String line(double fraction) {
    int full = (int) Math.round(Math.clamp(fraction, 0, 1) * WIDTH);
    return "\r%s %s%s %3.0f %%"
        .formatted(what, "█".repeat(full), "░".repeat(WIDTH - full), 100 * fraction);
  }
}
