package dev.reeve.server;

import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.PostureTrigger;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CdiAction;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.CifIngress;
import dev.reeve.governance.cif.JsonValue;
import java.util.List;
import java.util.random.RandomGenerator;

/// Two probes that the gate must refuse, different each time: a payload that is too large, and an
/// action that would merge agents. They go through the functions that calls go through.
final class GateCanaries {
  private static final String CODE = "CANARY_FAILED";
  private static final int LEAST_CHARS = 2 * 1024 * 1024;
  private static final int MOST_CHARS = 4 * 1024 * 1024;
  private static final List<String> FUSION_ACTIONS =
      List.of("merge_agent_state", "share_identity", "sync_internal_state", "clone_self_model");

  private final RandomGenerator random;
  private final CifIngress ingress = new CifIngress(BoundaryPack.builtIn());
  private final ActionCheck actions = new ActionCheck(ConsciencePack.builtIn());

  GateCanaries(RandomGenerator random) {
    this.random = random;
  }

  Check largePayload() {
    int length = random.nextInt(LEAST_CHARS, MOST_CHARS);
    String text = String.valueOf((char) ('a' + random.nextInt(26))).repeat(length);
    boolean refused = !ingress.check(new JsonValue.Text(text)).allowed();
    return refused
        ? Check.passed("canary.payload")
        : failed("canary.payload", "a payload of " + length + " characters passed");
  }

  Check fusionAction() {
    String action = FUSION_ACTIONS.get(random.nextInt(FUSION_ACTIONS.size()));
    String actor = "canary-" + Long.toHexString(random.nextLong());
    CdiAction probe =
        new CdiAction(
            actor, List.of(action), ConsentScope.ALL, JsonValue.Absent::new, JsonValue.Absent::new);
    boolean refused = !actions.check(probe, ActionCheck.Standing.PLAIN, 0).allowed();
    return refused
        ? Check.passed("canary.action")
        : failed("canary.action", "the action " + action + " passed");
  }

  private static Check failed(String name, String detail) {
    return Check.failed(name, CODE, detail, PostureTrigger.CANARY_FAILURE);
  }
}
