package dev.reeve.governance.cdi;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A ceiling of lists. A name that is nearly an allowed one is not allowed; one that is nearly a
/// denied one is denied.
final class ListedCeiling implements CapabilityCeiling {
  private final Set<String> allowed = new HashSet<>();
  private final Map<String, String> denied = new HashMap<>();

  ListedCeiling(Collection<Capability> capabilities) {
    for (Capability capability : capabilities) {
      allowed.addAll(capability.allowed());
      capability.denied().forEach(action -> denied.put(Names.fold(action), capability.id()));
    }
  }

  @Override
  public Optional<String> refusal(CdiNames names) {
    if (names.isAllowedUnder(this)) {
      return Optional.empty();
    }
    for (String name : names.folded()) {
      String by = denied.get(name);
      if (by != null) {
        return Optional.of("genome: capability " + by + " denies the action");
      }
    }
    for (String name : names.given()) {
      if (allowed.contains(name)) {
        names.foundAllowedUnder(this);
        return Optional.empty();
      }
    }
    return Optional.of("genome: no capability allows the action");
  }
}
