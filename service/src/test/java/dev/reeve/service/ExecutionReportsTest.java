package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.StateName;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.BuiltInExecutor.Outcome.Done;
import dev.reeve.service.BuiltInExecutor.Outcome.Failed;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Results that cannot be looked at when they come.
class ExecutionReportsTest {
  private static final String ROUTE = "topic/job.a";
  private static final Bytes POLICY =
      Bytes.utf8(
          """
          version: "1"
          default_decision: allow
          """);

  private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());
  private final DrainedLog log = new DrainedLog(rules);
  private final JobReader reader =
      new JobReader(log.writer().table(), log.store().archive(), Runnable::run);
  private final Reviews reviews = new Reviews();
  private final ExecutionReports reports =
      new ExecutionReports(
          log.writer(),
          log.store().archive(),
          log.store().blobs(),
          reviews,
          Runnable::run,
          new Random(1),
          WorkerWords.AS_SAID);

  /// Cannot tell until it can.
  private static final class Reviews implements OutputReview {
    private boolean can;

    @Override
    public boolean mayBlock() {
      return true;
    }

    @Override
    public Outcome review(Output output) {
      return can
          ? new Outcome.Release(new Ruling("seen", "", ""))
          : new Outcome.Postpone("the store is away");
    }
  }

  @Test
  void a_result_that_cannot_be_looked_at_stays_unread_until_it_can() {
    Job held = run(new Done("text/plain", Bytes.utf8("fine")));
    reports.reviewWaiting(held);
    log.drain();
    StateName before = reader.view(held.key()).job().state().name();

    reviews.can = true;
    reports.reviewWaiting(held);
    log.drain();

    assertThat(held.state().name()).isEqualTo(StateName.REVIEWING);
    assertThat(before).isEqualTo(StateName.REVIEWING);
    Job after = reader.view(held.key()).job();
    assertThat(reader.result(after).utf8()).isEqualTo("fine");
    assertThat(log.receipts())
        .extracting(Receipt::decision, Receipt::rule)
        .last()
        .hasToString("(\"release\", \"seen\")");
  }

  @Test
  void words_of_an_error_that_cannot_be_looked_at_are_held_back() {
    Job failed = run(new Failed("BROKEN", "my password is hush", false));

    assertThat(failed.state())
        .isInstanceOfSatisfying(
            JobState.Failed.class,
            state -> {
              assertThat(state.code()).isEqualTo("BROKEN");
              assertThat(state.message()).contains("held back").doesNotContain("hush");
            });
  }

  private Job run(BuiltInExecutor.Outcome outcome) {
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    new BuiltInExecutor(
            "w", Set.of(ROUTE), 1, (_, _) -> outcome, log.writer(), reports, Runnable::run)
        .start();
    CompletableFuture<SubmitResult> answer =
        new SubmitJob(
                log.writer(),
                rules,
                ApprovalTerms.DEFAULT,
                reader,
                log.store().blobs(),
                Runnable::run,
                () -> DrainedLog.NOW,
                new Random(2))
            .submit(SmallJob.SUBMITTER, SmallJob.request(RetryPolicy.NEVER));
    log.drain();
    return reader.view(answer.join().job().key()).job();
  }
}
