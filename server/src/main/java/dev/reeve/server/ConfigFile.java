package dev.reeve.server;

import dev.reeve.base.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a configuration file (YAML 1.2) into dotted keys with their lines. Unknown keys and
/// anything but nested mappings of plain values are problems; all are found in one pass.
final class ConfigFile {
  private static final int CODE_POINTS_MAX = 256 * 1024;

  /// @param values value and source by key
  /// @param shares what is said of tenants and groups, by key of the share
  /// @param providers the list of providers
  /// @param devices the table of devices
  /// @param problems one line each; empty when the file is good
  record Read(
      Map<String, ConfigValue> values,
      Map<ConfigShare, Map<ConfigKey, ConfigValue>> shares,
      List<ProviderEntry> providers,
      List<NamedEntry> devices,
      List<String> problems) {}

  private record Entry(List<String> path, Node node) {
    Entry under(String key, Node value) {
      List<String> longer = new ArrayList<>(path);
      longer.add(key);
      return new Entry(List.copyOf(longer), value);
    }

    String dotted() {
      return String.join(".", path);
    }
  }

  private final String name;
  private final Read read =
      new Read(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());

  private ConfigFile(String name) {
    this.name = name;
  }

  static Read read(String name, String text) {
    ConfigFile file = new ConfigFile(name);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(CODE_POINTS_MAX)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      new Compose(settings).composeString(text).ifPresent(file::collect);
    } catch (MarkedYamlEngineException e) {
      file.read.problems.add(
          name + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"));
    }
    return file.read;
  }

  private void collect(Node root) {
    Deque<Entry> open = new ArrayDeque<>(List.of(new Entry(List.of(), root)));
    while (!open.isEmpty()) {
      Entry entry = open.removeFirst();
      if (entry.dotted().equals(ProviderNodes.PROVIDERS)) {
        read.providers.addAll(new ProviderNodes(this::place, read.problems).read(entry.node()));
        continue;
      }
      if (entry.dotted().equals(DeviceNodes.DEVICES)) {
        read.devices.addAll(new DeviceNodes(this::place, read.problems).read(entry.node()));
        continue;
      }
      switch (entry.node()) {
        case MappingNode mapping ->
            mapping
                .getValue()
                .forEach(tuple -> open.addLast(entry.under(key(tuple), tuple.getValueNode())));
        case ScalarNode scalar when scalar.getValue().isBlank() && isSection(entry.dotted()) -> {}
        case ScalarNode scalar -> value(entry, new ConfigValue(scalar.getValue(), place(scalar)));
        case SequenceNode list when isPlain(list) && takesList(entry.dotted()) ->
            value(entry, new ConfigValue(joined(list), place(list)));
        default -> unknown(entry);
      }
    }
  }

  /// A list of plain values stands for them with commas between.
  private static boolean isPlain(SequenceNode list) {
    return list.getValue().stream().allMatch(ScalarNode.class::isInstance);
  }

  private static String joined(SequenceNode list) {
    return list.getValue().stream()
        .map(item -> ((ScalarNode) item).getValue())
        .collect(Collectors.joining(","));
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  private void value(Entry entry, ConfigValue value) {
    Optional<ConfigShare> share =
        entry.path().isEmpty()
            ? Optional.empty()
            : ConfigShare.of(entry.path().subList(0, entry.path().size() - 1));
    if (share.isPresent()) {
      shareValue(share.get(), entry, value);
    } else if (isKnown(entry.dotted())) {
      read.values.put(entry.dotted(), value);
    } else {
      unknown(entry);
    }
  }

  private void shareValue(ConfigShare share, Entry entry, ConfigValue value) {
    String leaf = entry.path().getLast();
    share.trouble().ifPresent(trouble -> problem(entry.node(), trouble));
    share.keys().stream()
        .filter(key -> key.name().equals(leaf))
        .findFirst()
        .ifPresentOrElse(
            key -> read.shares.computeIfAbsent(share, _ -> new LinkedHashMap<>()).put(key, value),
            () ->
                problem(
                    entry.node(),
                    unknownKey(entry.dotted(), share.keys().stream().map(share::path).toList())));
  }

  private void unknown(Entry entry) {
    String path = entry.dotted();
    problem(
        entry.node(),
        isKnown(path)
            ? path + ": " + kind(entry.node()) + " (expected: one value)"
            : unknownKey(path, ConfigKeys.ALL.stream().map(ConfigKey::name).toList()));
  }

  private static String kind(Node node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private void problem(Node node, String what) {
    read.problems.add(place(node) + ": " + what);
  }

  private static boolean isSection(String path) {
    return path.isEmpty()
        || ConfigShare.SECTIONS.contains(path)
        || ConfigKeys.ALL.stream().anyMatch(key -> key.name().startsWith(path + "."));
  }

  private static boolean takesList(String path) {
    return ConfigKeys.ALL.stream()
        .anyMatch(key -> key.name().equals(path) && key.kind() == ConfigKey.Kind.LIST);
  }

  private static boolean isKnown(String path) {
    return ConfigKeys.ALL.stream().anyMatch(key -> key.name().equals(path));
  }

  private static String unknownKey(String path, List<String> known) {
    String nearest = Text.nearest(path, known);
    String hint = nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    return "unknown key " + Text.quoteForMessage(path) + hint;
  }

  private String place(Node node) {
    return name + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
