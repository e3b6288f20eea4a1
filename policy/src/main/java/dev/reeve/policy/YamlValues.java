package dev.reeve.policy;

import dev.reeve.base.Text;
import dev.reeve.policy.YamlNode.Entry;
import dev.reeve.policy.YamlNode.Mapping;
import dev.reeve.policy.YamlNode.Scalar;
import dev.reeve.policy.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes typed values out of a YAML tree and notes a fault for each that is not what it should be;
/// what is given in place of it is only there to go on and find the next fault.
final class YamlValues {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\r]++");

  /// Keys that files of others carry and that reach nobody who could obey them.
  private static final Set<String> NOT_ENFORCED =
      Set.of("allowed_destinations", "max_output_bytes", "redact_patterns", "topic_overrides");

  private final Faults faults;

  YamlValues(Faults faults) {
    this.faults = faults;
  }

  /// The values of a mapping by key; every key that must not be there is a fault.
  Map<String, YamlNode> keys(YamlNode node, String path, List<String> known) {
    Map<String, YamlNode> values = new HashMap<>();
    if (!(node instanceof Mapping mapping)) {
      fault(node, path, node.kind() + " (expected: a mapping with " + known + ")");
      return values;
    }
    for (Entry entry : unique(mapping, path)) {
      String key = entry.key().text();
      String at = join(path, key);
      if (known.contains(key)) {
        values.put(key, entry.value());
      } else if (NOT_ENFORCED.contains(key)) {
        fault(entry.key(), at, "nothing would enforce it (expected: no such key)");
      } else {
        fault(entry.key(), at, unknown(key, known));
      }
    }
    return values;
  }

  /// The entries of a mapping; a key that is given again is a fault.
  List<Entry> unique(Mapping mapping, String path) {
    Set<String> seen = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (seen.add(key)) {
        entries.add(entry);
      } else {
        fault(entry.key(), join(path, key), "given twice");
      }
    }
    return entries;
  }

  /// The elements of a list; none when there is no node.
  List<YamlNode> elements(@Nullable YamlNode node, String path, int lengthMax) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Sequence sequence)) {
      fault(node, path, node.kind() + " (expected: a list)");
      return List.of();
    }
    if (sequence.elements().size() > lengthMax) {
      fault(
          node,
          path,
          sequence.elements().size() + " entries (expected: at most " + lengthMax + ")");
      return List.of();
    }
    return sequence.elements();
  }

  /// Text without blanks around it, or an empty text and a fault.
  String text(YamlNode node, String path, int lengthMax) {
    return text(node, path, lengthMax, UnaryOperator.identity());
  }

  /// Words for people: as [#text], and line ends and tabs with the blanks around them are one blank
  /// each, as in a folded block.
  String words(YamlNode node, String path, int lengthMax) {
    return text(node, path, lengthMax, YamlValues::folded);
  }

  private static String folded(String text) {
    return BLANKS
        .matcher(text)
        .replaceAll(blanks -> isOneLine(blanks.group()) ? blanks.group() : " ");
  }

  private static boolean isOneLine(String blanks) {
    return blanks.chars().allMatch(character -> character == ' ');
  }

  private String text(YamlNode node, String path, int lengthMax, UnaryOperator<String> form) {
    if (!(node instanceof Scalar scalar) || scalar.isNull()) {
      fault(node, path, node.kind() + " (expected: a text)");
      return "";
    }
    String text = form.apply(scalar.text().strip());
    if (text.isEmpty()) {
      fault(node, path, "blank (expected: a text)");
      return "";
    }
    if (text.length() > lengthMax) {
      fault(node, path, text.length() + " characters (expected: at most " + lengthMax + ")");
      return "";
    }
    if (text.codePoints().anyMatch(YamlValues::isUnprintable)) {
      fault(node, path, Text.quoteForMessage(text) + " (expected: no control characters)");
      return "";
    }
    return text;
  }

  /// Control characters, and halves of characters, which no receipt could hold.
  private static boolean isUnprintable(int character) {
    return Character.isISOControl(character)
        || (Character.isBmpCodePoint(character) && Character.isSurrogate((char) character));
  }

  void fault(YamlNode node, String path, String message) {
    faults.add(node.place(), path, message);
  }

  private static String unknown(String key, List<String> known) {
    String nearest = Text.nearest(key, known);
    return "unknown key (" + (nearest.isEmpty() ? "expected: " + known : didYouMean(nearest)) + ")";
  }

  static String didYouMean(String name) {
    return "did you mean \"" + name + "\"?";
  }

  private static String join(String path, String key) {
    String shown = printable(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /// A key as part of a path; quoted only when it would not read as one.
  static String printable(String key) {
    boolean plain = key.length() <= 64 && key.matches("[A-Za-z0-9_./-]+");
    return plain ? key : Text.quoteForMessage(key);
  }
}
