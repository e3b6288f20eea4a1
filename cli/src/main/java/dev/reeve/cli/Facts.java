package dev.reeve.cli;

import dev.reeve.cli.client.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Names and values under one another, the values in one column. Empty values are left out.
final class Facts {
  private static final int NAME_WIDTH_MIN = 10;

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  Facts add(String name, String value) {
    if (!value.isEmpty()) {
      names.add(SafeText.line(name));
      values.add(SafeText.line(value));
    }
    return this;
  }

  /// One line for each entry, in the order of the keys.
  Facts addAll(String name, Map<String, String> entries) {
    new TreeMap<>(entries).forEach((key, value) -> add(name, key + "=" + value));
    return this;
  }

  List<String> lines() {
    int width = names.stream().mapToInt(String::length).reduce(NAME_WIDTH_MIN, Math::max);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      lines.add(name + " ".repeat(width - name.length() + 2) + values.get(i));
    }
    return lines;
  }
}
