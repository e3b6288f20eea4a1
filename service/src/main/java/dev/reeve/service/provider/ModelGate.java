package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Answer;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.JobFacts;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.Scope;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.Futures;
import dev.reeve.service.OtherDeciders;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.decider.PolicyChain;
import dev.reeve.service.decider.Ruling;
import dev.reeve.service.provider.ModelScreen.Screened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What policy says of calls of models, and their receipts: one of the decision, which is written
/// while the provider works and before anything of its answer leaves; one of the end, with
/// provider, tokens and cost. Blocks where another decider is asked ([#mayBlock]); safe on any
/// thread.
public final class ModelGate {
  private static final Logger log = LoggerFactory.getLogger(ModelGate.class);
  private static final String UNDECIDED = "undecided";
  private static final String CONTENT_TYPE = "application/json";

  private final RulesInForce rules;
  private final PolicyChain others;
  private final VelocityCounter counts;
  private final CheckReceipts receipts;

  /// @param others other deciders
  /// @param counts windows of rules with velocity, for these calls alone
  public ModelGate(
      RulesInForce rules, PolicyChain others, VelocityCounter counts, CheckReceipts receipts) {
    this.rules = rules;
    this.others = others;
    this.counts = counts;
    this.receipts = receipts;
  }

  /// A call that was decided about.
  ///
  /// @param refusal why it may not be made; empty when it may
  /// @param runtimeMax longest time for it; zero for no limit
  /// @param input commitment to the request
  /// @param written when its receipt is
  record Admitted(
      PolicyDecision decision,
      Optional<Problem> refusal,
      Duration runtimeMax,
      Bytes input,
      CompletableFuture<Boolean> written) {}

  /// Whether [#admit] blocks: another decider is asked.
  boolean mayBlock() {
    return others.hasOther();
  }

  /// Decides.
  ///
  /// @throws dev.reeve.base.ProblemException when nothing is decided; its receipt is written then
  Admitted admit(CallModel.Call call, ModelBody body) {
    PolicyInput input = question(call, body);
    PolicyDecision ours = rules.decide(input, counts).decision();
    PolicyDecision decision =
        switch (others.decide(ours, input)) {
          case Ruling.Decided(PolicyDecision both) -> both;
          case Ruling.Bypassed bypassed -> {
            bypassed(bypass(call, bypassed));
            yield ours;
          }
          case Ruling.Undecided(Problem problem) -> {
            await(write(undecided(call, body, ours, problem)));
            throw problem.toException();
          }
        };
    Bytes hash = Sha256.of(call.body());
    Receipt receipt =
        receipt(call, decision.decision().word(), "model=" + body.model())
            .withRule(
                decision.ruleId(), words("model=" + body.model(), decision), decision.snapshot())
            .withInput(hash);
    CompletableFuture<Boolean> written = write(receipt);
    return new Admitted(
        decision,
        refusal(decision),
        Duration.ofMillis(decision.constraints().budgets().maxRuntimeMs()),
        hash,
        written);
  }

  private static Receipt bypass(CallModel.Call call, Ruling.Bypassed bypassed) {
    return OtherDeciders.receipt(
        bypassed, call.caller().tenant(), call.requestId(), call.caller().principal());
  }

  /// As for a job that nothing is decided about.
  private static Receipt undecided(
      CallModel.Call call, ModelBody body, PolicyDecision ours, Problem problem) {
    return receipt(call, UNDECIDED, "")
        .withRule("", "model=" + body.model() + "; " + problem.message(), ours.snapshot())
        .withInput(Sha256.of(call.body()));
  }

  /// Writes the receipt of a decider that was not heard, and returns when it is on disk: no call is
  /// made by a bypass that nobody can see, however checks are counted.
  ///
  /// @throws dev.reeve.base.ProblemException when it cannot be written
  public void bypassed(Receipt receipt) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    receipts.recordAlone(receipt, answer(written));
    await(written);
  }

  private static PolicyInput question(CallModel.Call call, ModelBody body) {
    Map<String, String> labels = new TreeMap<>(call.labels());
    labels.put("model", body.model());
    JobFacts facts = JobFacts.NONE.withJob(call.requestId(), Scope.NONE);
    return new PolicyInput(
            call.caller().tenant(),
            call.operation().topic(),
            CallModel.CAPABILITY,
            call.riskTags(),
            labels,
            call.caller().principal())
        .withFacts(facts)
        .withContent(new InputContent(call.body(), CONTENT_TYPE, call.body().size()));
  }

  private static Optional<Problem> refusal(PolicyDecision decision) {
    return switch (decision.decision()) {
      case ALLOW, ALLOW_WITH_CONSTRAINTS -> Optional.empty();
      case DENY -> Optional.of(decision.toDenial());
      case THROTTLE -> Optional.of(decision.toThrottle());
      case REQUIRE_APPROVAL ->
          Optional.of(
              ProviderProblems.MODEL_APPROVAL_REQUIRED
                  .because(decision.reason() + " (expected: a job on the same topic, which waits)")
                  .with("rule_id", decision.ruleId())
                  .with("policy_snapshot", decision.snapshot()));
    };
  }

  private static String words(String facts, PolicyDecision decision) {
    return decision.reason().isEmpty() ? facts : facts + "; " + decision.reason();
  }

  /// A whole answer leaves.
  void answered(
      CallModel.Call call,
      Admitted admitted,
      CallModel.Head head,
      String cutBy,
      Usage usage,
      String cost,
      Bytes output) {
    CompletableFuture<Boolean> _ =
        write(
            receipt(call, cutBy.isEmpty() ? "release" : "redact", "")
                .withRule(
                    cutBy, facts(head, "success", usage, cost), admitted.decision().snapshot())
                .withInput(admitted.input())
                .withOutput(output));
  }

  /// An answer stays; nothing is told before that is written.
  CompletableFuture<Boolean> withheld(
      CallModel.Call call,
      Admitted admitted,
      CallModel.Head head,
      Screened.Withheld why,
      Usage usage,
      String cost) {
    return write(
        receipt(call, "quarantine", "")
            .withRule(
                why.rule(),
                facts(head, "withheld", usage, cost) + "; " + why.reason(),
                why.snapshot())
            .withInput(admitted.input()));
  }

  /// A stream is over.
  void streamed(
      CallModel.Call call,
      Admitted admitted,
      CallModel.Head head,
      ModelReading.End end,
      String cost) {
    String facts =
        facts(head, end.status(), end.usage(), cost) + " released_bytes=" + end.releasedBytes();
    CompletableFuture<Boolean> _ =
        write(
            receipt(call, end.withheld().isPresent() ? "quarantine" : "release", "")
                .withRule(
                    end.withheld().map(Screened.Withheld::rule).orElse(""),
                    facts + end.withheld().map(why -> "; " + why.reason()).orElse(""),
                    admitted.decision().snapshot())
                .withInput(admitted.input())
                .withOutput(end.releasedHash()));
  }

  private static String facts(CallModel.Head head, String status, Usage usage, String cost) {
    return String.join(
        " ",
        List.of(
            "status=" + status,
            "provider=" + head.provider(),
            "model=" + head.model(),
            "routed=" + head.reason(),
            "policy_version=" + head.policyVersion(),
            "attempts=" + head.attempts(),
            "prompt_tokens=" + usage.promptTokens(),
            "completion_tokens=" + usage.completionTokens(),
            "estimated=" + usage.estimated(),
            "cost_usd=" + cost));
  }

  private static Receipt receipt(CallModel.Call call, String decision, String words) {
    return Receipt.of(call.action(), decision)
        .withSubject(call.caller().tenant(), call.requestId(), call.caller().principal())
        .withRule("", words, "");
  }

  private CompletableFuture<Boolean> write(Receipt receipt) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    receipts.record(receipt, answer(written));
    return written;
  }

  private static Answer<Boolean> answer(CompletableFuture<Boolean> written) {
    return new Answer<>() {
      @Override
      public void done(Boolean value) {
        written.complete(value);
      }

      @Override
      public void refused(Problem problem) {
        log.warn("a receipt of a model call was not written reason={}", problem.reason());
        written.completeExceptionally(problem.toException());
      }
    };
  }

  private static void await(CompletableFuture<Boolean> written) {
    try {
      Boolean _ = written.join();
    } catch (CompletionException e) {
      throw Futures.problem(e).toException();
    }
  }
}
