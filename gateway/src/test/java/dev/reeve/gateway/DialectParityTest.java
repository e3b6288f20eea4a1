package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.GetJobStatusRequest;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatus;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One core under every API: a job submitted by any of them reads the same by the others.
final class DialectParityTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(
              CordumDialect.create(services),
              MathisonDialect.create(services),
              ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub reeve =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final CordumApiGrpc.CordumApiBlockingStub cordum =
      CordumApiGrpc.newBlockingStub(gateway.channel());
  private final MathisonServiceGrpc.MathisonServiceBlockingStub mathison =
      MathisonServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void ids_order_and_end_agree_in_every_api() throws Exception {
    String own =
        reeve
            .submitJob(
                SubmitJobRequest.newBuilder()
                    .setTopic("job.open.p")
                    .setPayload(ByteString.copyFromUtf8("{}"))
                    .build())
            .getJob()
            .getJobId();
    String agent =
        cordum
            .submitJob(
                dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                    .setTopic("job.open.p")
                    .setPrompt("{}")
                    .build())
            .getJobId();
    String run = "run";
    Future<JobResult> running =
        MathisonServiceGrpc.newFutureStub(gateway.channel())
            .runJob(JobRunRequest.newBuilder().setJobType("open.p").setJobId(run).build());
    Await.until("the run is submitted", () -> ids().contains(run));
    List<String> ids = List.of(own, agent, run);
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 3, "job.open.p");
    for (String id : ids) {
      assertThat(worker.assignmentOf(id).getPayload().toStringUtf8()).isEqualTo("{}");
      worker.complete(worker.assignmentOf(id), "application/json", "{\"ok\":true}");
    }

    assertThat(running.get().getStatus()).isEqualTo("completed");
    for (String id : ids) {
      Await.value("state", JobState.JOB_STATE_COMPLETED, () -> get(id).getState());
      assertThat(status(id)).isEqualTo("SUCCEEDED");
      assertThat(mathisonStatus(id).getStatus()).isEqualTo("completed");
      assertThat(mathisonStatus(id).getSequence()).isEqualTo(get(id).getLastEventSeq());
      assertThat(states(id)).isEqualTo(states(own));
    }
    assertThat(ids)
        .extracting(id -> get(id).getDialect())
        .containsExactly(Dialect.DIALECT_REEVE, Dialect.DIALECT_CORDUM, Dialect.DIALECT_MATHISON);
    assertThat(ids()).containsExactly(run, agent, own);
  }

  /// Newest first.
  private List<String> ids() {
    return reeve.listJobs(ListJobsRequest.getDefaultInstance()).getJobsList().stream()
        .map(Job::getJobId)
        .toList();
  }

  private Job get(String id) {
    return reeve.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private String status(String id) {
    return cordum.getJobStatus(GetJobStatusRequest.newBuilder().setJobId(id).build()).getStatus();
  }

  private JobStatus mathisonStatus(String id) {
    return mathison.getJobStatus(JobStatusRequest.newBuilder().setJobId(id).build());
  }

  private List<JobState> states(String id) {
    List<JobState> states = new ArrayList<>();
    reeve
        .watchJobs(
            WatchJobsRequest.newBuilder().addJobs(JobCursor.newBuilder().setJobId(id)).build())
        .forEachRemaining(response -> states.add(state(response.getEvent())));
    return states;
  }

  private static JobState state(JobEvent event) {
    return event.getState();
  }
}
