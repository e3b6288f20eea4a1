package dev.reeve.cli;

import dev.reeve.cli.client.SafeText;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import java.io.PrintStream;

/// Events on a terminal: a line for each change, and while the job runs a bar that is drawn anew in
/// its place.
final class EventScreen implements EventPrinter {
  private static final String TO_LINE_START_AND_CLEAR = "\r\033[K";
  private static final int BAR_CELLS = 24;
  private static final String PARTS = " ▏▎▍▌▋▊▉";

  private final PrintStream out;
  private final int columns;
  private JobState shownState = JobState.JOB_STATE_UNSPECIFIED;
  private String shownStage = "";
  private boolean barIsUp;

  EventScreen(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void show(JobEvent event) {
    boolean changed =
        event.getState() != shownState || !event.getStage().equals(shownStage) || event.hasError();
    if (changed || event.getTerminal()) {
      pause();
      out.println(EventLines.line(event, false));
      shownState = event.getState();
      shownStage = event.getStage();
    }
    if (event.getProgress() > 0 && !event.getTerminal()) {
      pause();
      out.print(cut(bar(event.getProgress()) + " " + SafeText.line(event.getMessage())));
      barIsUp = true;
    }
    out.flush();
  }

  @Override
  public void pause() {
    if (barIsUp) {
      out.print(TO_LINE_START_AND_CLEAR);
      barIsUp = false;
    }
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }

  /// `▕█████▌ ▏ 23 %`.
  static String bar(double fraction) {
    int eighths = (int) Math.round(Math.clamp(fraction, 0, 1) * BAR_CELLS * 8);
    int full = eighths / 8;
    StringBuilder bar = new StringBuilder("▕").repeat("█", full);
    if (full < BAR_CELLS) {
      bar.append(PARTS.charAt(eighths % 8)).repeat(" ", BAR_CELLS - full - 1);
    }
    return bar.append("▏ ").append("%5s".formatted(Words.percent(fraction))).toString();
  }

  private String cut(String line) {
    int points = line.codePointCount(0, line.length());
    return points < columns ? line : line.substring(0, line.offsetByCodePoints(0, columns - 1));
  }
}
