package dev.reeve.cli;

import dev.reeve.wire.reeve.v1.JobEvent;
import java.io.PrintStream;

/// One JSON object a line for each event.
final class EventJson implements EventPrinter {
  private final PrintStream out;

  EventJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(JobEvent event) {
    out.println(Json.line(event));
    out.flush();
  }

  @Override
  public boolean isBroken() {
    return out.checkError();
  }
}
