package dev.reeve.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a job asks of whoever executes it, beyond serving its route. Follows from its work alone,
/// so nothing of it is stored. Most jobs ask for nothing and share [#NONE].
///
/// @param capability what kind of act it is; a wish, empty for none
/// @param requires what the executor must offer, in lower case, sorted
/// @param labels labels that the executor must have, by full name
/// @param pool the pool that it should be of; empty for any
/// @param worker the executor that should take it; empty for any
public record Needs(
    String capability,
    List<String> requires,
    Map<String, String> labels,
    String pool,
    String worker) {
  public static final Needs NONE = new Needs("", List.of(), Map.of(), "", "");

  /// Labels that name the pool and the worker that a job would like.
  public static final String PREFERRED_POOL = "preferred_pool";

  public static final String PREFERRED_WORKER = "preferred_worker_id";

  private static final List<String> PLACING = List.of("placement.", "constraint.", "node.");

  public Needs {
    requires = List.copyOf(requires);
    labels = Map.copyOf(labels);
  }

  /// Whether it asks for something that only some executors have. Wishes keep no job waiting.
  public boolean areStrict() {
    return !requires.isEmpty() || !labels.isEmpty();
  }

  /// Whether anybody on the route will do as well as any other.
  public boolean areNone() {
    return equals(NONE);
  }

  /// What this work asks for. The names of labels that place a job begin with `placement.`,
  /// `constraint.` or `node.`.
  static Needs of(Work work) {
    Map<String, String> placing = new TreeMap<>();
    work.labels()
        .forEach((name, value) -> {
          if (PLACING.stream().anyMatch(name::startsWith)) {
            placing.put(name, value);
          }
        });
    List<String> requires =
        work.requires().stream()
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty())
            .distinct()
            .sorted()
            .toList();
    Needs needs =
        new Needs(
            work.capability().strip().toLowerCase(Locale.ROOT),
            requires,
            placing,
            work.labels().getOrDefault(PREFERRED_POOL, ""),
            work.labels().getOrDefault(PREFERRED_WORKER, ""));
    return needs.equals(NONE) ? NONE : needs;
  }
}
