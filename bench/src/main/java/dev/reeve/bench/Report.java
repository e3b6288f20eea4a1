package dev.reeve.bench;

import java.io.PrintStream;
import java.util.List;

/// Prints figures as they come: a JSON line each, or a table for people. For one thread.
final class Report {
  private final PrintStream out;
  private final PrintStream notes;
  private final boolean json;
  private final List<String> names;

  /// @param notes where remarks for people go
  /// @param names what was asked for
  Report(PrintStream out, PrintStream notes, boolean json, List<String> names) {
    this.out = out;
    this.notes = notes;
    this.json = json;
    this.names = List.copyOf(names);
  }

  /// Whether this part of a scenario was asked for: by its name, by part of it, or not narrowed.
  boolean wants(String part) {
    return names.stream()
        .anyMatch(name ->
            name.equals("all")
                || (part + ".").startsWith(name + ".")
                || name.startsWith(part + "."));
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
