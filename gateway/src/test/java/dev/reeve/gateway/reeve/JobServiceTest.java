package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.TestWorker;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobResponse;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListJobsResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WatchFilter;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobServiceTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Job submit(String id) {
    return jobs.submitJob(job(id).build()).getJob();
  }

  private static SubmitJobRequest.Builder job(String id) {
    return SubmitJobRequest.newBuilder().setJobId(id).setTopic("job.open.a");
  }

  private Job get(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private List<JobEvent> watch(String id, long after) {
    List<JobEvent> events = new ArrayList<>();
    jobs.watchJobs(
            WatchJobsRequest.newBuilder()
                .addJobs(JobCursor.newBuilder().setJobId(id).setAfterEventSeq(after))
                .build())
        .forEachRemaining(response -> events.add(response.getEvent()));
    return events;
  }

  @Test
  void a_submitted_job_is_run_by_a_worker_and_its_result_can_be_read() {
    Job queued =
        jobs.submitJob(
                job("one")
                    .setName("first")
                    .putLabels("team", "blue")
                    .setPayload(ByteString.copyFromUtf8("in"))
                    .build())
            .getJob();
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.open.a");
    worker.complete(worker.assignmentOf("one"), "text/plain", "out");

    List<JobEvent> events = watch("one", 0);

    assertThat(queued.getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(queued.getPolicy().getRuleId()).isEqualTo("open-work");
    assertThat(events).extracting(JobEvent::getEventSeq).first().isEqualTo(1L);
    assertThat(events).filteredOn(JobEvent::getTerminal).hasSize(1);
    assertThat(events.getLast().getState()).isEqualTo(JobState.JOB_STATE_COMPLETED);
    Job done = get("one");
    assertThat(done.getLastEventSeq()).isEqualTo(events.size());
    assertThat(done.getLabelsMap()).containsEntry("team", "blue");
    assertThat(done.getResult().getSizeBytes()).isEqualTo(3);
    Iterator<GetJobResultResponse> result =
        jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId("one").build());
    assertThat(result.next().getInfo().getContentType()).isEqualTo("text/plain");
    assertThat(result.next().getChunk().toStringUtf8()).isEqualTo("out");
    assertThat(result.hasNext()).isFalse();
  }

  @Test
  void a_large_payload_and_result_come_through_in_chunks() {
    byte[] payload = new byte[3 * 1024 * 1024];
    payload[payload.length - 1] = 7;
    jobs.submitJob(job("big").setPayload(ByteString.copyFrom(payload)).build());
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.open.a");
    assertThat(worker.assignmentOf("big").getPayload().size()).isEqualTo(payload.length);
    worker.complete(worker.assignmentOf("big"), "", "x".repeat(700_000));

    watch("big", 0);

    int size = 0;
    Iterator<GetJobResultResponse> parts =
        jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId("big").build());
    while (parts.hasNext()) {
      GetJobResultResponse part = parts.next();
      assertThat(part.getChunk().size()).isLessThanOrEqualTo(256 * 1024);
      size += part.getChunk().size();
    }
    assertThat(size).isEqualTo(700_000);
  }

  @Test
  void a_denied_submit_names_job_rule_and_snapshot_and_is_stored() {
    assertThatThrownBy(() -> jobs.submitJob(job("no").setTopic("job.secret").build()))
        .asInstanceOf(type(StatusRuntimeException.class))
        .satisfies(refused -> {
          assertThat(refused.getStatus().getCode().name()).isEqualTo("PERMISSION_DENIED");
          assertThat(Refusals.info(refused).getReason()).isEqualTo("POLICY_DENIED");
          assertThat(Refusals.metadata(refused))
              .containsKeys("job_id", "rule_id", "policy_snapshot");
        });

    assertThat(get("no").getState()).isEqualTo(JobState.JOB_STATE_DENIED);
  }

  @Test
  void a_key_gives_the_first_job_again_and_refuses_another_request() {
    SubmitJobRequest first = job("").clearJobId().setIdempotencyKey("k").setName("a").build();
    String id = jobs.submitJob(first).getJob().getJobId();

    assertThat(jobs.submitJob(first).getJob().getJobId()).isEqualTo(id);
    assertThat(Refusals.of(() -> jobs.submitJob(first.toBuilder().setName("b").build())))
        .isEqualTo("FAILED_PRECONDITION IDEMPOTENCY_CONFLICT []");
  }

  @Test
  void an_id_that_is_taken_is_refused() {
    submit("one");

    assertThat(Refusals.of(() -> submit("one"))).isEqualTo("ALREADY_EXISTS JOB_ID_TAKEN []");
  }

  @Test
  void pages_give_every_job_once_newest_first() {
    for (int i = 0; i < 7; i++) {
      submit("job" + i);
    }

    List<String> seen = new ArrayList<>();
    ListJobsRequest list = ListJobsRequest.newBuilder().setPageSize(3).build();
    ListJobsResponse page = jobs.listJobs(list);
    page.getJobsList().forEach(job -> seen.add(job.getJobId()));
    while (!page.getNextPageToken().isEmpty()) {
      page = jobs.listJobs(list.toBuilder().setPageToken(page.getNextPageToken()).build());
      page.getJobsList().forEach(job -> seen.add(job.getJobId()));
    }

    assertThat(seen).containsExactly("job6", "job5", "job4", "job3", "job2", "job1", "job0");
  }

  @Test
  void a_page_token_is_good_for_its_own_list_alone() {
    submit("a");
    submit("b");
    String token =
        jobs.listJobs(ListJobsRequest.newBuilder().setPageSize(1).build()).getNextPageToken();

    assertThat(
            Refusals.of(() ->
                jobs.listJobs(
                    ListJobsRequest.newBuilder().setTenant("other").setPageToken(token).build())))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN_INVALID [page_token]");
    assertThat(
            jobs.listJobs(
                    ListJobsRequest.newBuilder().addStates(JobState.JOB_STATE_COMPLETED).build())
                .getJobsList())
        .isEmpty();
  }

  @Test
  void a_watch_resumed_at_any_point_gives_exactly_what_is_missing() {
    submit("one");
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.open.a");
    worker.complete(worker.assignmentOf("one"), "", "out");
    List<JobEvent> all = watch("one", 0);

    for (int cut = 0; cut < all.size(); cut++) {
      assertThat(watch("one", cut)).isEqualTo(all.subList(cut, all.size()));
    }
    assertThat(watch("one", all.size())).containsExactly(all.getLast());
    assertThat(watch("one", 1000)).containsExactly(all.getLast());
  }

  @Test
  void several_jobs_share_one_watch_until_all_have_ended() {
    submit("one");
    submit("two");
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 2, "job.open.a");
    worker.complete(worker.assignmentOf("one"), "", "1");
    worker.complete(worker.assignmentOf("two"), "", "2");

    List<JobEvent> events = new ArrayList<>();
    jobs.watchJobs(
            WatchJobsRequest.newBuilder()
                .addJobs(JobCursor.newBuilder().setJobId("one"))
                .addJobs(JobCursor.newBuilder().setJobId("two").setAfterEventSeq(1))
                .build())
        .forEachRemaining(response -> events.add(response.getEvent()));

    assertThat(events).filteredOn(JobEvent::getTerminal).hasSize(2);
    assertThat(events)
        .filteredOn(event -> event.getJobId().equals("two"))
        .extracting(JobEvent::getEventSeq)
        .first()
        .isEqualTo(2L);
  }

  @Test
  void a_filter_tells_of_the_tenants_jobs_from_now_on() {
    submit("before");
    List<JobEvent> events = new CopyOnWriteArrayList<>();
    Iterator<WatchJobsResponse> stream =
        jobs.watchJobs(
            WatchJobsRequest.newBuilder()
                .addJobs(JobCursor.newBuilder().setJobId("before"))
                .setFilter(WatchFilter.newBuilder().setTopic("job.open.a"))
                .build());
    Thread reading =
        Thread.ofVirtual()
            .start(() -> {
              try {
                stream.forEachRemaining(response -> events.add(response.getEvent()));
              } catch (StatusRuntimeException _) {
                // The fixture ends the call.
              }
            });
    Await.until("the watch runs", () -> !events.isEmpty());

    submit("after");
    jobs.submitJob(job("elsewhere").setTopic("job.open.b").build());
    jobs.cancelJob(CancelJobRequest.newBuilder().setJobId("after").build());
    Await.until("end of after", () -> events.stream().anyMatch(JobEvent::getTerminal));

    assertThat(events).extracting(JobEvent::getJobId).containsOnly("before", "after");
    assertThat(events)
        .filteredOn(event -> event.getJobId().equals("after"))
        .extracting(JobEvent::getEventSeq)
        .containsExactly(1L, 2L);
    assertThat(reading.isAlive()).isTrue();
  }

  @Test
  void a_cancel_ends_a_job_and_a_second_one_changes_nothing() {
    submit("one");

    CancelJobResponse first =
        jobs.cancelJob(
            CancelJobRequest.newBuilder().setJobId("one").setReason("not needed").build());
    CancelJobResponse second =
        jobs.cancelJob(CancelJobRequest.newBuilder().setJobId("one").build());

    assertThat(first.getAccepted()).isTrue();
    assertThat(first.getJob().getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
    assertThat(first.getJob().getError().getMessage()).isEqualTo("not needed");
    assertThat(second.getAccepted()).isFalse();
    assertThat(second.getJob()).isEqualTo(first.getJob());
  }

  @Test
  void why_names_the_missing_worker_and_the_place_in_the_queue() {
    submit("one");

    var why = jobs.explainJob(ExplainJobRequest.newBuilder().setJobId("one").build());

    assertThat(why.getQueuePosition()).isEqualTo(1);
    assertThat(why.getCausesList())
        .anySatisfy(cause -> assertThat(cause.getCode()).isEqualTo("NO_WORKER"));
    assertThat(
            WorkerServiceGrpc.newBlockingStub(gateway.channel())
                .listWorkers(dev.reeve.wire.reeve.v1.ListWorkersRequest.getDefaultInstance())
                .getWorkersList())
        .isEmpty();
  }
}
