package dev.reeve.governance.cdi;

import dev.reeve.base.Identity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every name that an action is known by, with the spellings that rules compare. Made once for each
/// registered action: folding costs more than all the comparisons. It remembers which rules had
/// nothing against it. Safe on any thread.
public final class CdiNames {
  private final List<String> given;
  private final List<String> folded;
  private final List<String> compared;

  /// Rules that never change, and that have nothing to say about these names whatever comes with
  /// them: they are not asked again.
  private volatile @Nullable ConsciencePack plainUnder;

  private volatile @Nullable CapabilityCeiling allowedUnder;

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

  /// Whether it was found that no rule of this pack is about them.
  boolean isPlainUnder(ConsciencePack pack) {
    return Identity.isSame(plainUnder, pack);
  }

  void foundPlainUnder(ConsciencePack pack) {
    plainUnder = pack;
  }

  /// Whether it was found that they lie below this ceiling.
  boolean isAllowedUnder(CapabilityCeiling ceiling) {
    return Identity.isSame(allowedUnder, ceiling);
  }

  void foundAllowedUnder(CapabilityCeiling ceiling) {
    allowedUnder = ceiling;
  }

  /// Whether it has a name of its own.
  boolean isNamed() {
    return !folded.isEmpty() && !folded.getFirst().isEmpty();
  }
}
