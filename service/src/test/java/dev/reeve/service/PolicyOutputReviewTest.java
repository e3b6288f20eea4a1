package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Output rules that ask what a job was submitted with, of a store that tells or does not.
class PolicyOutputReviewTest {
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

  @Test
  void slow_store_holds_the_output_back_where_failing_is_closed() {
    assertThat(review("closed", this::late, "fine"))
        .isInstanceOfSatisfying(
            Outcome.Quarantine.class,
            held -> assertThat(held.message()).contains("could not be read in time"));
  }

  @Test
  void slow_store_leaves_the_other_rules_where_failing_is_open() {
    Outcome fine = review("open", this::late, "fine");
    Outcome hush = review("open", this::late, "hush");

    assertThat(fine).isInstanceOf(Outcome.Release.class);
    assertThat(fine.ruling().reason()).contains("could not be read in time");
    assertThat(hush).isInstanceOf(Outcome.Quarantine.class);
    assertThat(hush.ruling().ruleId()).isEqualTo("words");
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
    return new PolicyOutputReview(guards, submissions, Runnable::run, blocking)
        .review(new OutputReview.Output(JOB, "text/plain", Bytes.utf8(words), false));
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
