package dev.reeve.service.route;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tally;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.Router;
import dev.reeve.service.Caller;
import dev.reeve.service.CheckReceipts;
import java.util.function.Supplier;
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
  /// @param hash makes the SHA-256 of the request; may be kept for a minute
  public record Question(Caller caller, String action, RouteQuestion route, Supplier<Bytes> hash) {}

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
        subject(question, outcome),
        question.hash(),
        hash -> receipt(question, outcome, hash),
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

  private static Tally.Subject subject(Question question, RouteOutcome outcome) {
    Caller caller = question.caller();
    return new Tally.Subject(
        caller.tenant(), caller.principal(), question.action(), word(outcome), rule(outcome));
  }

  private static String word(RouteOutcome outcome) {
    return switch (outcome) {
      case RouteDecision _ -> "route";
      case RouteRefusal _ -> "refuse";
    };
  }

  private static String rule(RouteOutcome outcome) {
    return switch (outcome) {
      case RouteDecision decision -> decision.policyId() + "@" + decision.policyVersion();
      case RouteRefusal refusal -> refusal.code().reason();
    };
  }

  private static Receipt receipt(Question question, RouteOutcome outcome, Bytes hash) {
    Caller caller = question.caller();
    Receipt receipt =
        Receipt.of(question.action(), word(outcome))
            .withSubject(caller.tenant(), "", caller.principal())
            .withInput(hash);
    return switch (outcome) {
      case RouteDecision decision ->
          receipt.withRule(
              rule(outcome),
              decision.reason().wireName() + " " + decision.providerId(),
              decision.policyHash());
      case RouteRefusal refusal -> receipt.withRule(rule(outcome), bounded(refusal.message()), "");
    };
  }

  private static String bounded(String text) {
    return text.length() <= REASON_LENGTH_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, REASON_LENGTH_MAX / 2));
  }
}
