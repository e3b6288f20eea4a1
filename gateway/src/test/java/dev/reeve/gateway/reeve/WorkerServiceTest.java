package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.TestWorker;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.DispatchOutcome;
import dev.reeve.wire.reeve.v1.DispatchProgress;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerState;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkerServiceTest {
  private static final String TOPIC = "job.open.w";

  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void submit(String id) {
    submit(id, ByteString.EMPTY);
  }

  private void submit(String id, ByteString payload) {
    jobs.submitJob(
        SubmitJobRequest.newBuilder().setJobId(id).setTopic(TOPIC).setPayload(payload).build());
  }

  private Job get(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private List<Worker> workers() {
    return WorkerServiceGrpc.newBlockingStub(gateway.channel())
        .listWorkers(ListWorkersRequest.getDefaultInstance())
        .getWorkersList();
  }

  @Test
  void words_of_a_worker_that_cannot_be_shown_get_a_name_and_nobody_else_is_disturbed() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 4, TOPIC);
    for (String id : List.of("secret", "lower", "typed", "long")) {
      submit(id);
    }
    for (DispatchProgress.Builder bad :
        List.of(
            DispatchProgress.newBuilder().setFraction(1.5),
            DispatchProgress.newBuilder().setFraction(Double.NaN),
            DispatchProgress.newBuilder().setStage("AKIAABCDEFGHIJKLMNOP"),
            DispatchProgress.newBuilder().setStage("lower"))) {
      String dispatch = worker.assignmentOf("typed").getDispatchId();
      worker.send(ConnectRequest.newBuilder().setProgress(bad.setDispatchId(dispatch)).build());
    }

    fail(worker, "secret", DispatchFail.newBuilder().setCode("AKIAABCDEFGHIJKLMNOP"));
    fail(worker, "lower", DispatchFail.newBuilder().setCode("no code\n"));
    fail(worker, "long", DispatchFail.newBuilder().setCode("X").setMessage("m".repeat(1_025)));
    worker.complete(worker.assignmentOf("typed"), "text/plain; n=AKIAABCDEFGHIJKLMNOP", "done");

    Await.until("all ended", () -> get("typed").getState() == JobState.JOB_STATE_COMPLETED);
    Await.until("failed", () -> get("long").getState() == JobState.JOB_STATE_FAILED);
    assertThat(get("secret").getError().getCode()).isEqualTo("CODE_WITHHELD");
    assertThat(get("lower").getError().getCode()).isEqualTo("CODE_INVALID");
    assertThat(get("long").getError().getCode()).isEqualTo("WORKER_PROTOCOL");
    assertThat(get("typed").getResult().getContentType()).isEqualTo("application/octet-stream");
    assertThat(get("typed").toString()).doesNotContain("AKIA", "lower");
    assertThat(worker.isOver()).isFalse();
  }

  private static void fail(TestWorker worker, String job, DispatchFail.Builder fail) {
    worker.send(
        ConnectRequest.newBuilder()
            .setFail(fail.setDispatchId(worker.assignmentOf(job).getDispatchId()))
            .build());
  }

  @Test
  void without_credit_nothing_is_assigned_and_each_assignment_uses_one() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 0, TOPIC);
    submit("one");
    submit("two");
    assertThat(worker.assignments()).isEmpty();

    worker.credit(1);

    Assignment first = worker.assignmentOf("one");
    worker.complete(first, "", "done");
    Await.until("completed", () -> get("one").getState() == JobState.JOB_STATE_COMPLETED);
    assertThat(worker.assignments()).hasSize(1);
    worker.credit(1);
    assertThat(worker.assignmentOf("two").getAttempt()).isEqualTo(1);
  }

  @Test
  void a_worker_that_reads_nothing_is_handed_little_and_the_rest_when_it_reads() {
    TestWorker worker = TestWorker.connectUnread(gateway.channel());
    worker.send(registration("w", 100));
    worker.credit(100);
    Await.until("registered", () -> workers().size() == 1);

    for (int i = 0; i < 40; i++) {
      submit("job-" + i, ByteString.copyFrom(new byte[400_000]));
    }

    assertThat(executing()).as("of 40 jobs of 0.4 MB").isBetween(1, 20);
    worker.read(1_000);
    Await.until("all are handed over", () -> worker.assignments().size() == 40);
  }

  private static ConnectRequest registration(String id, int parallelMax) {
    return ConnectRequest.newBuilder()
        .setRegister(
            WorkerRegistration.newBuilder()
                .setWorkerId(id)
                .addTopics(TOPIC)
                .setMaxParallel(parallelMax))
        .build();
  }

  private int executing() {
    return jobs.listJobs(
            ListJobsRequest.newBuilder()
                .addStates(JobState.JOB_STATE_EXECUTING)
                .setPageSize(100)
                .build())
        .getJobsCount();
  }

  @Test
  void credit_beyond_max_parallel_waits_until_there_is_room() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, TOPIC);
    worker.credit(5);
    submit("one");
    submit("two");
    Assignment first = worker.assignmentOf("one");
    assertThat(get("two").getState()).isEqualTo(JobState.JOB_STATE_QUEUED);

    worker.complete(first, "", "done");

    assertThat(worker.assignmentOf("two").getJobId()).isEqualTo("two");
  }

  @Test
  void a_report_is_acknowledged_once_and_a_late_one_is_fenced() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, TOPIC);
    submit("one");
    Assignment only = worker.assignmentOf("one");
    worker.complete(only, "", "done");
    worker.complete(only, "", "again");

    Await.until(
        "two answers",
        () -> worker.received().stream().filter(ConnectResponse::hasAck).count() == 2);

    assertThat(worker.received())
        .filteredOn(ConnectResponse::hasAck)
        .extracting(answer -> answer.getAck().getOutcome())
        .containsExactly(
            DispatchOutcome.DISPATCH_OUTCOME_ACCEPTED, DispatchOutcome.DISPATCH_OUTCOME_FENCED);
    assertThat(get("one").getResult().getSizeBytes()).isEqualTo(4);
  }

  @Test
  void a_goodbye_hands_open_work_to_others_at_once() {
    TestWorker leaving = TestWorker.serving(gateway.channel(), "leaving", 1, TOPIC);
    submit("one");
    leaving.assignmentOf("one");
    TestWorker other = TestWorker.serving(gateway.channel(), "other", 1, TOPIC);

    leaving.halfClose();

    assertThat(leaving.end().getCode()).isEqualTo(Status.Code.OK);
    assertThat(other.assignmentOf("one").getAttempt()).isEqualTo(2);
  }

  @Test
  void a_broken_connection_leaves_its_work_to_the_lease_and_can_resume_it() {
    TestWorker broken = TestWorker.serving(gateway.channel(), "w", 1, TOPIC);
    submit("one");
    Assignment only = broken.assignmentOf("one");
    broken.abort();
    Await.until("gone", () -> workers().isEmpty());
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_EXECUTING);

    TestWorker back = TestWorker.connect(gateway.channel());
    back.send(
        registration("w", 1).toBuilder()
            .setRegister(
                registration("w", 1).getRegister().toBuilder()
                    .addResumeDispatchIds(only.getDispatchId())
                    .addResumeDispatchIds("1.999.1"))
            .build());
    Await.until("registered", () -> !back.received().isEmpty());
    back.complete(only, "", "after all");

    Await.until("completed", () -> get("one").getState() == JobState.JOB_STATE_COMPLETED);
    assertThat(back.received().getFirst().getRegistered().getAcceptedDispatchIdsList())
        .containsExactly(only.getDispatchId());
    assertThat(get("one").getAttempt()).isEqualTo(1);
  }

  @Test
  void a_second_connection_of_the_same_id_ends_the_first() {
    TestWorker first = TestWorker.serving(gateway.channel(), "w", 1, TOPIC);

    TestWorker second = TestWorker.serving(gateway.channel(), "w", 1, TOPIC);

    assertThat(first.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(second.isOver()).isFalse();
    assertThat(workers()).hasSize(1);
  }

  @Test
  void a_retryable_failure_is_made_again_and_a_final_one_is_not() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 2, TOPIC);
    submit("one");
    fail(worker, worker.assignmentOf("one"), true);
    Await.until("a second attempt", () -> worker.assignments().size() == 2);

    fail(worker, worker.assignments().getLast(), false);

    Await.until("failed", () -> get("one").getState() == JobState.JOB_STATE_FAILED);
    assertThat(get("one").getError().getCode()).isEqualTo("BROKEN");
    assertThat(get("one").getAttempt()).isEqualTo(2);
  }

  @Test
  void a_heartbeat_that_names_foreign_work_is_told_to_stop_it() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 0, TOPIC);

    worker.send(
        ConnectRequest.newBuilder()
            .setHeartbeat(WorkerHeartbeat.newBuilder().addDispatchIds("1.7.1"))
            .build());

    Await.until("a cancel", () -> worker.received().stream().anyMatch(ConnectResponse::hasCancel));
    assertThat(worker.received().getLast().getCancel().getDispatchId()).isEqualTo("1.7.1");
  }

  @Test
  void a_job_names_who_ran_it_after_its_end() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 3, TOPIC);
    submit("done");
    submit("failed");
    worker.complete(worker.assignmentOf("done"), "text/plain", "done");
    fail(worker, "failed", DispatchFail.newBuilder().setCode("BROKEN"));
    jobs.submitJob(SubmitJobRequest.newBuilder().setJobId("idle").setTopic("job.open.v").build());
    var _ = jobs.cancelJob(CancelJobRequest.newBuilder().setJobId("idle").build());

    Await.until("completed", () -> get("done").getState() == JobState.JOB_STATE_COMPLETED);
    Await.until("over", () -> get("failed").getState() == JobState.JOB_STATE_FAILED);
    assertThat(get("done").getWorkerId()).isEqualTo("w");
    assertThat(get("failed").getWorkerId()).isEqualTo("w");
    assertThat(get("idle").getWorkerId()).isEmpty();
  }

  @Test
  void a_worker_that_gives_no_sign_for_a_lease_is_listed_as_silent_until_it_does() {
    try (GatewayFixture impatient =
        GatewayFixture.start((services, archive) ->
            List.of(
                ReeveFixture.dialect(
                    services, archive, new MemoryConsentBook(), Duration.ofMillis(200))))) {
      WorkerServiceGrpc.WorkerServiceBlockingStub listing =
          WorkerServiceGrpc.newBlockingStub(impatient.channel());
      Supplier<WorkerState> state =
          () ->
              listing
                  .listWorkers(ListWorkersRequest.newBuilder().setTopic(TOPIC).build())
                  .getWorkers(0)
                  .getState();
      TestWorker worker = TestWorker.serving(impatient.channel(), "w", 1, TOPIC);

      Await.until("silent", () -> state.get() == WorkerState.WORKER_STATE_SILENT);
      Await.until(
          "alive",
          () -> {
            worker.send(
                ConnectRequest.newBuilder()
                    .setHeartbeat(WorkerHeartbeat.getDefaultInstance())
                    .build());
            return state.get() == WorkerState.WORKER_STATE_ALIVE;
          });
    }
  }

  @Test
  void a_worker_is_listed_with_what_it_said_and_what_it_holds() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 3, TOPIC);
    submit("one");
    worker.assignmentOf("one");

    Await.until("listed", () -> workers().getFirst().getRunning() == 1);

    Worker listed = workers().getFirst();
    assertThat(listed.getWorkerId()).isEqualTo("w");
    assertThat(listed.getTopicsList()).containsExactly(TOPIC);
    assertThat(listed.getMaxParallel()).isEqualTo(3);
    assertThat(listed.getCredit()).isEqualTo(2);
    assertThat(listed.getSessionId()).isNotEmpty();
  }

  private static void fail(TestWorker worker, Assignment assignment, boolean retryable) {
    worker.send(
        ConnectRequest.newBuilder()
            .setFail(
                DispatchFail.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setCode("BROKEN")
                    .setMessage("it broke")
                    .setRetryable(retryable)
                    .setRetryAfter(com.google.protobuf.Duration.newBuilder().setNanos(1_000)))
            .build());
  }
}
