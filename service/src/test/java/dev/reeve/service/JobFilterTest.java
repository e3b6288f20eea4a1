package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Grant;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.Origin;
import dev.reeve.job.Placement;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Jobs told apart by whether an attempt was begun, and whether it gave a sign.
class JobFilterTest {
  private static final DispatchId DISPATCH = new DispatchId(1, 1, 1);
  private static final JobState QUEUED = new JobState.Queued(1, 0);

  @Test
  void queued_jobs_are_told_apart_by_their_attempts() {
    assertThat(attempted(true).matches(job(QUEUED, 1))).isTrue();
    assertThat(attempted(true).matches(job(QUEUED, 0))).isFalse();
    assertThat(attempted(false).matches(job(QUEUED, 0))).isTrue();
    assertThat(attempted(false).matches(job(QUEUED, 1))).isFalse();
  }

  @Test
  void executing_jobs_are_told_apart_by_their_first_sign() {
    JobState silent = new JobState.Executing(DISPATCH, "w", 1, 1, false);
    JobState started = new JobState.Executing(DISPATCH, "w", 1, 1, true);
    JobState reviewing = new JobState.Reviewing(Content.of("", Bytes.EMPTY), 1);

    assertThat(started(true).matches(job(started, 1))).isTrue();
    assertThat(started(true).matches(job(silent, 1))).isFalse();
    assertThat(started(false).matches(job(silent, 1))).isTrue();
    assertThat(started(false).matches(job(started, 1))).isFalse();
    assertThat(started(true).matches(job(reviewing, 1))).isTrue();
  }

  private static JobFilter attempted(boolean only) {
    return filter(Optional.of(only), Optional.empty());
  }

  private static JobFilter started(boolean only) {
    return filter(Optional.empty(), Optional.of(only));
  }

  private static JobFilter filter(Optional<Boolean> attempted, Optional<Boolean> started) {
    JobFilter all = JobFilter.ALL;
    return new JobFilter(
        all.project(),
        all.states(),
        all.topic(),
        all.dialect(),
        all.createdFromMicros(),
        all.createdBeforeMicros(),
        all.deadLetter(),
        attempted,
        started);
  }

  private static Job job(JobState state, int attempts) {
    Work work = new Work("w", "job.a", "", List.of(), List.of(), Map.of(), Map.of(), Map.of());
    Job job =
        Job.created(
            1,
            new Admission(
                new JobSpec(
                    new JobKey("default", "job-1"),
                    "",
                    new Origin("reeve", "ann", ""),
                    work,
                    new Placement("topic/job.a", "", 50, List.of()),
                    RunLimits.DEFAULT,
                    Content.of("text/plain", Bytes.EMPTY),
                    1),
                Verdict.NONE,
                Bytes.utf8("0123456789abcdef")));
    return new Job(
        job.jobNo(),
        job.header(),
        job.verdict(),
        Grant.NONE,
        state,
        attempts,
        job.failures(),
        job.interruptions(),
        job.throttleRounds(),
        job.lastEventSeq(),
        job.progressEvents(),
        job.progress(),
        job.updatedAtMicros());
  }
}
