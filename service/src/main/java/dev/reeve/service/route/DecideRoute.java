package dev.reeve.service.route;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.ledger.Receipt;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.Router;
import dev.reeve.service.Caller;
import dev.reeve.service.CheckReceipts;
import java.util.random.RandomGenerator;

/// Has the router decide, and writes down what it said before the caller hears it. Safe on any
/// thread.
public final class DecideRoute {
  private static final int REASON_LENGTH_MAX = 1_000;

  private final Router router;
  private final ExtensionCaller extensions;
  private final RandomGenerator random;
  private final CheckReceipts receipts;

  /// @param random draws for every thread
  public DecideRoute(
      Router router, ExtensionCaller extensions, RandomGenerator random, CheckReceipts receipts) {
    this.router = router;
    this.extensions = extensions;
    this.random = random;
    this.receipts = receipts;
  }

  /// Who asks what.
  ///
  /// @param action id of the registered action
  /// @param hash SHA-256 of the request
  public record Question(Caller caller, String action, RouteQuestion route, Bytes hash) {}

  /// Whether [#decide] would wait for extensions.
  public boolean mayBlock(RouteQuestion question) {
    return router.mayBlock(question);
  }

  /// Decides. Blocks only when [#mayBlock].
  ///
  /// @param answer done with a decision or a refusal, from the thread that delivers the writer's
  ///   answers or before this returns; refused when the receipt cannot be written
  public void decide(Question question, Answer<RouteOutcome> answer) {
    RouteOutcome outcome = router.decide(question.route(), random, extensions);
    receipts.record(
        receipt(question, outcome),
        new Answer<>() {
          @Override
          public void done(Boolean written) {
            answer.done(outcome);
          }

          @Override
          public void refused(Problem problem) {
            answer.refused(problem);
          }
        });
  }

  private static Receipt receipt(Question question, RouteOutcome outcome) {
    Caller caller = question.caller();
    return switch (outcome) {
      case RouteDecision decision ->
          Receipt.of(question.action(), "route")
              .withSubject(caller.tenant(), "", caller.principal())
              .withRule(
                  decision.policyId() + "@" + decision.policyVersion(),
                  decision.reason().wireName() + " " + decision.providerId(),
                  decision.policyHash())
              .withInput(question.hash());
      case RouteRefusal refusal ->
          Receipt.of(question.action(), "refuse")
              .withSubject(caller.tenant(), "", caller.principal())
              .withRule(refusal.code().reason(), bounded(refusal.message()), "")
              .withInput(question.hash());
    };
  }

  private static String bounded(String text) {
    return text.length() <= REASON_LENGTH_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, REASON_LENGTH_MAX / 2));
  }
}
