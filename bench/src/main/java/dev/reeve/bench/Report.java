package dev.reeve.bench;

import java.io.PrintStream;

/// Prints figures as they come: a JSON line each, or a table for people. For one thread.
final class Report {
  private final PrintStream out;
  private final PrintStream notes;
  private final boolean json;

  /// @param notes where remarks for people go
  Report(PrintStream out, PrintStream notes, boolean json) {
    this.out = out;
    this.notes = notes;
    this.json = json;
  }

  void add(Figure figure) {
    out.println(json ? figure.json() : figure.text());
    out.flush();
  }

  /// Progress; never part of the figures.
  void note(String text) {
    notes.println("# " + text);
  }
}
