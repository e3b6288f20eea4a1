package dev.reeve.service.knowledge;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A record of what a run has taught, or a decision of a component.
///
/// @param kind which of both
/// @param id the caller's own, unique in its tenant and kind
/// @param texts fields of text by their names in the contract, those within others with a dot; none
///   is empty
/// @param facts a record's attributes, or the features that a decision saw
/// @param qubits of a record; else 0
/// @param entanglement of a record; else 0
/// @param fallback whether a decision was a fallback; else false
/// @param atMicros when it was made, in microseconds since 1970 UTC
public record KnowledgeItem(
    Kind kind,
    String id,
    SortedMap<String, String> texts,
    SortedMap<String, String> facts,
    int qubits,
    double entanglement,
    boolean fallback,
    long atMicros) {
  /// What is kept.
  public enum Kind {
    /// May be written over when its writer says so.
    RECORD,
    /// Is only ever added.
    DECISION
  }

  public KnowledgeItem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    texts = copy(texts);
    facts = copy(facts);
  }

  private static SortedMap<String, String> copy(Map<String, String> given) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /// A field of text; empty when it is not said.
  public String text(String name) {
    return texts.getOrDefault(name, "");
  }
}
