package dev.reeve.policy;

import dev.reeve.base.Text;
import dev.reeve.policy.YamlNode.Entry;
import dev.reeve.policy.YamlNode.Mapping;
import dev.reeve.policy.YamlNode.Scalar;
import dev.reeve.policy.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One mapping of a policy file, whose keys are all known, read key by key. A value that is not
/// what it should be is noted as a fault, and a harmless one is given in its place.
final class Section {
  static final int LIST_LENGTH_MAX = 1000;
  static final int VALUE_LENGTH_MAX = 512;
  static final int NAME_LENGTH_MAX = 128;
  private static final int TEXT_LENGTH_MAX = 1024;

  private static final Map<String, Boolean> FLAGS =
      Map.of(
          "true", true, "True", true, "TRUE", true, "false", false, "False", false, "FALSE", false);
  private static final String EMPTY =
      "empty (expected: something, or no key at all to match everything)";

  private final YamlValues values;
  private final YamlNode node;
  private final String path;
  private final Map<String, YamlNode> keys;

  Section(YamlValues values, YamlNode node, String path, List<String> known) {
    this.values = values;
    this.node = node;
    this.path = path;
    this.keys = values.keys(node, path, known);
  }

  YamlNode node() {
    return node;
  }

  String path() {
    return path;
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @Nullable YamlNode get(String key) {
    return keys.get(key);
  }

  boolean has(String key) {
    return keys.containsKey(key);
  }

  void fault(String key, String message) {
    YamlNode at = keys.get(key);
    values.fault(at == null ? node : at, at(key), message);
  }

  /// Text; empty when there is none.
  String text(String key, int lengthMax) {
    YamlNode value = keys.get(key);
    return value == null ? "" : values.text(value, at(key), lengthMax);
  }

  /// Words for people, in one line; empty when there are none.
  String words(String key) {
    YamlNode value = keys.get(key);
    return value == null ? "" : values.words(value, at(key), TEXT_LENGTH_MAX);
  }

  String name(String key) {
    return text(key, NAME_LENGTH_MAX);
  }

  /// A list that says something when it is there.
  List<String> texts(String key) {
    YamlNode value = keys.get(key);
    if (value instanceof Sequence sequence && sequence.elements().isEmpty()) {
      values.fault(value, at(key), EMPTY);
    }
    return texts(value, at(key));
  }

  /// A list that may also be empty.
  List<String> textsOrNone(String key) {
    return texts(keys.get(key), at(key));
  }

  private List<String> texts(@Nullable YamlNode value, String where) {
    List<String> texts = new ArrayList<>();
    List<YamlNode> elements = values.elements(value, where, LIST_LENGTH_MAX);
    for (int i = 0; i < elements.size(); i++) {
      String text = values.text(elements.get(i), where + "[" + i + "]", VALUE_LENGTH_MAX);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  List<YamlNode> items(String key, int lengthMax) {
    return values.elements(keys.get(key), at(key), lengthMax);
  }

  /// The section under a key; null when there is none.
  @Nullable Section child(String key, List<String> known) {
    YamlNode value = keys.get(key);
    return value == null ? null : new Section(values, value, at(key), known);
  }

  /// Sections under names that the file chooses.
  Map<String, Section> children(String key, List<String> known) {
    return entries(
        key, entry -> new Section(values, entry.value(), join(key, entry.key().text()), known));
  }

  /// Names and texts.
  Map<String, String> labels(String key) {
    return entries(
        key,
        entry -> {
          if (entry.value() instanceof Scalar value && !value.isNull()) {
            return value.text();
          }
          values.fault(
              entry.value(),
              join(key, entry.key().text()),
              entry.value().kind() + " (expected: a text)");
          return "";
        });
  }

  /// Names and lists.
  Map<String, List<String>> lists(String key) {
    return entries(key, entry -> texts(entry.value(), join(key, entry.key().text())));
  }

  /// Names and numbers.
  Map<String, Double> numbers(String key) {
    return entries(key, entry -> number(entry.value(), join(key, entry.key().text())));
  }

  private <T> Map<String, T> entries(String key, Function<Entry, T> read) {
    Map<String, T> found = new LinkedHashMap<>();
    YamlNode value = keys.get(key);
    if (value == null) {
      return found;
    }
    if (!(value instanceof Mapping mapping)) {
      values.fault(value, at(key), value.kind() + " (expected: names and values)");
      return found;
    }
    if (mapping.entries().isEmpty()) {
      values.fault(value, at(key), EMPTY);
    }
    for (Entry entry : values.unique(mapping, at(key))) {
      found.put(entry.key().text(), read.apply(entry));
    }
    return found;
  }

  private String join(String key, String name) {
    return at(key) + "." + YamlValues.printable(name);
  }

  double number(String key, double otherwise) {
    YamlNode value = keys.get(key);
    return value == null ? otherwise : number(value, at(key));
  }

  private double number(YamlNode value, String where) {
    String text = values.text(value, where, NAME_LENGTH_MAX);
    try {
      double number = text.isEmpty() ? 0 : Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    values.fault(
        value, where, Text.quoteForMessage(text) + " (expected: a number, such as 10 or 0.5)");
    return 0;
  }

  /// A whole number within bounds.
  long whole(String key, long least, long most, long otherwise) {
    YamlNode value = keys.get(key);
    if (value == null) {
      return otherwise;
    }
    String text = values.text(value, at(key), NAME_LENGTH_MAX);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    if (!text.isEmpty()) {
      values.fault(
          value,
          at(key),
          Text.quoteForMessage(text)
              + " (expected: a whole number, "
              + least
              + " to "
              + most
              + ")");
    }
    return otherwise;
  }

  Optional<Boolean> flag(String key) {
    return has(key) ? Optional.ofNullable(choice(key, FLAGS, "true or false")) : Optional.empty();
  }

  /// The meaning of a word; null when there is no such key, or a fault.
  <T> @Nullable T choice(String key, Map<String, T> words, String expected) {
    String word = text(key, NAME_LENGTH_MAX);
    T meaning = words.get(word);
    if (meaning == null && !word.isEmpty()) {
      String nearest = Text.nearest(word, words.keySet().stream().sorted().toList());
      String hint = nearest.isEmpty() ? "expected: " + expected : YamlValues.didYouMean(nearest);
      fault(key, Text.quoteForMessage(word) + " (" + hint + ")");
    }
    return meaning;
  }
}
