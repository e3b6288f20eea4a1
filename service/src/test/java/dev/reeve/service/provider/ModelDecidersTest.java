package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.Caller;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.DrainedLog;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.DeciderLink;
import dev.reeve.service.decider.DeciderProblems;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import dev.reeve.service.decider.OutputAnswer;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.OutputDecider;
import dev.reeve.service.decider.OutputQuestion;
import dev.reeve.service.decider.PolicyChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls of a model with other deciders behind ours that are not heard, and what is written of it.
class ModelDecidersTest {
  private static final Bytes POLICY =
      Bytes.utf8(
          """
          version: "1"
          default_decision: allow
          """);
  private static final SharedScanner SCANNER = SharedScanner.builtIn();

  private final DrainedLog log = new DrainedLog(() -> 0).drainAlways();
  private final CheckReceipts receipts =
      new CheckReceipts(log.writer(), CheckReceipts.Mode.COUNTED, () -> Instant.EPOCH);
  private final RulesInForce rules = new RulesInForce(SCANNER);

  private DeciderAnswer<PolicyDecision> kernelSays = new DeciderAnswer.Outage<>("gone");
  private DeciderAnswer<OutputAnswer> outputSays = new DeciderAnswer.Outage<>("gone");

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void a_call_that_nothing_is_decided_about_leaves_a_receipt() {
    assertThatThrownBy(() -> call(FailMode.CLOSED, FailMode.CLOSED))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(DeciderProblems.DECIDER_UNAVAILABLE));

    assertThat(written()).containsExactly("action:model:chat undecided");
  }

  @Test
  void an_answer_that_the_other_was_not_heard_about_is_marked() {
    CallModel.Reply reply = call(FailMode.OPEN, FailMode.OPEN);

    assertThat(reply).isInstanceOf(CallModel.Reply.Whole.class);
    assertThat(written())
        .containsExactlyInAnyOrder(
            "action:decider:bypass bypass remote:safety_kernel",
            "action:decider:bypass bypass remote:output_policy",
            "action:model:chat allow",
            "action:model:chat release");
  }

  @Test
  void a_bypass_is_written_before_the_answer_however_checks_are_counted() {
    CallModel.Reply _ = call(FailMode.OPEN, FailMode.OPEN);

    assertThat(leaves())
        .containsExactly(
            "action:decider:bypass bypass remote:safety_kernel",
            "action:decider:bypass bypass remote:output_policy");
  }

  @Test
  void an_answer_that_the_other_must_be_heard_about_stays() {
    assertThatThrownBy(() -> call(FailMode.OPEN, FailMode.CLOSED))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(ProviderProblems.MODEL_OUTPUT_WITHHELD));

    assertThat(written()).contains("action:model:chat quarantine remote:output_policy");
  }

  @Test
  void what_the_other_holds_back_names_its_rule() {
    outputSays =
        new DeciderAnswer.Decided<>(
            new OutputAnswer(
                OutputAnswer.Action.QUARANTINE, "theirs", "not this", "v9", List.of()));

    assertThatThrownBy(() -> call(FailMode.OPEN, FailMode.OPEN)).hasMessageContaining("not this");

    assertThat(written()).contains("action:model:chat quarantine remote:theirs");
  }

  private CallModel.Reply call(FailMode kernel, FailMode output) {
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    ModelGate gate =
        new ModelGate(
            rules,
            PolicyChain.then(link("safety_kernel"), _ -> kernelSays, FailModes.all(kernel)),
            VelocityCounter.NONE,
            receipts);
    OutputChain chain = new OutputChain(link("output_policy"), outputDecider(), output);
    CallModel calls =
        new CallModel(
            gate,
            new ProviderRound(
                new ProviderDirectory(List.of(new ScriptedProvider("gold", "m"))),
                ChooseProvider.NONE,
                (_, _) -> CompletableFuture.completedFuture(true),
                System::nanoTime,
                Runnable::run),
            new ModelScreen(
                new OutputGuards(rules, SCANNER, System::nanoTime)::current,
                governance(),
                Optional.of(chain),
                gate::bypassed),
            new ModelCache(ModelCache.Settings.OFF, System::nanoTime),
            System::nanoTime,
            false,
            Runnable::run);
    return calls.call(
        new CallModel.Call(
            Caller.localOperator("default", "", "openai", "", "127.0.0.1"),
            "action:model:chat",
            "r1",
            ModelOperation.CHAT,
            Bytes.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
            "",
            "",
            Map.of(),
            List.of()),
        new CancelSignal());
  }

  private OutputDecider outputDecider() {
    return new OutputDecider() {
      @Override
      public DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question) {
        return outputSays;
      }

      @Override
      public DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question) {
        return outputSays;
      }
    };
  }

  private static DeciderLink link(String name) {
    return new DeciderLink(
        name,
        "elsewhere:1",
        new CircuitBreaker(CircuitBreaker.Settings.STANDARD, System::nanoTime),
        10,
        Duration.ZERO,
        System::nanoTime);
  }

  private static CallGovernance governance() {
    return new CallGovernance(
        BoundaryPack.builtIn(),
        ConsciencePack.builtIn(),
        SCANNER,
        new DataKey(Bytes.wrap(new byte[32])),
        _ -> ActionCheck.Standing.PLAIN,
        InstantSource.system());
  }

  /// Action, decision and rule of every receipt.
  private List<String> written() {
    receipts.flushAll();
    log.close();
    return leaves();
  }

  private List<String> leaves() {
    return log.receipts().stream()
        .map(receipt -> {
          String rule = receipt.reason().replaceFirst("^1 times?:? ?", "");
          String named = receipt.rule().isEmpty() ? rule : receipt.rule();
          return (receipt.action() + " " + receipt.decision() + " " + named).strip();
        })
        .toList();
  }
}
