package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.List;
import java.util.regex.Pattern;

/// One rule of a shipped rule file: words that make it look, and what must stand there.
///
/// @param info name, title and so on
/// @param keywords one of them begins the match, or stands within `back` bytes of its start
/// @param pattern what must stand there
/// @param back how many bytes before the keyword the match may begin
/// @param bounded whether the match may not touch further letters or digits
/// @param grouped whether the first group is what was found, rather than all of the match
/// @param entropyMin bits per character that the found text must have, at least
/// @param check a further condition
record PatternRule(
    DetectorInfo info,
    List<String> keywords,
    Pattern pattern,
    int back,
    boolean bounded,
    boolean grouped,
    double entropyMin,
    TokenCheck check) {
  /// What may stand between a word and its value: `word_suffix" : "value`.
  private static final String GLUE =
      "[\\w."
          + " -]{0,24}\\\\{0,2}[\"'`]?\\s{0,3}(?:=>|:=|[:=,]|\\bis\\b)\\s{0,3}\\\\{0,2}[\"'`]?(?:Bearer"
          + " )?";

  PatternRule {
    keywords = List.copyOf(keywords);
    Check.argument(!keywords.isEmpty(), "keywords: none (expected: at least one)");
    Check.argument(back >= 0 && back <= 128, "back: %s (expected: 0 to 128)", back);
  }

  /// The expression of a rule that wants `value` after one of the keywords.
  static String afterKeyword(List<String> keywords, String value) {
    String words = String.join("|", keywords.stream().map(Pattern::quote).toList());
    return "(?i:" + words + ")" + GLUE + "(" + value + ")";
  }
}
