package dev.reeve.job;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every state case against every command case, decided once.
final class TransitionTable {
  static final Set<StateName> UNFINISHED = EnumSet.range(StateName.PENDING, StateName.REVIEWING);

  /// One cell with its row and column.
  record Entry(StateCase from, CommandCase by, String command, Cell cell) {}

  private final List<Entry> entries = new ArrayList<>();

  TransitionTable() {
    for (StateCase from : StateCase.all()) {
      for (CommandCase by : CommandCase.all()) {
        JobCommand command = by.command().apply(from.job());
        Cell cell = Cell.of(from.job(), command, JobSamples.NOW);
        entries.add(new Entry(from, by, command.getClass().getSimpleName(), cell));
      }
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /// All cells of the plain cases, and those cells of the special cases that differ from them.
  String text() {
    StringBuilder out = new StringBuilder();
    Map<String, Cell> plain = new LinkedHashMap<>();
    String block = "";
    for (Entry entry : entries) {
      StateCase from = entry.from();
      boolean isPlain = from.circumstance().isEmpty();
      String title =
          from.state() + (isPlain ? "" : " (" + from.circumstance() + "), else as above");
      if (!title.equals(block)) {
        out.append(block.isEmpty() ? "" : "\n").append(title).append('\n');
        block = title;
      }
      String circumstance = entry.by().circumstance();
      String column = entry.command() + (circumstance.isEmpty() ? "" : " (" + circumstance + ")");
      if (isPlain || !entry.cell().equals(plain.get(column))) {
        out.append("  %-41s %s%n".formatted(column, entry.cell()));
      }
      if (isPlain) {
        plain.put(column, entry.cell());
      }
    }
    return out.toString();
  }

  /// The accepted commands that change something, as rows of a Markdown table; states in which the
  /// same happens share a row.
  String moves() {
    Map<List<String>, Set<StateName>> rows = new LinkedHashMap<>();
    Map<String, Set<Cell>> plain = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String column = entry.from().state() + entry.command() + entry.by().circumstance();
      boolean known =
          !entry.from().circumstance().isEmpty()
              && plain.getOrDefault(column, Set.of()).contains(entry.cell());
      if (entry.from().circumstance().isEmpty()) {
        plain.computeIfAbsent(column, _ -> new LinkedHashSet<>()).add(entry.cell());
      }
      if (entry.cell().moves() && !known) {
        rows.computeIfAbsent(row(entry), _ -> EnumSet.noneOf(StateName.class))
            .add(entry.from().state());
      }
    }
    StringBuilder out = new StringBuilder();
    out.append("| command | from | when | events | to |\n| --- | --- | --- | --- | --- |\n");
    rows.forEach((row, from) ->
        out.append(
            "| %s | %s | %s | %s | %s |%n"
                .formatted(row.get(0), from(from), row.get(1), row.get(2), row.get(3))));
    return out.toString();
  }

  private static List<String> row(Entry entry) {
    List<String> when = new ArrayList<>();
    when.add(entry.from().circumstance());
    when.add(entry.by().circumstance());
    when.removeIf(String::isEmpty);
    return List.of(
        entry.command(),
        String.join(", ", when),
        String.join(", ", entry.cell().events()),
        entry.cell().after() == entry.from().state() ? "same" : entry.cell().after().name());
  }

  private static String from(Set<StateName> states) {
    return states.equals(UNFINISHED)
        ? "any unfinished"
        : String.join(", ", states.stream().map(StateName::name).toList());
  }

  /// What each command can come to in each state, over all circumstances.
  String matrix() {
    Map<String, Map<StateName, Set<String>>> rows = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.by().circumstance().equals("old attempt")) {
        continue;
      }
      rows.computeIfAbsent(entry.command(), _ -> new EnumMap<>(StateName.class))
          .computeIfAbsent(entry.from().state(), _ -> new LinkedHashSet<>())
          .add(entry.cell().moves() ? "moves" : entry.cell().refusal());
    }
    StringBuilder out = new StringBuilder("| command |");
    UNFINISHED.forEach(state -> out.append(' ').append(state).append(" |"));
    out.append(" ended |\n|").append(" --- |".repeat(UNFINISHED.size() + 2)).append('\n');
    rows.forEach((command, states) -> {
      out.append("| ").append(command).append(" |");
      UNFINISHED.forEach(state -> out.append(best(states.getOrDefault(state, Set.of()))));
      out.append(best(states.getOrDefault(StateName.COMPLETED, Set.of()))).append('\n');
    });
    return out.toString();
  }

  private static String best(Set<String> kinds) {
    if (kinds.contains("moves")) {
      return " **moves** |";
    }
    return kinds.contains("") ? " nothing |" : " " + String.join(" ", kinds) + " |";
  }

  /// The moves from state to state as a Mermaid diagram.
  String diagram() {
    Map<StateName, Map<StateName, Set<String>>> edges = new EnumMap<>(StateName.class);
    for (Entry entry : entries) {
      if (entry.cell().moves() && entry.cell().after() != entry.from().state()) {
        edges
            .computeIfAbsent(entry.from().state(), _ -> new EnumMap<>(StateName.class))
            .computeIfAbsent(entry.cell().after(), _ -> new LinkedHashSet<>())
            .add(entry.command());
      }
    }
    StringBuilder inner = new StringBuilder();
    StringBuilder outer = new StringBuilder();
    for (StateName to : StateName.values()) {
      Set<String> common = common(edges, to);
      if (!common.isEmpty()) {
        outer.append(edge("  ", "Unfinished", to.name(), common));
      }
      for (StateName from : UNFINISHED) {
        Set<String> labels = new LinkedHashSet<>(labels(edges, from, to));
        labels.removeAll(common);
        if (!labels.isEmpty()) {
          boolean isInner = UNFINISHED.contains(to);
          (isInner ? inner : outer)
              .append(edge(isInner ? "    " : "  ", from.name(), to.name(), labels));
        }
      }
    }
    return "```mermaid\nstateDiagram-v2\n  state Unfinished {\n"
        + inner
        + "  }\n"
        + outer
        + "```\n";
  }

  private static Set<String> common(
      Map<StateName, Map<StateName, Set<String>>> edges, StateName to) {
    Set<String> common = new LinkedHashSet<>(labels(edges, StateName.PENDING, to));
    UNFINISHED.forEach(from -> common.retainAll(labels(edges, from, to)));
    return common;
  }

  private static Set<String> labels(
      Map<StateName, Map<StateName, Set<String>>> edges, StateName from, StateName to) {
    return edges.getOrDefault(from, Map.of()).getOrDefault(to, Set.of());
  }

  private static String edge(String indent, String from, String to, Set<String> labels) {
    return indent + from + " --> " + to + ": " + String.join(", ", labels) + "\n";
  }
}
