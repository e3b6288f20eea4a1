package dev.reeve.governance.cdi;

import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// An action that somebody is about to take.
///
/// @param actor who
/// @param names every name of the action, its own first; empty when it has none
/// @param scope whose work it is and what for
/// @param payload what it is done with; asked for only by rules that look into it
/// @param metadata facts beside the payload
public record CdiAction(
    String actor,
    List<String> names,
    ConsentScope scope,
    Supplier<JsonValue> payload,
    Supplier<JsonValue> metadata) {
  public CdiAction {
    Objects.requireNonNull(actor, "actor");
    names = List.copyOf(names);
  }

  /// Every name in the spelling that rules compare: whole, and its last part.
  List<String> foldedNames() {
    List<String> folded = new ArrayList<>();
    for (String name : names) {
      folded.add(Names.fold(name));
      folded.add(Names.fold(Names.lastPart(name)));
    }
    return folded;
  }

  boolean isNamed() {
    return !Names.fold(actor).isEmpty()
        && !names.isEmpty()
        && !Names.fold(names.getFirst()).isEmpty();
  }
}
