package dev.reeve.gateway;

import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.governance.cdi.CapabilityToken;
import dev.reeve.governance.cif.BoundaryFinding;
import dev.reeve.governance.cif.CifProblems;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.RegisteredAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks into a request message: the boundary's way in (CIF), then whether the action may be taken
/// (CDI). Safe on any thread.
final class ContentStation {
  /// Actions whose requests are not cleaned or held. What workers report is the output of jobs: the
  /// output review looks at it, and a word in it must not end the connection that other jobs run
  /// over. Who asks for a judgement of a content gets it of the content as it is; nothing is done
  /// with it.
  private static final Set<String> AS_IT_IS =
      Set.of(
          "action:worker:connect",
          "action:output:check",
          "action:policy:backtest",
          "action:policy:check",
          "action:policy:evaluate",
          "action:policy:explain",
          "action:policy:simulate",
          "action:policy:try");

  private static final int FINDINGS_SHOWN_MAX = 16;
  private static final int WORDS_LENGTH_MAX = 1_000;

  private final CallGovernance governance;
  private final CallTokens tokens;
  private final MessageScreen screen;

  ContentStation(CallGovernance governance, CallTokens tokens) {
    this.governance = governance;
    this.tokens = tokens;
    this.screen = new MessageScreen(governance.boundary());
  }

  /// What the stations say of a message.
  sealed interface Looked {
    /// It may pass.
    ///
    /// @param message as it is handed on
    /// @param receipt of what was cut out of it; empty when nothing was
    record Passed(Object message, Optional<Receipt> receipt) implements Looked {}

    /// It may not.
    ///
    /// @param receipt of a refused change or a quarantined request; empty for a refused read
    record Refused(Problem problem, Optional<Receipt> receipt) implements Looked {}
  }

  /// Whether requests of this action are neither cleaned nor held.
  static boolean takesAsItIs(RegisteredAction action) {
    return isPublic(action) || AS_IT_IS.contains(action.id());
  }

  private static boolean isPublic(RegisteredAction action) {
    return action.access() == RegisteredAction.Access.PUBLIC;
  }

  Looked look(CallScope scope, Object request) {
    RegisteredAction action = scope.action();
    if (!(request instanceof Message message) || isPublic(action)) {
      return new Looked.Passed(request, Optional.empty());
    }
    MessageScreen.Screened screened =
        takesAsItIs(action) ? MessageScreen.Screened.untouched(message) : screen.screen(message);
    if (screened.refusal().isPresent()) {
      return refused(scope, message, problem(screened));
    }
    Optional<Problem> denied =
        governance.action(
            NamedTenant.of(scope.caller(), message),
            scope.clientId(),
            action,
            () -> MessageTree.of(message));
    if (denied.isPresent()) {
      return refused(scope, message, denied.get());
    }
    permit(scope, screened.message());
    if (!screened.isChanged()) {
      return new Looked.Passed(message, Optional.empty());
    }
    scope.received().cut(screened.originals());
    return new Looked.Passed(screened.message(), Optional.of(cut(scope, message, screened)));
  }

  /// A token for what was allowed, when it changes something.
  private void permit(CallScope scope, Message message) {
    if (!CallTokens.needed(scope.action())) {
      return;
    }
    if (scope.permit().isBegun()) {
      scope.permit().goOn(message);
      return;
    }
    Bytes hash = hash(message);
    CapabilityToken token =
        tokens.mint(scope.caller(), scope.action(), scope.fullMethodName(), hash);
    scope.permit().begin(message, token, hash);
  }

  private static Looked refused(CallScope scope, Message message, Problem problem) {
    boolean quarantined = problem.code().equals(CifProblems.CIF_QUARANTINED);
    if (!scope.action().sideEffect() && !quarantined) {
      return new Looked.Refused(problem, Optional.empty());
    }
    Receipt receipt =
        receipt(
                scope,
                message,
                quarantined ? "quarantine" : "deny",
                problem.reason(),
                words(problem.message()))
            .withInput(hash(message));
    return new Looked.Refused(problem, Optional.of(receipt));
  }

  /// Commits to the request as it came and as it was handed on.
  private static Receipt cut(CallScope scope, Message message, MessageScreen.Screened screened) {
    return receipt(scope, message, "sanitise", "boundary", detectors(screened.findings()))
        .withInput(hash(message))
        .withOutput(hash(screened.message()));
  }

  private static Receipt receipt(
      CallScope scope, Message message, String decision, String rule, String why) {
    return Receipt.of(scope.action().id(), decision)
        .withSubject(
            NamedTenant.of(scope.caller(), message).tenant(), "", scope.caller().principal())
        .withRule(rule, why, "");
  }

  private static Bytes hash(Message message) {
    return Sha256.of(message.toByteArray());
  }

  private static Problem problem(MessageScreen.Screened screened) {
    Problem problem =
        screened
            .refusal()
            .orElseThrow()
            .because(words(String.join("; ", screened.violations())))
            .with("station", "cif.ingress")
            .with("detectors", detectors(screened.findings()));
    for (BoundaryFinding finding :
        screened.findings().stream().limit(FINDINGS_SHOWN_MAX).toList()) {
      problem =
          problem.withField(
              finding.path(), "expected: nothing that " + finding.detector() + " finds");
    }
    if (screened.findings().isEmpty()) {
      for (String violation : screened.violations()) {
        int colon = violation.indexOf(": ");
        problem = problem.withField(violation.substring(0, colon), violation.substring(colon + 2));
      }
    }
    return problem;
  }

  private static String detectors(List<BoundaryFinding> findings) {
    return words(
        String.join(",", findings.stream().map(BoundaryFinding::detector).distinct().toList()));
  }

  /// Paths are the caller's words: names of members may be long.
  private static String words(String text) {
    return text.length() <= WORDS_LENGTH_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WORDS_LENGTH_MAX / 2));
  }
}
