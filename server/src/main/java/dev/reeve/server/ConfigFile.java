package dev.reeve.server;

import dev.reeve.base.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads a configuration file (YAML 1.2) into dotted keys with their lines. Unknown keys and
/// anything but nested mappings of plain values are problems; all are found in one pass.
final class ConfigFile {
  private static final int CODE_POINTS_MAX = 256 * 1024;

  /// @param values value and source by key
  /// @param problems one line each; empty when the file is good
  record Read(Map<String, ConfigValue> values, List<String> problems) {}

  private record Entry(String path, Node node) {}

  private ConfigFile() {}

  static Read read(String name, String text) {
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(CODE_POINTS_MAX)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      new Compose(settings)
          .composeString(text)
          .ifPresent(root -> collect(name, root, values, problems));
    } catch (MarkedYamlEngineException e) {
      problems.add(
          name + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"));
    }
    return new Read(values, problems);
  }

  private static void collect(
      String name, Node root, Map<String, ConfigValue> values, List<String> problems) {
    Deque<Entry> open = new ArrayDeque<>(List.of(new Entry("", root)));
    while (!open.isEmpty()) {
      Entry entry = open.removeFirst();
      if (entry.node() instanceof MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
          String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
          String path = entry.path().isEmpty() ? key : entry.path() + "." + key;
          open.addLast(new Entry(path, tuple.getValueNode()));
        }
      } else if (entry.node() instanceof ScalarNode scalar && isKnown(entry.path())) {
        values.put(entry.path(), new ConfigValue(scalar.getValue(), name + ":" + line(scalar)));
      } else {
        problems.add(name + ":" + line(entry.node()) + ": " + unknown(entry.path(), entry.node()));
      }
    }
  }

  private static boolean isKnown(String path) {
    return ConfigKeys.ALL.stream().anyMatch(key -> key.name().equals(path));
  }

  private static String unknown(String path, Node node) {
    if (isKnown(path)) {
      return path + ": " + node.getNodeType() + " (expected: one value)";
    }
    String nearest = Text.nearest(path, ConfigKeys.ALL.stream().map(ConfigKey::name).toList());
    String hint = nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    return "unknown key " + Text.quoteForMessage(path) + hint;
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
