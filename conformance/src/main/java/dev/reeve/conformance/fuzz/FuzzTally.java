package dev.reeve.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the calls of a run ended. Thread-safe.
public final class FuzzTally {
  private static final int KEPT_MAX = 50;

  private final Map<String, Long> codes = new TreeMap<>();
  private final Map<String, Long> answered = new TreeMap<>();
  private final Map<String, Long> called = new TreeMap<>();
  private final List<String> defects = new ArrayList<>();
  private long defectCount;

  synchronized void add(FuzzCase fuzz, Outcome outcome) {
    codes.merge(outcome.code(), 1L, Long::sum);
    called.merge(fuzz.method().name(), 1L, Long::sum);
    if (outcome.isOk()) {
      answered.merge(fuzz.name(), 1L, Long::sum);
    }
    if (outcome.isDefect() || (outcome.isOk() && fuzz.isMisspelt())) {
      defectCount++;
      if (defects.size() < KEPT_MAX) {
        defects.add(
            "%d %s%s: %s %s"
                .formatted(
                    fuzz.number(),
                    fuzz.name(),
                    fuzz.json() ? " (JSON)" : "",
                    outcome.code(),
                    outcome.words()));
      }
    }
  }

  /// A call of the run's own, that was answered.
  synchronized void addOwn(String method) {
    answered.merge(method, 1L, Long::sum);
  }

  /// Calls by status.
  public synchronized Map<String, Long> codes() {
    return new TreeMap<>(codes);
  }

  /// Calls that were answered, by method.
  public synchronized Map<String, Long> answered() {
    return new TreeMap<>(answered);
  }

  /// Calls by method, however they ended.
  public synchronized Map<String, Long> called() {
    return new TreeMap<>(called);
  }

  /// The first calls that ended as none may, each with its number; empty when there was none.
  public synchronized List<String> defects() {
    return List.copyOf(defects);
  }

  /// How many calls ended as none may.
  public synchronized long defectCount() {
    return defectCount;
  }
}
