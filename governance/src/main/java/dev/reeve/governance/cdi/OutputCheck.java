package dev.reeve.governance.cdi;

import dev.reeve.governance.cif.JsonValue;
import dev.reeve.governance.cif.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Looks for claims that no output may make. Thread-safe.
public final class OutputCheck {
  private static final int VIOLATIONS_MAX = 32;

  /// The shortest claim is longer.
  private static final int LENGTH_MIN = 10;

  private static final Pattern ESCAPED_BLANK = Pattern.compile("\\\\{1,8}[nrtf]");

  private final ConsciencePack pack;

  /// A claim that was found.
  ///
  /// @param rule id of the rule
  /// @param treaty the rule of the treaty that it breaks
  /// @param path the field
  public record Violation(String rule, String treaty, String path) {}

  public OutputCheck(ConsciencePack pack) {
    this.pack = pack;
  }

  /// Every claim in every text of a payload; none: it may pass.
  public List<Violation> check(JsonValue payload) {
    List<Violation> violations = new ArrayList<>();
    look(payload, "", violations);
    return violations;
  }

  private void look(JsonValue value, String path, List<Violation> violations) {
    switch (value) {
      case JsonValue.Text text -> look(text.value(), path, violations);
      case JsonValue.Items items -> {
        for (int i = 0; i < items.values().size(); i++) {
          look(items.values().get(i), path + "[" + i + "]", violations);
        }
      }
      case JsonValue.Members members -> {
        for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
          String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
          look(member.getKey(), at, violations);
          look(member.getValue(), at, violations);
        }
      }
      case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> {}
    }
  }

  private void look(String text, String path, List<Violation> violations) {
    if (text.length() < LENGTH_MIN) {
      return;
    }
    String plain = plain(text);
    String lower = plain.toLowerCase(Locale.ROOT);
    for (ConsciencePack.OutputRule rule : pack.output()) {
      if (violations.size() < VIOLATIONS_MAX
          && rule.keywords().stream().anyMatch(lower::contains)
          && rule.pattern().matcher(plain).find()) {
        violations.add(new Violation(rule.id(), rule.treaty(), path));
      }
    }
  }

  /// The normal form with plain apostrophes and hyphens, and single blanks. Apostrophes are made
  /// plain before as well: the normal form takes some of them apart. So are escaped ends of lines,
  /// as JSON inside of a text has them: the normal form reads no blanks in escapes.
  private static String plain(String text) {
    String marked = plainMarks(text.replace("\\'", "'"));
    String blanked =
        marked.indexOf('\\') < 0 ? marked : ESCAPED_BLANK.matcher(marked).replaceAll(" ");
    return singleBlanks(Normaliser.normalise(blanked).text());
  }

  private static String singleBlanks(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = true;
      } else {
        plain.append(blank ? " " : "").append(plainMark(c));
        blank = false;
      }
    }
    return plain.toString();
  }

  private static String plainMarks(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      plain.append(plainMark(text.charAt(i)));
    }
    return plain.toString();
  }

  private static char plainMark(char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u201b', '\u02bc', '\u00b4', '`', '\u2032', '\u02b9' -> '\'';
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
      default -> c;
    };
  }
}
