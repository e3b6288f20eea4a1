package dev.reeve.governance.boot;

import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The genome that a server makes for itself: every registered action is allowed by the one
/// capability of its risk class, and what would merge agents is denied to all.
public final class DefaultGenome {
  /// Its name; a server renews a genome of this name when its actions change.
  public static final String NAME = "REEVE_DEFAULT";

  private static final List<String> RISK_CLASSES = List.of("A", "B", "C", "D");
  private static final List<String> HIVE_ACTIONS =
      List.of("merge_agent_state", "share_identity", "sync_internal_state", "clone_self_model");

  private DefaultGenome() {}

  /// A registered action.
  ///
  /// @param id `action:AREA:VERB`
  /// @param riskClass `A` for the lowest risk to `D`
  public record Action(String id, String riskClass) {}

  /// A first genome, not signed yet.
  public static GenomeDocument first(
      Collection<Action> actions, Genome.Signer signer, Instant now) {
    return draft(actions, now)
        .withTexts("parents", List.of())
        .withAuthority(new Genome.Authority(List.of(signer), 1))
        .withNumber("sequence", 1);
  }

  /// The one after another, with the same authority.
  public static GenomeDocument after(Genome old, Collection<Action> actions, Instant now) {
    return draft(actions, now)
        .withTexts("parents", List.of(old.id()))
        .withAuthority(old.authority())
        .withTexts("revoked_keys", old.revokedKeys())
        .withNumber("sequence", old.sequence() + 1);
  }

  /// Whether every action is allowed by the capability of its risk class and by no other, and
  /// nothing that is not an action is.
  public static boolean covers(Genome genome, Collection<Action> actions) {
    return genome.capabilities().equals(capabilities(actions));
  }

  private static GenomeDocument draft(Collection<Action> actions, Instant now) {
    return GenomeDocument.empty()
        .withText("name", NAME)
        .withText("version", "1.0.0")
        .withText("created_at", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .withInvariants(
            List.of(
                claim("consent_wins", "CRITICAL", "a stop outweighs every rule", "cdi.consent"),
                claim("fail_closed", "CRITICAL", "doubt is a refusal", "gate"),
                claim("no_hive", "CRITICAL", "instances do not merge", "cdi.conscience"),
                claim("non_personhood", "HIGH", "no output claims a person", "cdi.output"),
                claim("honest_limits", "HIGH", "no output claims what is not", "cdi.output"),
                claim("attribution", "HIGH", "every decision has a receipt", "ledger")))
        .withCapabilities(capabilities(actions))
        .withFiles(List.of());
  }

  private static List<Genome.Capability> capabilities(Collection<Action> actions) {
    List<Genome.Capability> capabilities = new ArrayList<>();
    for (String riskClass : RISK_CLASSES) {
      List<String> allowed =
          actions.stream()
              .filter(action -> action.riskClass().equals(riskClass))
              .map(Action::id)
              .distinct()
              .sorted()
              .toList();
      capabilities.add(new Genome.Capability("RISK-" + riskClass, riskClass, allowed, List.of()));
    }
    capabilities.add(new Genome.Capability("DENY-HIVE", "A", List.of(), HIVE_ACTIONS));
    return capabilities;
  }

  private static Genome.Invariant claim(String id, String severity, String text, String hook) {
    return new Genome.Invariant(id, severity, text, hook);
  }
}
