package dev.reeve.server;

import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.genome.Genome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What actions are held against now: the ceiling of the genome in force. Without one nothing is
/// below it; the station before says why. Safe on any thread.
final class StandingNow implements Function<String, ActionCheck.Standing> {
  private static final CapabilityCeiling NO_GENOME =
      _ -> Optional.of("genome: none in force (expected: one that allows the action)");

  private record Known(String genomeId, ActionCheck.Standing standing) {}

  private final GovernanceState governance;
  private volatile Known known = new Known("", standing(NO_GENOME));

  StandingNow(GovernanceState governance) {
    this.governance = governance;
  }

  @Override
  public ActionCheck.Standing apply(String tenant) {
    Optional<Genome> genome = governance.inForce();
    Known now = known;
    String id = genome.map(Genome::id).orElse("");
    if (!now.genomeId().equals(id)) {
      now = new Known(id, standing(genome.map(StandingNow::ceiling).orElse(NO_GENOME)));
      known = now;
    }
    return now.standing();
  }

  private static ActionCheck.Standing standing(CapabilityCeiling ceiling) {
    return new ActionCheck.Standing(Consent.NONE, ceiling, true, true);
  }

  private static CapabilityCeiling ceiling(Genome genome) {
    List<CapabilityCeiling.Capability> capabilities =
        genome.capabilities().stream()
            .map(capability ->
                new CapabilityCeiling.Capability(
                    capability.capId(),
                    capability.riskClass(),
                    capability.allowActions(),
                    capability.denyActions()))
            .toList();
    return CapabilityCeiling.of(capabilities);
  }
}
