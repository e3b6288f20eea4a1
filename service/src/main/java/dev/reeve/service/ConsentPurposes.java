package dev.reeve.service;

import dev.reeve.base.Text;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// What somebody may withhold their consent for: the actions that are registered here and those of
/// the Mathison contract. A misspelt purpose would halt nothing and look as if it did. Immutable.
public final class ConsentPurposes {
  /// Whatever is said is taken.
  public static final ConsentPurposes ANY = new ConsentPurposes(Set.of());

  private final Set<String> actions;

  private ConsentPurposes(Set<String> actions) {
    this.actions = actions;
  }

  /// The purposes of a server.
  public static ConsentPurposes of(Collection<RegisteredAction> registered) {
    Set<String> actions = new TreeSet<>(ActionNames.CONTRACT_IDS);
    registered.forEach(action -> actions.add(action.id()));
    return new ConsentPurposes(actions);
  }

  /// Whether it is empty, an action, or the beginning of one that ends in `*`.
  public boolean isKnown(String purpose) {
    if (actions.isEmpty() || purpose.isEmpty()) {
      return true;
    }
    if (!purpose.endsWith("*")) {
      return actions.contains(purpose);
    }
    String beginning = purpose.substring(0, purpose.length() - 1);
    return actions.stream().anyMatch(action -> action.startsWith(beginning));
  }

  /// What could have been said instead, with the nearest action.
  public String expected(String purpose) {
    String nearest = Text.nearest(purpose, actions);
    return "an action, or the beginning of one and *"
        + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
  }
}
