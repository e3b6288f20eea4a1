package dev.reeve.server;

import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.genome.Genome;
import dev.reeve.service.ConsentBook;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What actions are held against now: what was said about consent, the ceiling of the genome in
/// force. Without one nothing is below it; the station before says why. Safe on any thread.
final class StandingNow implements Function<String, ActionCheck.Standing> {
  private static final CapabilityCeiling NO_GENOME =
      _ -> Optional.of("genome: none in force (expected: one that allows the action)");

  private record Known(String genomeId, CapabilityCeiling ceiling) {}

  private final GovernanceState governance;
  private final ConsentBook consent;
  private final Set<String> conscienceOff;
  private volatile Known known = new Known("", NO_GENOME);

  /// @param conscienceOff tenants for which the rules of the conscience do not hold
  StandingNow(GovernanceState governance, ConsentBook consent, Set<String> conscienceOff) {
    this.governance = governance;
    this.consent = consent;
    this.conscienceOff = conscienceOff;
  }

  @Override
  public ActionCheck.Standing apply(String tenant) {
    Optional<Genome> genome = governance.inForce();
    Known now = known;
    String id = genome.map(Genome::id).orElse("");
    if (!now.genomeId().equals(id)) {
      now = new Known(id, genome.map(StandingNow::ceiling).orElse(NO_GENOME));
      known = now;
    }
    return new ActionCheck.Standing(
        consent.current().consent(), now.ceiling(), true, !conscienceOff.contains(tenant));
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
