package dev.reeve.server;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads the table `devices` from YAML: what is said of each device, by its id. What is wrong is
/// added to the problems.
final class DeviceNodes {
  static final String DEVICES = "devices";

  private static final int DEVICES_MAX = 256;
  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "kind",
              "status",
              "slots",
              "address",
              "tls",
              "tls_ca",
              "key_file",
              "remote_id",
              "timeout"));

  private final Function<Node, String> place;
  private final List<String> problems;

  /// @param place file and line of a node
  DeviceNodes(Function<Node, String> place, List<String> problems) {
    this.place = place;
    this.problems = problems;
  }

  List<NamedEntry> read(Node node) {
    if (node instanceof ScalarNode nothing && nothing.getValue().isBlank()) {
      return List.of();
    }
    if (!(node instanceof MappingNode table)) {
      problem(node, "devices: no table (expected: \"vendor:device\": {status: offline})");
      return List.of();
    }
    List<NamedEntry> entries = new ArrayList<>();
    for (NodeTuple tuple : table.getValue().stream().limit(DEVICES_MAX).toList()) {
      String id = text(tuple.getKeyNode());
      if (tuple.getValueNode() instanceof MappingNode facts) {
        entries.add(new NamedEntry(id, place.apply(facts), texts(id, facts)));
      } else {
        problem(
            tuple.getValueNode(),
            DEVICES + "." + id + ": no keys (expected: " + String.join(", ", KEYS) + ")");
      }
    }
    if (table.getValue().size() > DEVICES_MAX) {
      problem(node, "devices: more than " + DEVICES_MAX);
    }
    return entries;
  }

  private Map<String, String> texts(String id, MappingNode facts) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (NodeTuple tuple : facts.getValue()) {
      String key = text(tuple.getKeyNode());
      String path = DEVICES + "." + id + "." + key;
      if (!KEYS.contains(key)) {
        String nearest = Text.nearest(key, KEYS);
        problem(
            tuple.getValueNode(),
            "unknown key "
                + Text.quoteForMessage(path)
                + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
      } else if (tuple.getValueNode() instanceof ScalarNode scalar) {
        texts.put(key, scalar.getValue());
      } else {
        problem(tuple.getValueNode(), path + ": not one value (expected: one value)");
      }
    }
    return texts;
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  private void problem(Node node, String what) {
    problems.add(place.apply(node) + ": " + what);
  }
}
