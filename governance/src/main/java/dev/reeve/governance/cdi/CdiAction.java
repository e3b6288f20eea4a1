package dev.reeve.governance.cdi;

import dev.reeve.governance.cif.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// An action that somebody is about to take.
///
/// @param actor who
/// @param names every name of the action
/// @param scope whose work it is and what for
/// @param payload what it is done with; asked for only by rules that look into it
/// @param metadata facts beside the payload
public record CdiAction(
    String actor,
    CdiNames names,
    ConsentScope scope,
    Supplier<JsonValue> payload,
    Supplier<JsonValue> metadata) {
  public CdiAction {
    Objects.requireNonNull(actor, "actor");
  }

  /// An action that is judged once.
  ///
  /// @param names every name of the action, its own first; empty when it has none
  public CdiAction(
      String actor,
      List<String> names,
      ConsentScope scope,
      Supplier<JsonValue> payload,
      Supplier<JsonValue> metadata) {
    this(actor, CdiNames.of(names), scope, payload, metadata);
  }

  boolean isNamed() {
    return Names.isName(actor) && names.isNamed();
  }
}
