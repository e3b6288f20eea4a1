package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.TestWorker;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DispatchProgress;
import dev.reeve.wire.reeve.v1.GetTraceRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.TracedJob;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told of a trace.
final class TraceTest {
  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          GatewayFixture.POLICY,
          (services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private TracedJob only(Job job) {
    return jobs
        .getTrace(GetTraceRequest.newBuilder().setTraceId(job.getTraceId()).build())
        .getJobsList()
        .stream()
        .reduce((_, _) -> {
          throw new AssertionError("more than one job");
        })
        .orElseThrow();
  }

  private static void progress(TestWorker worker, Assignment assignment, String stage, double at) {
    worker.send(
        ConnectRequest.newBuilder()
            .setProgress(
                DispatchProgress.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setStage(stage)
                    .setFraction(at))
            .build());
  }

  @Test
  void the_stages_of_a_run_are_told_in_order_and_progress_within_one_is_not() {
    Job job =
        jobs.submitJob(SubmitJobRequest.newBuilder().setTopic("job.default").build()).getJob();
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.default");
    Assignment assignment = worker.assignmentOf(job.getJobId());
    progress(worker, assignment, "LOADING", 0.1);
    progress(worker, assignment, "LOADING", 0.2);
    progress(worker, assignment, "RUNNING", 0.3);
    worker.complete(assignment, "text/plain", "done");
    Await.until("completed", () -> only(job).getJob().getState() == JobState.JOB_STATE_COMPLETED);

    TracedJob traced = only(job);

    assertThat(traced.getStagesList())
        .extracting(JobEvent::getStage)
        .containsSubsequence("READY", "DISPATCHED", "LOADING", "RUNNING")
        .containsOnlyOnce("LOADING");
    assertThat(traced.getStagesList().getLast().getState()).isEqualTo(JobState.JOB_STATE_COMPLETED);
    assertThat(traced.getStagesList())
        .isSortedAccordingTo((a, b) -> Long.compare(a.getEventSeq(), b.getEventSeq()));
    assertThat(traced.getCut()).isFalse();
  }

  @Test
  void of_a_job_with_very_many_stages_the_first_ones_and_the_end_are_told() {
    Job job =
        jobs.submitJob(SubmitJobRequest.newBuilder().setTopic("job.default").build()).getJob();
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.default");
    Assignment assignment = worker.assignmentOf(job.getJobId());
    for (int i = 0; i < 150; i++) {
      long before = only(job).getJob().getLastEventSeq();
      progress(worker, assignment, "STAGE_" + i, 0);
      Await.until("stage " + i, () -> only(job).getJob().getLastEventSeq() > before);
    }
    worker.complete(assignment, "text/plain", "done");
    Await.until("completed", () -> only(job).getJob().getState() == JobState.JOB_STATE_COMPLETED);

    TracedJob traced = only(job);

    assertThat(traced.getCut()).isTrue();
    assertThat(traced.getStagesList()).hasSize(101);
    assertThat(traced.getStagesList().getLast().getTerminal()).isTrue();
  }
}
