package dev.reeve.engine;

import dev.reeve.job.Needs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What an executor says that it can take. Does not change while it is attached.
///
/// @param declared what it offers, in lower case
/// @param whole whether it offers nothing else; when not, it takes what nobody declares
/// @param labels labels it has, by full name, or without their prefix
/// @param anyLabels whether it takes jobs for whatever labels
/// @param pool the pool it is of; empty for none
public record Offer(
    Set<String> declared,
    boolean whole,
    Map<String, String> labels,
    boolean anyLabels,
    String pool) {
  /// Takes every job of its routes.
  public static final Offer ANYTHING = new Offer(Set.of(), false, Map.of(), true, "");

  public Offer {
    declared =
        declared.stream()
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    labels = Map.copyOf(labels);
  }

  /// Whether it has every label that the job asks for.
  boolean hasLabels(Needs needs) {
    return anyLabels
        || needs.labels().entrySet().stream()
            .allMatch(label ->
                label.getValue().equals(labels.get(label.getKey()))
                    || label.getValue().equals(labels.get(unprefixed(label.getKey()))));
  }

  boolean declares(List<String> requires) {
    return declared.containsAll(requires);
  }

  private static String unprefixed(String label) {
    return label.substring(label.indexOf('.') + 1);
  }
}
