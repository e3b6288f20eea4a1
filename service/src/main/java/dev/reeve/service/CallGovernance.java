package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CdiAction;
import dev.reeve.governance.cdi.CdiNames;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.OutputCheck;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.CifEgress;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.governance.cif.EgressResult;
import dev.reeve.governance.cif.JsonValue;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the boundary and the conscience say of calls and of outputs, under the consent and the
/// genome that stand now. Safe on any thread; never blocks.
public final class CallGovernance {
  /// What stands in place of a text that may not leave.
  private static final String WITHHELD = "[REDACTED]";

  /// What must be possible whatever was said: to speak again, to stop work and to hear how it went,
  /// to see how the server is.
  private static final Set<String> ALWAYS =
      Set.of(
          "action:consent:signal",
          "action:consent:read",
          "action:worker:connect",
          "action:job:cancel",
          "action:governance:genome",
          "action:governance:posture",
          "action:governance:set_posture",
          "action:governance:unlock_posture",
          "action:system:info");

  private final BoundaryPack boundary;
  private final ActionCheck actions;
  private final OutputCheck outputs;
  private final SharedScanner scanner;
  private final DataKey key;
  private final Function<String, ActionCheck.Standing> standing;
  private final InstantSource clock;

  /// Names of the registered actions that were asked for.
  private final Map<String, CdiNames> names = new ConcurrentHashMap<>();

  /// @param key by which personal data become hashes and tokens
  /// @param standing consent, ceiling and strictness for a tenant now; asked for each action, so
  ///   from memory
  public CallGovernance(
      BoundaryPack boundary,
      ConsciencePack conscience,
      SharedScanner scanner,
      DataKey key,
      Function<String, ActionCheck.Standing> standing,
      InstantSource clock) {
    this.boundary = boundary;
    this.actions = new ActionCheck(conscience);
    this.outputs = new OutputCheck(conscience);
    this.scanner = scanner;
    this.key = key;
    this.standing = standing;
    this.clock = clock;
  }

  /// The rules of the boundary.
  public BoundaryPack boundary() {
    return boundary;
  }

  /// Why a caller may not take an action now; empty when they may.
  ///
  /// @param clientId how the caller calls itself; its own stop counts as well as the principal's
  /// @param payload the request as rules see it; made only for rules that look into it
  public Optional<Problem> action(
      Caller caller, String clientId, RegisteredAction action, Supplier<JsonValue> payload) {
    return ofEach(caller, clientId, action, actor -> actionOf(caller, actor, action, payload));
  }

  /// Why consent halts an action that was allowed before; empty when it does not. Asked in front of
  /// the handler, so that a stop said in between is heard.
  ///
  /// @param clientId how the caller calls itself
  public Optional<Problem> halted(Caller caller, String clientId, RegisteredAction action) {
    return ofEach(caller, clientId, action, actor -> haltedOf(caller, actor, action));
  }

  /// Asks for the principal and for the name that the caller gives itself.
  private static Optional<Problem> ofEach(
      Caller caller,
      String clientId,
      RegisteredAction action,
      Function<String, Optional<Problem>> refusal) {
    if (action.access() == RegisteredAction.Access.PUBLIC || ALWAYS.contains(action.id())) {
      return Optional.empty();
    }
    Optional<Problem> ofPrincipal = refusal.apply(caller.principal());
    return ofPrincipal.isPresent() || clientId.isEmpty() || clientId.equals(caller.principal())
        ? ofPrincipal
        : refusal.apply(clientId);
  }

  private Optional<Problem> haltedOf(Caller caller, String actor, RegisteredAction action) {
    Consent consent = standing.apply(caller.tenant()).consent();
    return consent
        .refusal(actor, new ConsentScope(caller.tenant(), actor, action.id()), nowMicros(consent))
        .flatMap(CallGovernance::problem);
  }

  private Optional<Problem> actionOf(
      Caller caller, String actor, RegisteredAction action, Supplier<JsonValue> payload) {
    ActionCheck.Standing now = standing.apply(caller.tenant());
    CdiResult result =
        actions.check(
            new CdiAction(
                actor,
                names(action.id()),
                new ConsentScope(caller.tenant(), actor, action.id()),
                payload,
                JsonValue.Absent::new),
            now,
            nowMicros(now.consent()));
    return problem(result);
  }

  /// Where nobody said anything the time is not asked for: that takes longer than all the rest.
  private long nowMicros(Consent consent) {
    return consent.isSilent() ? 0 : Times.micros(clock.instant());
  }

  private static Optional<Problem> problem(CdiResult result) {
    return result
        .refusal()
        .map(code ->
            code.because(result.reason())
                .with("station", "cdi.action")
                .with("rule_id", result.rule())
                .with("verdict", result.verdict().name().toLowerCase(Locale.ROOT)));
  }

  private CdiNames names(String actionId) {
    CdiNames known = names.get(actionId);
    return known != null
        ? known
        : names.computeIfAbsent(actionId, id -> CdiNames.of(ActionNames.of(id)));
  }

  /// Claims in an output that no output may make.
  public List<OutputCheck.Violation> claims(String tenant, JsonValue output) {
    return standing.apply(tenant).conscience() ? outputs.check(output) : List.of();
  }

  /// What may leave of an output; its size is somebody else's matter.
  public EgressResult egress(JsonValue output) {
    return new CifEgress(boundary, scanner.scanner(), key).look(output);
  }

  /// What somebody said of a decision, as it is kept: in receipts, which nobody edits later, and in
  /// what others are shown. A secret in it is withheld with all of it.
  public String kept(Caller caller, String words) {
    return words.isEmpty() ? words : released(caller.tenant(), words);
  }

  /// A short text of ours or of a worker on its way out: rid of personal data, and replaced as a
  /// whole when it holds a secret or a claim.
  public String released(String tenant, String text) {
    JsonValue value = new JsonValue.Text(text);
    if (!claims(tenant, value).isEmpty()) {
      return WITHHELD;
    }
    EgressResult result = egress(value);
    return result.allowed() && result.payload() instanceof JsonValue.Text left
        ? left.value()
        : WITHHELD;
  }
}
