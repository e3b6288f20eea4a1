package dev.reeve.conformance.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What became of the facts that clients may rely on.
///
/// @param gone facts that no longer hold: a client may break
/// @param added facts that are new: no client knows them
record WireChange(List<WireFact> gone, List<WireFact> added) {
  static WireChange between(List<WireFact> before, List<WireFact> after) {
    return new WireChange(without(before, after), without(after, before));
  }

  boolean isNone() {
    return gone.isEmpty() && added.isEmpty();
  }

  private static List<WireFact> without(List<WireFact> facts, List<WireFact> others) {
    Set<WireFact> rest = new LinkedHashSet<>(facts);
    others.forEach(rest::remove);
    return List.copyOf(rest);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    gone.forEach(fact -> text.append("\ngone:  ").append(fact));
    added.forEach(fact -> text.append("\nadded: ").append(fact));
    return text.toString();
  }
}
