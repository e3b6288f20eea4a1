package dev.reeve.job;

import static dev.reeve.job.JobSamples.CREATED;
import static dev.reeve.job.JobSamples.FIRST_ATTEMPT;
import static dev.reeve.job.JobSamples.LATER;
import static dev.reeve.job.JobSamples.LIMITS;
import static dev.reeve.job.JobSamples.NOW;
import static dev.reeve.job.JobSamples.REDACTED;
import static dev.reeve.job.JobSamples.RESULT;
import static dev.reeve.job.JobSamples.RETRY;
import static dev.reeve.job.JobSamples.SECOND;
import static dev.reeve.job.JobSamples.after;
import static dev.reeve.job.JobSamples.dispatched;
import static dev.reeve.job.JobSamples.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobDeciderTest {
  @Test
  void a_dispatch_id_names_epoch_job_and_attempt() {
    Job again =
        after(
            queued(),
            dispatched(1),
            new JobEvent.Interrupted(CREATED, "DRAINED"),
            new JobEvent.Queued(CREATED, 0, "INTERRUPTED"));

    assertThat(events(again, new JobCommand.Dispatch(9, "w2")))
        .containsExactly(
            new JobEvent.Dispatched(NOW, new DispatchId(9, JobSamples.JOB_NO, 2), "w2"));
  }

  @Test
  void a_job_is_not_handed_out_before_its_wait_is_over() {
    Job backingOff = after(new JobEvent.Queued(CREATED, NOW, "RETRY"));

    assertThat(JobDecider.decide(backingOff, new JobCommand.Dispatch(2, "w1"), NOW - 1))
        .isInstanceOf(JobDecision.Refused.class);
    assertThat(JobDecider.decide(backingOff, new JobCommand.Dispatch(2, "w1"), NOW))
        .isInstanceOf(JobDecision.Accepted.class);
  }

  @Test
  void approval_goes_on_to_the_open_parents_in_the_order_they_were_given() {
    Job held = after(new JobEvent.Held(CREATED, LATER, List.of("p2", "p1")));

    assertThat(events(held, new JobCommand.Approve("bob", "fine")))
        .containsExactly(
            new JobEvent.ApprovalGiven(NOW, "bob", "fine", 0),
            new JobEvent.Waiting(NOW, List.of("p1", "p2")));
  }

  @Test
  void an_approval_that_comes_too_late_is_refused_even_before_the_clock_was_looked_at() {
    Job held = after(new JobEvent.Held(CREATED, NOW, List.of()));
    JobCommand approve = new JobCommand.Approve("bob", "");

    assertThat(JobDecider.decide(held, approve, NOW - 1)).isInstanceOf(JobDecision.Accepted.class);
    assertThat(problem(held, approve).message()).isEqualTo("the time to approve it is over");
  }

  @Test
  void a_review_may_swap_the_result_and_a_quarantine_keeps_the_original() {
    Job reviewing = after(queued(), dispatched(1), new JobEvent.ReviewStarted(NOW, RESULT));

    assertThat(events(reviewing, new JobCommand.Release(REDACTED)))
        .containsExactly(new JobEvent.Completed(NOW, REDACTED));
    assertThat(events(reviewing, new JobCommand.Quarantine("PII_FOUND", "held back")))
        .containsExactly(new JobEvent.Quarantined(NOW, "PII_FOUND", "held back", RESULT));
  }

  @Test
  void a_retry_waits_as_its_policy_says_and_longer_when_the_executor_asks() {
    Job executing = after(queued(), dispatched(1));

    assertThat(events(executing, fail(0, 0.0)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + SECOND, "RETRY"));
    assertThat(events(executing, fail(0, 1.0)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + SECOND * 3 / 2, "RETRY"));
    assertThat(events(executing, fail(45 * SECOND, 0.5)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + 45 * SECOND, "RETRY"));
  }

  @Test
  void no_attempt_begins_later_than_the_policy_allows_after_the_job_was_ready() {
    // It was ready a minute ago.
    RetryPolicy within = new RetryPolicy(3, SECOND, 30 * SECOND, 61 * SECOND);
    RetryPolicy beyond = new RetryPolicy(3, SECOND, 30 * SECOND, 61 * SECOND - 1);

    assertThat(events(executing(within), fail(0, 0)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + SECOND, "RETRY"));
    assertThat(events(executing(beyond), fail(0, 0)))
        .containsExactly(new JobEvent.Failed(NOW, "EXIT_1", "", true));
    assertThat(events(executing(within), fail(2 * SECOND, 0)))
        .containsExactly(new JobEvent.Failed(NOW, "EXIT_1", "", true));
  }

  private static Job executing(RetryPolicy retry) {
    return after(new RunLimits(0, 0, retry, false), queued(), dispatched(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - NOW, 1L << 60})
  void an_executor_cannot_ask_for_a_wait_of_more_than_a_day(long asked) {
    Job executing = after(queued(), dispatched(1));

    assertThat(events(executing, fail(asked, 0.5)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + RetryPolicy.DELAY_MAX_MICROS, "RETRY"));
  }

  @Test
  void a_negative_wait_is_no_wait() {
    Job executing = after(queued(), dispatched(1));

    assertThat(events(executing, fail(Long.MIN_VALUE, 0.0)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + SECOND, "RETRY"));
  }

  @Test
  void refusals_say_in_which_state_the_job_is() {
    Job finished = after(queued(), new JobEvent.Cancelled(CREATED, "ada", ""));
    Job executing = after(queued(), dispatched(1));

    Problem ended = problem(finished, new JobCommand.Cancel("ada", ""));
    Problem notHeld = problem(executing, new JobCommand.Approve("bob", ""));
    Problem mismatch = problem(executing, new JobCommand.Dispatch(2, "w1"));

    assertThat(ended.message()).isEqualTo("job is CANCELLED");
    assertThat(ended.metadata()).containsEntry("state", "CANCELLED");
    assertThat(notHeld.metadata()).containsEntry("state", "EXECUTING");
    assertThat(mismatch.message()).isEqualTo("job is EXECUTING (expected: QUEUED)");
  }

  @Test
  void after_the_last_kept_progress_only_a_new_stage_is_kept() {
    Job full =
        StateCase.all().stream()
            .filter(row -> row.circumstance().equals("10,000 progress events"))
            .findFirst()
            .orElseThrow()
            .job();

    assertThat(events(full, report(new Progress("", 999_999, "")))).isEmpty();
    assertThat(events(full, report(new Progress("SAVING", 999_999, "")))).hasSize(1);
  }

  @Test
  void an_executor_that_goes_back_and_forth_between_stages_comes_to_an_end() {
    Job job = after(queued(), dispatched(1));
    int reports = JobDecider.PROGRESS_EVENTS_MAX + 10 * JobDecider.STAGES_BEYOND_MAX;

    for (int i = 0; i < reports; i++) {
      Progress stage = new Progress(i % 2 == 0 ? "HERE" : "THERE", 0, "");
      job = JobEvolution.evolve(job, events(job, report(stage)));
    }

    assertThat(job.progressEvents())
        .isEqualTo(JobDecider.PROGRESS_EVENTS_MAX + JobDecider.STAGES_BEYOND_MAX);
  }

  @Test
  void the_next_attempt_may_still_show_its_stages() {
    int used = JobDecider.PROGRESS_EVENTS_MAX + JobDecider.STAGES_BEYOND_MAX;
    Job first = after(queued(), dispatched(1));
    for (int i = 0; i < used; i++) {
      first =
          JobEvolution.evolve(first, new JobEvent.Progressed(NOW, new Progress("S" + i, 0, "")));
    }
    Job second =
        JobEvolution.evolve(
            first,
            List.of(
                new JobEvent.AttemptFailed(NOW, "EXIT_1", ""),
                new JobEvent.Queued(NOW, 0, "RETRY"),
                dispatched(2)));

    JobCommand stage =
        new JobCommand.ReportProgress(
            new DispatchId(JobSamples.EPOCH, JobSamples.JOB_NO, 2), new Progress("NEW", 0, ""));
    assertThat(events(first, report(new Progress("NEW", 0, "")))).isEmpty();
    assertThat(events(second, stage)).hasSize(1);
  }

  @Test
  void what_may_run_once_only_is_made_again_when_it_was_given_back_unbegun_and_never_after() {
    RunLimits once = new RunLimits(0, 0, RETRY, true);
    Job handedOver = after(once, queued(), dispatched(1));
    Job begun = after(once, queued(), dispatched(1), new JobEvent.Started(CREATED));

    assertThat(events(handedOver, fail(0, 0)))
        .last()
        .isEqualTo(new JobEvent.Queued(NOW, NOW + SECOND, "RETRY"));
    assertThat(events(begun, fail(0, 0)))
        .containsExactly(new JobEvent.Failed(NOW, "EXIT_1", "", true));
  }

  @Test
  void the_nearer_of_deadline_and_run_timeout_is_due() {
    RunLimits limits = new RunLimits(NOW + 10, 1_000, RETRY, false);

    assertThat(after(limits, queued()).dueAtMicros()).isEqualTo(NOW + 10);
    assertThat(after(limits, queued(), dispatched(1)).dueAtMicros()).isEqualTo(CREATED + 1_000);
    assertThat(after(LIMITS, queued(), dispatched(1)).dueAtMicros()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void not_now_ahead_of_its_time_is_no_further_round_and_a_shorter_wait_counts() {
    long retryAt = NOW + 100 * SECOND;
    Job waiting = after(queued(), new JobEvent.Throttled(CREATED, retryAt, "pause"));

    assertThat(JobDecider.decide(waiting, notNow(retryAt + 1), NOW))
        .isEqualTo(JobDecision.already());
    assertThat(events(waiting, notNow(NOW + SECOND)))
        .containsExactly(new JobEvent.Throttled(NOW, NOW + SECOND, "because"));
    assertThat(JobDecider.decide(waiting, notNow(retryAt + SECOND), retryAt))
        .isEqualTo(
            JobDecision.accept(new JobEvent.Throttled(retryAt, retryAt + SECOND, "because")));
  }

  private static JobCommand notNow(long retryAtMicros) {
    Verdict verdict = new Verdict(Verdict.Decision.THROTTLE, "r", "because", "cfg:2");
    return new JobCommand.Judge(verdict, Grant.NONE, retryAtMicros, 0);
  }

  @Test
  void the_last_attempt_ends_the_job_as_its_executor_says() {
    Job running = after(queued(), dispatched(1));

    assertThat(events(running, ending(JobCommand.Ending.TIMED_OUT)))
        .containsExactly(new JobEvent.TimedOut(NOW, "CODE", "words"));
    assertThat(events(running, ending(JobCommand.Ending.CANCELLED)))
        .singleElement()
        .isInstanceOfSatisfying(
            JobEvent.Cancelled.class, event -> assertThat(event.reason()).isEqualTo("words"));
    assertThat(events(running, ending(JobCommand.Ending.DENIED)))
        .containsExactly(new JobEvent.Denied(NOW, "CODE", "words"));
    assertThat(events(running, ending(JobCommand.Ending.FAILED)))
        .containsExactly(new JobEvent.Failed(NOW, "CODE", "words", false));
    assertThat(events(running, ending(JobCommand.Ending.FATAL)))
        .containsExactly(new JobEvent.Failed(NOW, "CODE", "words", false, true));
  }

  private static JobCommand ending(JobCommand.Ending ending) {
    return new JobCommand.Fail(FIRST_ATTEMPT, ending, "CODE", "words", false, 0, 0);
  }

  private static JobCommand fail(long retryAfterMicros, double jitter) {
    return new JobCommand.Fail(FIRST_ATTEMPT, "EXIT_1", "", true, retryAfterMicros, jitter);
  }

  private static JobCommand report(Progress progress) {
    return new JobCommand.ReportProgress(FIRST_ATTEMPT, progress);
  }

  private static List<JobEvent> events(Job job, JobCommand command) {
    return ((JobDecision.Accepted) JobDecider.decide(job, command, NOW)).events();
  }

  private static Problem problem(Job job, JobCommand command) {
    return ((JobDecision.Refused) JobDecider.decide(job, command, NOW)).problem();
  }
}
