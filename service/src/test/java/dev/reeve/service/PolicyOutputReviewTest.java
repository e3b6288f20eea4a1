package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.EngineProblems;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Origin;
import dev.reeve.job.Placement;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.OutputReview.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Output rules that ask what a job was submitted with, of a store that tells or does not.
class PolicyOutputReviewTest {
  private static final Duration TIME_MAX = Duration.ofMillis(50);
  private static final Work WORK =
      new Work("w", "job.a", "", List.of("pii"), List.of(), Map.of(), Map.of(), Map.of());
  private static final Job JOB =
      Job.created(
          1,
          new Admission(
              new JobSpec(
                  new JobKey("default", "job-1"),
                  "",
                  new Origin("reeve", "ann", ""),
                  WORK,
                  new Placement("topic/job.a", "", 50, List.of()),
                  RunLimits.DEFAULT,
                  Content.of("text/plain", Bytes.EMPTY),
                  1),
              Verdict.NONE,
              Bytes.utf8("0123456789abcdef")));

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    over.countDown();
    blocking.close();
  }

  @Test
  void rule_about_the_submission_is_applied() {
    assertThat(review("closed", _ -> WORK, "fine")).isInstanceOf(Outcome.Quarantine.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "closed"})
  void while_the_store_does_not_tell_nothing_is_said_of_the_output(String failMode) {
    assertThat(review(failMode, this::late, "fine")).isInstanceOf(Outcome.Postpone.class);
    assertThat(review(failMode, PolicyOutputReviewTest::away, "hush"))
        .isInstanceOf(Outcome.Postpone.class);
  }

  @Test
  void what_one_review_postpones_no_other_lets_go() {
    OutputReview postpones = review(_ -> new Outcome.Postpone("away"));
    OutputReview releases = review(_ -> new Outcome.Release(OutputReview.Ruling.NONE));
    OutputReview redacts =
        review(_ -> new Outcome.Redact(Bytes.utf8("cut"), OutputReview.Ruling.NONE));

    for (OutputReview both :
        List.of(
            postpones.then(releases),
            releases.then(postpones),
            redacts.then(postpones),
            postpones.then(redacts))) {
      assertThat(both.review(new OutputReview.Output(JOB, "", Bytes.utf8("fine"), false)))
          .isInstanceOf(Outcome.Postpone.class);
    }
  }

  private static OutputReview review(Function<OutputReview.Output, Outcome> says) {
    return new OutputReview() {
      @Override
      public boolean mayBlock() {
        return false;
      }

      @Override
      public Outcome review(Output output) {
        return says.apply(output);
      }
    };
  }

  private Outcome review(String failMode, Function<JobKey, Work> submissions, String words) {
    RulesInForce rules = new RulesInForce(SharedScanner.builtIn());
    rules.replace(
        PolicyFile.load(
                Bytes.utf8(
                    """
                    output_policy: {enabled: true, fail_mode: %s}
                    output_rules:
                      - {id: tagged, decision: quarantine, match: {risk_tags: [pii]}}
                      - {id: words, decision: quarantine, match: {keywords: [hush]}}
                    """
                        .formatted(failMode)))
            .orThrow("policy"));
    OutputGuards guards = new OutputGuards(rules, SharedScanner.builtIn(), System::nanoTime);
    return new PolicyOutputReview(guards, submissions, Runnable::run, blocking, TIME_MAX)
        .review(new OutputReview.Output(JOB, "text/plain", Bytes.utf8(words), false));
  }

  private static Work away(JobKey key) {
    throw EngineProblems.STORE_UNAVAILABLE.because(key + " cannot be read").toException();
  }

  private Work late(JobKey key) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return WORK;
  }
}
