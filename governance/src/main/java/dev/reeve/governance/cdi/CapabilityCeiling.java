package dev.reeve.governance.cdi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the genome lets anybody do at most. *Deny* wins; what no list allows is not allowed.
@FunctionalInterface
public interface CapabilityCeiling {
  /// No genome was asked: nothing is above the ceiling.
  CapabilityCeiling NONE = _ -> Optional.empty();

  /// Why an action lies above the ceiling.
  ///
  /// @param names every name that the action is known by
  /// @return words for people; empty when it lies below
  Optional<String> refusal(CdiNames names);

  /// The ceiling of these capabilities.
  static CapabilityCeiling of(Collection<Capability> capabilities) {
    return new ListedCeiling(capabilities);
  }

  /// A capability of a genome.
  ///
  /// @param id its name
  /// @param riskClass `A` to `D`
  /// @param allowed actions that it allows, by exact name
  /// @param denied actions that nobody may take, in whatever spelling
  record Capability(String id, String riskClass, List<String> allowed, List<String> denied) {
    public Capability {
      allowed = List.copyOf(allowed);
      denied = List.copyOf(denied);
    }
  }
}
