package dev.reeve.quantum.eigenlang;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The reserved words of Python, and what is said about those that Eigen-Lang leaves out.
final class Keywords {
  private static final Set<String> OFFERED =
      Set.of(
          "False", "None", "True", "and", "def", "elif", "else", "for", "from", "if", "import",
          "in", "is", "not", "or", "pass", "return", "as");

  /// Words that begin what is refused, with what to write instead.
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("while", "a loop over a range or a list has an end that is known"),
          Map.entry("lambda", "define a function"),
          Map.entry("try", ""),
          Map.entry("except", ""),
          Map.entry("finally", ""),
          Map.entry("raise", ""),
          Map.entry("class", ""),
          Map.entry("with", ""),
          Map.entry("async", ""),
          Map.entry("await", ""),
          Map.entry("yield", ""),
          Map.entry("assert", ""),
          Map.entry("del", ""),
          Map.entry("global", ""),
          Map.entry("nonlocal", ""),
          Map.entry("break", "give the loop the range it needs"),
          Map.entry("continue", "put the rest of the body under an `if`"));

  private Keywords() {}

  static boolean isKeyword(String word) {
    return OFFERED.contains(word) || REFUSED.containsKey(word);
  }

  /// What to write instead of a construct that is left out; empty for every other word.
  static Optional<String> refused(String word) {
    return Optional.ofNullable(REFUSED.get(word));
  }
}
