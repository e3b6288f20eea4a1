package dev.reeve.cli;

import dev.reeve.cli.client.SafeText;
import dev.reeve.wire.reeve.v1.JobEvent;
import java.io.PrintStream;

/// One line for each event, for files, pipes and people who read logs.
final class EventLines implements EventPrinter {
  private final PrintStream out;
  private final boolean namesJob;

  /// @param namesJob whether more than one job is shown
  EventLines(PrintStream out, boolean namesJob) {
    this.out = out;
    this.namesJob = namesJob;
  }

  @Override
  public void show(JobEvent event) {
    out.println(line(event, namesJob));
    out.flush();
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }

  /// `2026-01-02T03:04:05Z #3 EXECUTING 40 % half way`.
  static String line(JobEvent event, boolean namesJob) {
    StringBuilder line = new StringBuilder(Words.of(event.getTime()));
    if (namesJob) {
      line.append(' ').append(event.getJobId());
    }
    line.append(" #").append(event.getEventSeq()).append(' ').append(Words.of(event.getState()));
    append(line, event.getStage());
    if (event.getAttempt() > 1) {
      append(line, "attempt " + event.getAttempt());
    }
    if (event.getProgress() > 0 && !event.getTerminal()) {
      append(line, Words.percent(event.getProgress()));
    }
    if (!event.hasError()) {
      append(line, event.getMessage());
    } else if (event.getError().getMessage().isEmpty()) {
      append(line, event.getError().getCode());
    } else {
      append(line, event.getError().getCode() + ": " + event.getError().getMessage());
    }
    return SafeText.line(line.toString());
  }

  private static void append(StringBuilder line, String part) {
    if (!part.isEmpty()) {
      line.append(' ').append(part);
    }
  }
}
