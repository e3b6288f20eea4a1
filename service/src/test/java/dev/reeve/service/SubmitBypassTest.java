package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.Work;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyInput;
import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.DeciderLink;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import dev.reeve.service.decider.PolicyChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Submits whose permit grows stale between two rounds in which another decider is heard or not.
class SubmitBypassTest {
  private static final Bytes POLICY =
      Bytes.utf8(
          """
          version: "1"
          default_decision: allow
          """);

  private final List<PolicyInput> asked = new ArrayList<>();
  private final RulesInForce rules =
      new RulesInForce(
          SharedScanner.builtIn(),
          PolicyChain.then(
              new DeciderLink(
                  "safety_kernel",
                  "elsewhere:1",
                  new CircuitBreaker(CircuitBreaker.Settings.STANDARD, System::nanoTime),
                  10,
                  Duration.ZERO,
                  System::nanoTime),
              this::decide,
              FailModes.all(FailMode.OPEN)));
  private final DrainedLog log = new DrainedLog(rules);
  private final JobReader reader =
      new JobReader(log.writer().table(), log.store().archive(), Runnable::run);

  private boolean heardFirst;

  /// Answers one of two times; the policy changes while it is asked first.
  private DeciderAnswer<PolicyDecision> decide(PolicyInput input) {
    asked.add(input);
    if (asked.size() == 1) {
      rules.changed();
    }
    return heardFirst == (asked.size() == 1)
        ? new DeciderAnswer.Decided<>(rules.snapshot().decide(input))
        : new DeciderAnswer.Outage<>("gone");
  }

  @Test
  void a_decider_that_is_heard_at_last_leaves_no_mark_of_a_bypass() {
    heardFirst = false;

    Work work = submit();

    assertThat(asked).hasSize(2);
    assertThat(asked.getLast().labels()).doesNotContainKey("safety_bypassed");
    assertThat(work.labels()).doesNotContainKey("safety_bypassed");
    assertThat(log.receipts()).extracting(Receipt::decision).containsExactly("allow");
  }

  @Test
  void a_decider_that_is_not_heard_at_last_leaves_its_mark() {
    heardFirst = true;

    Work work = submit();

    assertThat(work.labels()).containsEntry("safety_bypassed", "true");
    assertThat(log.receipts())
        .extracting(Receipt::decision)
        .containsExactlyInAnyOrder("allow", "bypass");
  }

  private Work submit() {
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    SubmitJob submits =
        new SubmitJob(
            log.writer(),
            rules,
            ApprovalTerms.DEFAULT,
            reader,
            log.store().blobs(),
            Runnable::run,
            () -> DrainedLog.NOW,
            new Random(1));
    CompletableFuture<SubmitResult> answer =
        submits.submit(SmallJob.SUBMITTER, SmallJob.request(RetryPolicy.DEFAULT));
    log.drain();
    return reader.view(answer.join().job().key()).admission().spec().work();
  }
}
