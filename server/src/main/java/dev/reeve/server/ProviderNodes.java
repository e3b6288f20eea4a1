package dev.reeve.server;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads the list `providers` and tables of prices from YAML. What is wrong is added to the
/// problems.
final class ProviderNodes {
  static final String PROVIDERS = "providers";

  private static final int PROVIDERS_MAX = 1_000;
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "kind",
          "base_url",
          "region",
          "address",
          "tls",
          "tls_ca",
          "subject",
          "remote_id",
          "api_key_env",
          "api_key_file",
          "models",
          "timeout",
          "max_retries",
          "prices");
  private static final Set<String> PRICE_KEYS = Set.of("input", "cached_input", "output");

  private final Function<Node, String> place;
  private final List<String> problems;

  /// @param place file and line of a node
  ProviderNodes(Function<Node, String> place, List<String> problems) {
    this.place = place;
    this.problems = problems;
  }

  List<ProviderEntry> read(Node list) {
    if (!(list instanceof SequenceNode sequence)) {
      problem(list, "providers: no list (expected: a list of providers)");
      return List.of();
    }
    List<ProviderEntry> entries = new ArrayList<>();
    for (Node node : sequence.getValue().stream().limit(PROVIDERS_MAX).toList()) {
      if (node instanceof MappingNode mapping) {
        entries.add(entry(mapping));
      } else {
        problem(node, "providers: an entry without keys (expected: id, kind and others)");
      }
    }
    if (sequence.getValue().size() > PROVIDERS_MAX) {
      problem(list, "providers: more than " + PROVIDERS_MAX);
    }
    return entries;
  }

  private ProviderEntry entry(MappingNode mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> models = new ArrayList<>();
    Map<String, Map<String, String>> prices = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode());
      Node value = tuple.getValueNode();
      if (!KEYS.contains(key)) {
        String nearest = Text.nearest(key, KEYS);
        problem(
            value,
            "unknown key "
                + Text.quoteForMessage("providers[]." + key)
                + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
      } else if (!seen.add(key)) {
        problem(value, "providers[]." + key + ": twice");
      } else if (key.equals("models")) {
        models.addAll(texts(value));
      } else if (key.equals("prices")) {
        prices.putAll(prices(value));
      } else if (value instanceof ScalarNode scalar) {
        texts.put(key, scalar.getValue());
      } else {
        problem(value, "providers[]." + key + ": not one value (expected: one value)");
      }
    }
    return new ProviderEntry(place.apply(mapping), texts, models, prices);
  }

  private List<String> texts(Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, "providers[].models: no list (expected: names of models)");
      return List.of();
    }
    return sequence.getValue().stream().map(ProviderNodes::text).toList();
  }

  /// A table of prices: by model, then by word.
  Map<String, Map<String, String>> prices(Node node) {
    Map<String, Map<String, String>> prices = new LinkedHashMap<>();
    if (!(node instanceof MappingNode table)) {
      problem(node, "prices: no table (expected: MODEL: {input: 2.5, output: 10})");
      return prices;
    }
    for (NodeTuple tuple : table.getValue()) {
      Map<String, String> words = new LinkedHashMap<>();
      if (tuple.getValueNode() instanceof MappingNode price) {
        for (NodeTuple word : price.getValue()) {
          String name = text(word.getKeyNode());
          if (PRICE_KEYS.contains(name)) {
            words.put(name, text(word.getValueNode()));
          } else {
            problem(
                word.getKeyNode(),
                "prices: "
                    + Text.quoteForMessage(name)
                    + " (expected: input, cached_input, output)");
          }
        }
      } else {
        problem(tuple.getValueNode(), "prices: no numbers (expected: {input: 2.5, output: 10})");
      }
      prices.put(text(tuple.getKeyNode()), words);
    }
    return prices;
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  private void problem(Node node, String what) {
    problems.add(place.apply(node) + ": " + what);
  }
}
