package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.service.RegisteredAction;
import java.util.Optional;

/// Whether governance stands: a valid genome and treaty, a heartbeat that passed, a posture that
/// lets the action pass. Asked for every call right after its action is known, on the event loop,
/// so it answers from memory. Implemented by the composition root.
public interface GovernanceStation {
  /// Everything stands; for tests of other stations.
  GovernanceStation STANDING =
      new GovernanceStation() {
        @Override
        public Optional<Problem> refusal(RegisteredAction action) {
          return Optional.empty();
        }

        @Override
        public GenomeInForce genome() {
          return GenomeInForce.NONE;
        }
      };

  /// Why the action may not pass now; empty when it may.
  Optional<Problem> refusal(RegisteredAction action);

  /// The genome in force.
  GenomeInForce genome();

  /// Whether root and heartbeat stand, for metrics.
  default boolean stands() {
    return true;
  }

  /// How strict the posture is, for metrics: 0 for all, 1 for reads alone, 2 for nothing.
  default int postureLevel() {
    return 0;
  }

  /// What every answer says of the genome.
  ///
  /// @param id hex of its hash; empty when there is none
  /// @param version its own version; empty when there is none
  record GenomeInForce(String id, String version) {
    public static final GenomeInForce NONE = new GenomeInForce("", "");
  }
}
