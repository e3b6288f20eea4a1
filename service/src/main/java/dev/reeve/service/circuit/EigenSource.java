package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.service.ServiceProblems;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program in Eigen-Lang that a caller sent to be compiled or checked.
///
/// @param text in UTF-8
/// @param options of the call, by name
/// @param context who asks and how
/// @param referred whether the caller sent a reference in place of the text
public record EigenSource(
    Bytes text, SortedMap<String, String> options, EigenContext context, boolean referred) {
  private static final Set<String> LANGUAGES = Set.of("eigen-lang", "eigen_lang");

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_SOURCE_MISSING`
  public EigenSource {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    Objects.requireNonNull(context, "context");
    if (text.isEmpty()) {
      throw ServiceProblems.CIRCUIT_SOURCE_MISSING
          .because("input: missing (expected: source)")
          .withField("input", "expected: source")
          .toException();
    }
  }

  /// A source for these options.
  public static EigenSource of(Bytes text, Map<String, String> options, EigenContext context) {
    return new EigenSource(text, new TreeMap<>(options), context, false);
  }

  /// The same, had by a reference.
  public EigenSource byReference() {
    return new EigenSource(text, options, context, true);
  }

  /// Whether callers mean Eigen-Lang by this name of a language.
  public static boolean isLanguage(String name) {
    return LANGUAGES.contains(name);
  }
}
