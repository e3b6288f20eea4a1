package dev.reeve.governance.cdi;

import java.util.ArrayList;
import java.util.List;

/// Every name that an action is known by, with the spellings that rules compare. Made once for each
/// registered action: folding costs more than all the comparisons.
public final class CdiNames {
  private final List<String> given;
  private final List<String> folded;
  private final List<String> compared;

  private CdiNames(List<String> given, List<String> folded, List<String> compared) {
    this.given = List.copyOf(given);
    this.folded = List.copyOf(folded);
    this.compared = List.copyOf(compared);
  }

  /// @param given names, its own first; empty when it has none
  public static CdiNames of(List<String> given) {
    List<String> folded = new ArrayList<>();
    List<String> compared = new ArrayList<>();
    for (String name : given) {
      folded.add(Names.fold(name));
      compared.add(Names.fold(name));
      compared.add(Names.fold(Names.lastPart(name)));
    }
    return new CdiNames(given, folded, compared);
  }

  /// As they were given.
  List<String> given() {
    return given;
  }

  /// In the spelling that rules compare.
  List<String> folded() {
    return folded;
  }

  /// The same, and the last part of each.
  List<String> compared() {
    return compared;
  }

  /// Whether it has a name of its own.
  boolean isNamed() {
    return !folded.isEmpty() && !folded.getFirst().isEmpty();
  }
}
