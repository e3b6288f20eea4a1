package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists by the words of the contract show what the words say.
class RestJobsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PENDING",
        "APPROVAL_REQUIRED",
        "SCHEDULED",
        "RETRYING",
        "DISPATCHED",
        "RUNNING",
        "SUCCEEDED",
        "DENIED",
        "OUTPUT_QUARANTINED",
        "FAILED",
        "CANCELLED",
        "TIMEOUT"
      })
  void a_list_of_a_state_asks_for_the_jobs_that_are_shown_in_it(String word) {
    ListJobsRequest list = RestJobs.list(word).build();

    List<Job> asked = jobs().stream().filter(job -> isAsked(list, job)).toList();
    List<Job> shown = jobs().stream().filter(job -> RestJobs.state(job).equals(word)).toList();

    assertThat(asked).isNotEmpty().isEqualTo(shown);
  }

  private static List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JobState state : JobState.values()) {
      if (state == JobState.JOB_STATE_UNSPECIFIED || state == JobState.UNRECOGNIZED) {
        continue;
      }
      Job.Builder job = Job.newBuilder().setState(state);
      jobs.add(job.build());
      jobs.add(job.setAttempt(1).build());
      if (state == JobState.JOB_STATE_EXECUTING) {
        jobs.add(job.setStarted(true).build());
      }
    }
    return jobs;
  }

  /// As the list itself does it.
  private static boolean isAsked(ListJobsRequest list, Job job) {
    boolean executing = job.getState() == JobState.JOB_STATE_EXECUTING;
    return list.getStatesList().contains(job.getState())
        && (!list.hasAttempted() || list.getAttempted() == job.getAttempt() > 0)
        && (!list.hasStarted() || !executing || list.getStarted() == job.getStarted());
  }
}
