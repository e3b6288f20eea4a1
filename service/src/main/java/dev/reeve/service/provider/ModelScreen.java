package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.governance.cdi.OutputCheck;
import dev.reeve.governance.cif.EgressResult;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.OutputVerdict;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.OtherDeciders;
import dev.reeve.service.OutputCounts;
import dev.reeve.service.OutputGuard;
import dev.reeve.service.decider.OutputAnswer;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.OutputQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What may be read of a model's answer: output policy, another output decider if there is one, the
/// claims that no output may make, and the boundary's way out. Safe on any thread; blocks where
/// another decider is asked.
public final class ModelScreen {
  private static final String CONTENT_TYPE = "application/json";

  private final Supplier<OutputGuard> guards;
  private final CallGovernance governance;
  private final Optional<OutputChain> other;
  private final Consumer<Receipt> bypasses;

  /// @param guards the output policy in force
  /// @param other another decider about outputs
  /// @param bypasses writes the receipt of an answer that the other decider was not heard about;
  ///   returns when it is written
  public ModelScreen(
      Supplier<OutputGuard> guards,
      CallGovernance governance,
      Optional<OutputChain> other,
      Consumer<Receipt> bypasses) {
    this.guards = guards;
    this.governance = governance;
    this.other = other;
    this.bypasses = bypasses;
  }

  /// What rules see of the call whose answer it is.
  ///
  /// @param requestId names the call
  /// @param topic of the call
  /// @param principal who calls
  record Call(
      String requestId, String tenant, String topic, List<String> riskTags, String principal) {
    private OutputFacts facts(long sizeBytes) {
      return new OutputFacts(
          tenant, topic, List.of(CallModel.CAPABILITY), riskTags, CONTENT_TYPE, sizeBytes, false);
    }
  }

  /// What becomes of words.
  sealed interface Screened {
    /// They may be read.
    ///
    /// @param texts as they may be read
    /// @param rule what cut them; empty when nothing did
    record Released(List<String> texts, String rule, String snapshot) implements Screened {}

    /// They may not.
    ///
    /// @param reason safe text
    record Withheld(String rule, String reason, String snapshot) implements Screened {}
  }

  /// How much of a stream has to be held back: all of it where the policy does not permit the topic
  /// to stream, and as much as a rule may match at once where one looks for more than a word.
  ///
  /// @return characters; the greatest number when the whole answer has to be there
  int holdBack(Call call) {
    OutputGuard guard = guards.get();
    if (other.isPresent() || !guard.rules().mayStream(call.topic())) {
      return HoldBack.WHOLE;
    }
    int most = 0;
    for (OutputRule rule : guard.rules().candidates(call.facts(0))) {
      most = Math.max(most, HoldBack.of(rule.match()));
    }
    return most;
  }

  /// Whether [#look] blocks: another decider is asked.
  boolean mayBlock() {
    return other.isPresent();
  }

  /// Looks at all words of an answer.
  ///
  /// @param sizeBytes size of the whole answer
  Screened look(Call call, List<String> texts, long sizeBytes) {
    OutputGuard guard = guards.get();
    Screened ours = lookByPolicy(guard, call, texts, sizeBytes);
    if (guard.rules().applies()) {
      count(guard.counts(), ours);
    }
    if (!(ours instanceof Screened.Released passed)) {
      return ours;
    }
    Screened asked = other.isPresent() ? ask(other.get(), call, passed) : passed;
    if (!(asked instanceof Screened.Released released)) {
      return asked;
    }
    return lookByBoundary(call.tenant(), released);
  }

  private static void count(OutputCounts counts, Screened looked) {
    switch (looked) {
      case Screened.Released released ->
          counts.count(
              OutputCounts.Source.MODEL,
              released.rule().isEmpty() ? OutputRule.Action.ALLOW : OutputRule.Action.REDACT,
              released.rule());
      case Screened.Withheld withheld ->
          counts.count(OutputCounts.Source.MODEL, OutputRule.Action.QUARANTINE, withheld.rule());
    }
  }

  private Screened lookByPolicy(OutputGuard guard, Call call, List<String> texts, long sizeBytes) {
    OutputFacts facts = call.facts(sizeBytes);
    OutputVerdict verdict = check(guard, facts, String.join("\n", texts));
    return switch (verdict.action()) {
      case ALLOW -> new Screened.Released(texts, "", verdict.snapshot());
      case QUARANTINE -> withheld(verdict);
      case REDACT -> {
        List<String> cut = new ArrayList<>();
        for (String text : texts) {
          OutputVerdict own = check(guard, facts, text);
          Optional<Bytes> redacted =
              own.action() == OutputRule.Action.REDACT
                  ? guard.redact(own, Bytes.utf8(text))
                  : Optional.of(Bytes.utf8(text));
          if (own.action() == OutputRule.Action.QUARANTINE || redacted.isEmpty()) {
            yield withheld(own);
          }
          cut.add(redacted.get().utf8());
        }
        OutputVerdict left = check(guard, facts, String.join("\n", cut));
        yield left.action() == OutputRule.Action.ALLOW
            ? new Screened.Released(cut, verdict.ruleId(), verdict.snapshot())
            : withheld(left);
      }
    };
  }

  private static OutputVerdict check(OutputGuard guard, OutputFacts facts, String text) {
    return guard.check(facts, Bytes.utf8(text), Integer.MAX_VALUE, false);
  }

  private static Screened withheld(OutputVerdict verdict) {
    return new Screened.Withheld(verdict.ruleId(), verdict.reason(), verdict.snapshot());
  }

  private Screened ask(OutputChain chain, Call call, Screened.Released passed) {
    OutputQuestion question =
        new OutputQuestion(
            call.requestId(),
            call.topic(),
            call.tenant(),
            java.util.Map.of(),
            CallModel.CAPABILITY,
            call.riskTags(),
            call.principal(),
            CONTENT_TYPE,
            Bytes.utf8(String.join("\n", passed.texts())),
            false);
    return switch (chain.ask(question)) {
      case OutputChain.Heard.Bypassed _ -> {
        bypasses.accept(
            OtherDeciders.bypass(
                chain.name(),
                passed.snapshot(),
                call.tenant(),
                call.requestId(),
                call.principal()));
        yield passed;
      }
      case OutputChain.Heard.Undecided(String reason) ->
          new Screened.Withheld(OtherDeciders.REMOTE + chain.name(), reason, passed.snapshot());
      case OutputChain.Heard.Decided(OutputAnswer answer) ->
          answer.action() == OutputAnswer.Action.ALLOW ? passed : withheld(chain.name(), answer);
    };
  }

  private static Screened withheld(String decider, OutputAnswer answer) {
    String rule = answer.ruleId().isEmpty() ? decider : answer.ruleId();
    String reason =
        answer.reason().isEmpty() ? "another decider does not let it go" : answer.reason();
    return new Screened.Withheld(OtherDeciders.REMOTE + rule, reason, answer.snapshot());
  }

  private Screened lookByBoundary(String tenant, Screened.Released passed) {
    List<JsonValue> values = new ArrayList<>();
    passed.texts().forEach(text -> values.add(new JsonValue.Text(text)));
    JsonValue.Items items = new JsonValue.Items(values);
    List<OutputCheck.Violation> claims = governance.claims(tenant, items);
    if (!claims.isEmpty()) {
      return new Screened.Withheld(
          "conscience/" + claims.getFirst().rule(),
          CdiProblems.CDI_OUTPUT_BLOCKED.reason() + ": " + claims.getFirst().treaty(),
          passed.snapshot());
    }
    EgressResult egress = governance.egress(items);
    if (egress.refusal().isPresent()) {
      String code = egress.refusal().get().reason();
      return new Screened.Withheld("boundary/" + code, code, passed.snapshot());
    }
    if (egress.payload().equals(items)) {
      return passed;
    }
    List<String> clean = new ArrayList<>();
    for (JsonValue value : ((JsonValue.Items) egress.payload()).values()) {
      clean.add(((JsonValue.Text) value).value());
    }
    return new Screened.Released(clean, "boundary/personal-data", passed.snapshot());
  }
}
