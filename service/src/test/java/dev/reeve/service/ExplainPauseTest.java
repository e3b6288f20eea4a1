package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.job.JobKey;
import dev.reeve.job.RetryPolicy;
import dev.reeve.policy.PolicyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a job waits for that was paused, before policy is asked about it again.
class ExplainPauseTest {
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Bytes POLICY =
      Bytes.utf8(
          """
          version: "1"
          default_decision: allow
          """);

  private volatile Instant now = DrainedLog.NOW;
  private volatile Consent consent = Consent.NONE;
  private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());
  private final DrainedLog log = new DrainedLog(rules).drainAlways();
  private final JobReader reader =
      new JobReader(log.writer().table(), log.store().archive(), Runnable::run);
  private final Queue<Runnable> asking = new ConcurrentLinkedQueue<>();
  private final ReconsiderJobs reconsider =
      new ReconsiderJobs(
          log.writer(),
          rules,
          log.store().archive(),
          ApprovalTerms.DEFAULT,
          () -> now,
          asking::add);
  private final ExplainJob explain = new ExplainJob(log.writer(), reader, rules, () -> now);

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void a_job_whose_pause_was_lifted_names_no_time_of_the_next_day() {
    JobKey job = submitAndPause(0);
    assertThat(codes(job)).containsExactly("CONSENT_NOT_GRANTED");

    consent = Consent.NONE;
    rules.changed();

    assertThat(causes(job))
        .containsExactly(new WaitCause("THROTTLED", "the pause is over, policy is asked again", 0));
    askAgain();
    assertThat(codes(job)).containsExactly("NO_WORKER");
  }

  @Test
  void a_job_whose_pause_ran_out_names_no_time_of_the_next_day() {
    JobKey job = submitAndPause(Times.micros(now.plus(PAUSE)));
    now = now.plus(PAUSE).minusMillis(1);
    assertThat(codes(job)).containsExactly("CONSENT_NOT_GRANTED");

    now = now.plusMillis(1);

    assertThat(causes(job)).extracting(WaitCause::untilMicros).containsExactly(0L);
    assertThat(codes(job)).containsExactly("THROTTLED");
  }

  /// A job that policy would let go, and a pause of everything.
  private JobKey submitAndPause(long untilMicros) {
    rules.heed(new JobConsent(() -> consent, () -> now));
    rules.replace(PolicyFile.load(POLICY).orThrow("policy"));
    reconsider.start();
    askAgain();
    JobKey job = submit();
    consent =
        Consent.of(
            List.of(
                new ConsentSignal(
                    ConsentSignal.Kind.PAUSE,
                    "root",
                    Times.micros(now),
                    untilMicros,
                    ConsentScope.ALL)),
            Set.of("root"));
    rules.changed();
    askAgain();
    return job;
  }

  private void askAgain() {
    for (Runnable task = asking.poll(); task != null; task = asking.poll()) {
      task.run();
    }
  }

  private List<WaitCause> causes(JobKey job) {
    return explain.explain(job).join().causes();
  }

  private List<String> codes(JobKey job) {
    return causes(job).stream().map(WaitCause::code).toList();
  }

  private JobKey submit() {
    SubmitJob submits =
        new SubmitJob(
            log.writer(),
            rules,
            ApprovalTerms.DEFAULT,
            reader,
            log.store().blobs(),
            Runnable::run,
            () -> now,
            new Random(1));
    return submits
        .submit(SmallJob.SUBMITTER, SmallJob.request(RetryPolicy.DEFAULT))
        .join()
        .job()
        .key();
  }
}
