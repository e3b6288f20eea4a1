package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.routing.FailureClass;
import dev.reeve.routing.RouteResult;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BeamlineWorkersTest {
  private static final String TOPIC = "job.open.beam";
  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final FakeClock time = new FakeClock();
  private final List<RouteResult> learned = new CopyOnWriteArrayList<>();
  private final List<String> usage = kept(ExecSubjects.USAGE);
  private final List<String> letters = kept(ExecSubjects.DEAD_LETTERS);
  private final List<String> cancels = kept(ExecSubjects.CANCEL);
  private final BeamlineWorkers workers =
      start(BeamlineWorkerSettings.of("here", "node-1").withTenants(Set.of("default", "acme")));

  private BeamlineWorkers start(BeamlineWorkerSettings settings) {
    BeamlineWorkers started =
        BeamlineWorkers.start(
            new BeamlineWorkers.Surroundings(
                bus,
                gateway.services().workers(),
                gateway.services().writer()::wake,
                learned::add,
                KeptAssignments.NONE,
                SILENCE_MAX,
                time::nanoTime,
                InstantSource.system(),
                new SecureRandom()),
            settings);
    // A result of nobody's is late only when the groups of before the start had their time.
    time.advance(SILENCE_MAX.plusSeconds(1));
    return started;
  }

  private List<String> kept(String subject) {
    List<String> messages = new CopyOnWriteArrayList<>();
    bus.subscribe(subject, message -> messages.add(message.bytes().utf8()));
    return messages;
  }

  @AfterEach
  void stop() {
    workers.close();
    bus.close();
    gateway.close();
  }

  private ForeignWorker worker(String id) {
    ForeignWorker worker = new ForeignWorker(bus, id, ExecSubjects.ASSIGN);
    worker.beat(TOPIC, 1);
    Await.until(id + " is seen", () -> isSeen(id));
    return worker;
  }

  private boolean isSeen(String id) {
    return workers.workers().stream().anyMatch(one -> one.workerId().equals(id));
  }

  private void submit(String id) {
    jobs.submitJob(
        SubmitJobRequest.newBuilder()
            .setJobId(id)
            .setTopic(TOPIC)
            .setPayload(ByteString.copyFromUtf8("{\"n\": 1}"))
            .setContentType("application/json")
            .build());
  }

  private Job get(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private void awaitState(String id, JobState state) {
    Await.value("state of " + id, state, () -> get(id).getState());
  }

  private String result(String id) {
    Iterator<GetJobResultResponse> parts =
        jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId(id).build());
    StringBuilder text = new StringBuilder(parts.next().getInfo().getContentType() + ": ");
    parts.forEachRemaining(part -> text.append(part.getChunk().toStringUtf8()));
    return text.toString();
  }

  private long count(String name) {
    return workers.counts().getOrDefault(name, -1L);
  }

  @Test
  void a_job_goes_to_a_worker_of_its_topic_and_its_output_is_the_result() {
    ForeignWorker worker = worker("w1");
    submit("one");

    WorkerAssignment given = worker.assignmentOf("one", 1);
    worker.ack(given, "accepted");
    worker.result(given, "\"status\":\"success\",\"latency_ms\":12,\"output\":{\"m\":2}");

    awaitState("one", JobState.JOB_STATE_COMPLETED);
    assertThat(result("one")).isEqualTo("application/json: {\"m\":2}");
    assertThat(given.task().type()).isEqualTo("open.beam");
    assertThat(given.tenantId()).isEqualTo("default");
    assertThat(given.options().deadlineMs()).isEqualTo(60_000);
    assertThat(given.correlation().idempotencyKey()).isEqualTo("one");
    Await.until("usage is told", () -> usage.size() == 1);
    assertThat(usage.getFirst())
        .contains("\"tenant_id\":\"default\"")
        .contains("\"event_type\":\"open.beam\"")
        .contains("\"latency_ms\":12")
        .contains("\"assignment_id\":\"" + given.assignmentId() + "\"");
    assertThat(learned).isEmpty();
  }

  @Test
  void a_job_runs_from_the_first_sign_of_its_worker() {
    ForeignWorker worker = worker("w1");
    submit("one");
    WorkerAssignment given = worker.assignmentOf("one", 1);
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_EXECUTING);
    long before = get("one").getLastEventSeq();

    worker.beat(TOPIC, 1);
    worker.ack(given, "accepted");

    Await.until("started", () -> get("one").getLastEventSeq() > before);
  }

  @Test
  void a_worker_gets_no_more_at_once_than_it_takes() {
    ForeignWorker worker = new ForeignWorker(bus, "w1", ExecSubjects.ASSIGN);
    worker.beat(TOPIC, 2);
    Await.until("seen", () -> isSeen("w1"));
    for (int i = 0; i < 5; i++) {
      submit("job-" + i);
    }

    Await.until("two are handed out", () -> worker.assignments().size() == 2);
    worker.result(worker.assignments().getFirst(), "\"status\":\"success\"");
    Await.until("then one more", () -> worker.assignments().size() == 3);
    assertThat(workers.load().inFlight()).isEqualTo(2);
  }

  @Test
  void a_fatal_error_ends_the_job_and_another_is_tried_again() {
    ForeignWorker worker = worker("w1");
    submit("fatal");
    submit("again");

    worker.result(
        worker.assignmentOf("fatal", 1),
        "\"status\":\"error\",\"error_code\":\"1001\",\"error_message\":\"n is odd\"");
    worker.result(
        worker.assignmentOf("again", 1), "\"status\":\"error\",\"error_code\":\"NETWORK_ERROR\"");
    worker.result(worker.assignmentOf("again", 2), "\"status\":\"success\",\"output\":\"text\"");

    awaitState("fatal", JobState.JOB_STATE_FAILED);
    assertThat(get("fatal").getError().getCode()).isEqualTo("INVALID_INPUT");
    assertThat(get("fatal").getError().getMessage()).isEqualTo("n is odd");
    awaitState("again", JobState.JOB_STATE_COMPLETED);
    assertThat(result("again")).isEqualTo("text/plain; charset=utf-8: text");
  }

  @Test
  void what_a_worker_rejects_is_given_out_again() {
    ForeignWorker worker = worker("w1");
    submit("one");

    worker.ack(worker.assignmentOf("one", 1), "rejected");
    worker.result(worker.assignmentOf("one", 2), "\"status\":\"success\"");

    awaitState("one", JobState.JOB_STATE_COMPLETED);
    assertThat(result("one")).isEqualTo("application/json: {}");
  }

  @Test
  void a_worker_that_falls_silent_loses_its_job_and_its_late_result_is_fenced() {
    ForeignWorker first = worker("w1");
    submit("one");
    WorkerAssignment lost = first.assignmentOf("one", 1);
    first.ack(lost, "accepted");
    Await.until("known who has it", () -> count("acks") == 1);
    time.advance(Duration.ofSeconds(20));
    ForeignWorker second = worker("w2");
    time.advance(Duration.ofSeconds(11));

    workers.look();

    WorkerAssignment again = second.assignmentOf("one", 2);
    first.result(lost, "\"status\":\"success\",\"output\":\"late\"");
    Await.until("fenced", () -> count("results_late") == 1);
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_EXECUTING);
    second.result(again, "\"status\":\"success\",\"output\":\"in time\"");
    awaitState("one", JobState.JOB_STATE_COMPLETED);
    assertThat(result("one")).endsWith(": in time");
    assertThat(workers.workers()).extracting(LiveWorker::workerId).containsExactly("w2");
    assertThat(cancels).anyMatch(text -> text.contains(lost.assignmentId()));
  }

  @Test
  void no_result_by_the_deadline_is_a_timeout_that_is_tried_again() {
    ForeignWorker worker = worker("w1");
    submit("one");
    worker.assignmentOf("one", 1);
    for (int i = 0; i < 4; i++) {
      time.advance(Duration.ofSeconds(18));
      worker.beat(TOPIC, 1);
      long beats = 2L + i;
      Await.until("beat " + i, () -> count("heartbeats") >= beats);
    }

    workers.look();

    worker.result(worker.assignmentOf("one", 2), "\"status\":\"success\"");
    awaitState("one", JobState.JOB_STATE_COMPLETED);
    assertThat(count("results_missed")).isEqualTo(1);
  }

  @Test
  void a_second_result_changes_nothing_and_tells_no_usage() {
    ForeignWorker worker = worker("w1");
    submit("one");
    WorkerAssignment given = worker.assignmentOf("one", 1);
    worker.result(given, "\"status\":\"success\",\"output\":\"first\"");
    Await.until("usage is told", () -> count("usage_emitted") == 1);

    worker.result(given, "\"status\":\"error\",\"error_code\":\"INTERNAL_ERROR\"");

    Await.until("known as a second one", () -> count("results_duplicate") == 1);
    assertThat(result("one")).endsWith(": first");
    assertThat(usage).hasSize(1);
  }

  @Test
  void a_cancelled_job_takes_no_result_and_its_worker_is_told() {
    ForeignWorker worker = worker("w1");
    submit("one");
    WorkerAssignment given = worker.assignmentOf("one", 1);

    jobs.cancelJob(CancelJobRequest.newBuilder().setJobId("one").build());
    Await.until("the worker is told", () -> cancels.size() == 1);
    worker.result(given, "\"status\":\"success\"");

    Await.until("fenced", () -> count("results_late") == 1);
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_CANCELLED);
    assertThat(cancels.getFirst()).contains(given.assignmentId());
    submit("two");
    worker.assignmentOf("two", 1);
  }

  @Test
  void garbage_goes_to_the_dead_letters_and_breaks_nothing() {
    ForeignWorker worker = worker("w1");
    List<String> garbage =
        List.of(
            "",
            "\u0000\u0001\u0002",
            "[1,2]",
            "{\"status\":\"success\"}",
            "{\"assignment_id\":\"a\",\"status\":\"maybe\"}",
            "{\"assignment_id\":\"a\",\"status\":\"success\",\"latency_ms\":-1}",
            "{\"assignment_id\":\"a\",\"status\":\"success\",\"cost\":1e999}",
            "{\"assignment_id\":\"" + "x".repeat(2_000) + "\",\"status\":\"success\"}",
            "{\"a\":".repeat(500) + "1" + "}".repeat(500),
            "{\"assignment_id\":\"a\",\"assignment_id\":\"b\",\"status\":\"success\"}");
    garbage.forEach(text -> worker.send(ExecSubjects.RESULT, Map.of(), text));
    garbage.forEach(text -> worker.send(ExecSubjects.ACK, Map.of(), text));
    garbage.forEach(text -> worker.send(ExecSubjects.HEARTBEAT, Map.of(), text));
    Await.until("all are buried", () -> letters.size() == 2 * garbage.size());

    submit("one");
    worker.result(worker.assignmentOf("one", 1), "\"status\":\"success\"");

    awaitState("one", JobState.JOB_STATE_COMPLETED);
    assertThat(letters)
        .allSatisfy(letter ->
            assertThat(letter)
                .contains("\"reason\":\"validation_failed\"")
                .contains("\"validation_error\":{\"code\":\"WORKER_MESSAGE_INVALID\"")
                .contains("\"original_payload_hash\":"));
  }

  @Test
  void a_result_of_another_tenant_is_given_back_and_not_taken() {
    ForeignWorker worker = worker("w1");
    submit("one");
    WorkerAssignment given = worker.assignmentOf("one", 1);

    worker.send(
        ExecSubjects.RESULT,
        Map.of("tenant_id", "acme"),
        "{\"assignment_id\":\"" + given.assignmentId() + "\",\"status\":\"success\"}");
    worker.send(
        ExecSubjects.RESULT,
        Map.of(),
        "{\"assignment_id\":\"a\",\"tenant_id\":\"evil\",\"status\":\"success\"}");

    Await.until("both are refused", () -> count("tenants_rejected") >= 2);
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_EXECUTING);
    assertThat(count("contract_violations")).isPositive();
  }

  @Test
  void a_job_that_no_message_can_hold_fails_by_name() {
    worker("w1");

    jobs.submitJob(
        SubmitJobRequest.newBuilder()
            .setJobId("huge")
            .setTopic(TOPIC)
            .setPayload(ByteString.copyFrom(new byte[1024 * 1024]))
            .build());

    awaitState("huge", JobState.JOB_STATE_FAILED);
    assertThat(get("huge").getError().getCode()).isEqualTo("ASSIGNMENT_TOO_LARGE");
    submit("small");
    Await.until("the next one is handed out", () -> workers.load().inFlight() == 1);
  }

  @Test
  void a_worker_that_serves_no_topic_is_listed_and_gets_nothing() {
    bus.publish(
        BusMessage.of(
            "caf.status.heartbeat.v1",
            Bytes.utf8(
                "{\"worker_id\":\"idle\",\"timestamp\":\"2026-01-01T00:00:00Z\","
                    + "\"status\":\"idle\",\"load\":0.5}")));
    Await.until("idle is seen", () -> isSeen("idle"));

    assertThat(workers.withoutTopics()).hasSize(1);
    assertThat(workers.withoutTopics().values())
        .extracting(idle -> idle.facts().name())
        .containsExactly("idle");
    ForeignWorker _ = worker("w1");
    assertThat(workers.withoutTopics()).isEmpty();
  }

  @Test
  void workers_on_a_subject_of_their_own_serve_their_own_topics() {
    ForeignWorker mine = new ForeignWorker(bus, "mine", "caf.exec.assign.v1.gpu");
    mine.beat("job.open.gpu", 4);
    Await.until("seen", () -> isSeen("mine"));
    ForeignWorker other = worker("w1");

    jobs.submitJob(SubmitJobRequest.newBuilder().setJobId("g").setTopic("job.open.gpu").build());

    mine.result(mine.assignmentOf("g", 1), "\"status\":\"success\"");
    awaitState("g", JobState.JOB_STATE_COMPLETED);
    assertThat(other.assignments()).isEmpty();
    assertThat(workers.workers())
        .extracting(LiveWorker::subject)
        .containsExactly("caf.exec.assign.v1.gpu", ExecSubjects.ASSIGN);
  }

  @Test
  void decided_work_is_published_and_the_router_learns_once_from_its_result() {
    ForeignWorker worker = new ForeignWorker(bus, "w1", ExecSubjects.ASSIGN);

    String id = workers.assignments().push(order()).join();

    Await.until("assigned", () -> worker.assignments().size() == 1);
    WorkerAssignment given = worker.assignments().getFirst();
    assertThat(given.assignmentId()).isEqualTo(id).matches("[0-9a-f-]{14}4[0-9a-f-]{21}");
    assertThat(given.options().deadlineMs()).isEqualTo(5_000);
    assertThat(given.options().priority()).isEqualTo(50);
    worker.result(given, "\"status\":\"timeout\",\"latency_ms\":900");
    worker.result(given, "\"status\":\"success\",\"latency_ms\":1");
    Await.until("the second is known", () -> count("results_duplicate") == 1);
    assertThat(learned).hasSize(1);
    assertThat(learned.getFirst().policyId()).isEqualTo("chat_default");
    assertThat(learned.getFirst().policyVersion()).isEqualTo(3);
    assertThat(learned.getFirst().failure()).isEqualTo(FailureClass.TIMEOUT);
    assertThat(learned.getFirst().latencyMs()).isEqualTo(900);
    Await.until("usage is told", () -> usage.size() == 1);
  }

  @Test
  void decided_work_is_billed_to_the_provider_that_ran_it() {
    ForeignWorker worker = new ForeignWorker(bus, "w1", ExecSubjects.ASSIGN);
    String id = workers.assignments().push(order()).join();

    worker.send(
        ExecSubjects.RESULT,
        Map.of(),
        "{\"assignment_id\":\"%s\",\"tenant_id\":\"acme\",\"status\":\"success\",\"provider_id\":\"of_before\"}"
            .formatted(id));

    Await.until("usage is told", () -> usage.size() == 1);
    assertThat(usage.getFirst()).contains("\"provider_id\":\"of_before\"");
    assertThat(learned.getFirst().providerId()).isEqualTo("of_before");
  }

  @Test
  void a_worker_that_was_told_to_stop_cancels_the_job() {
    ForeignWorker worker = worker("w1");
    submit("stopped");

    worker.result(worker.assignmentOf("stopped", 1), "\"status\":\"cancelled\",\"latency_ms\":1");

    awaitState("stopped", JobState.JOB_STATE_CANCELLED);
  }

  @Test
  void a_result_may_name_the_request_alone_or_come_as_protobuf() {
    ForeignWorker worker = new ForeignWorker(bus, "w1", ExecSubjects.ASSIGN);
    workers.assignments().push(order()).join();

    worker.send(
        ExecSubjects.RESULT,
        Map.of(),
        "{\"request_id\":\"r-1\",\"tenant_id\":\"acme\",\"status\":\"success\"}");
    Await.until("learned", () -> learned.size() == 1);
    String id = workers.assignments().push(order()).join();
    bus.publish(
        dev.reeve.service.bus.BusMessage.of(
            ExecSubjects.RESULT,
            dev.reeve.base.Bytes.wrap(
                dev.reeve.wire.beamline.worker.v1.ExecResult.newBuilder()
                    .setAssignmentId(id)
                    .setStatus("error")
                    .setErrorCode("3001")
                    .build()
                    .toByteArray())));

    Await.until("learned again", () -> learned.size() == 2);
    assertThat(learned.get(1).failure()).isEqualTo(FailureClass.CONNECTION_ERROR);
  }

  @Test
  void work_whose_cause_comes_again_has_the_same_id_and_is_published_once() {
    ForeignWorker worker = new ForeignWorker(bus, "w1", ExecSubjects.ASSIGN);

    String id = workers.assignments().push(order("S:1@t")).join();
    String again = workers.assignments().push(order("S:1@t")).join();
    String other = workers.assignments().push(order("S:1@later")).join();

    assertThat(id).isEqualTo(again).matches("[0-9a-f-]{14}4[0-9a-f-]{4}[89ab][0-9a-f-]{16}");
    assertThat(other).isNotEqualTo(id);
    Await.until("assigned", () -> worker.assignments().size() == 2);
    assertThat(worker.assignments())
        .extracting(WorkerAssignment::assignmentId)
        .containsExactly(id, other);
  }

  @Test
  void work_that_is_out_of_bounds_is_not_published() {
    AssignmentOrder order = order();
    AssignmentOrder elsewhere =
        new AssignmentOrder(
            "sys.job.cancel",
            order.tenantId(),
            order.requestId(),
            order.task(),
            order.correlation(),
            order.choice(),
            "",
            "",
            "",
            "",
            "");

    assertThat(workers.assignments().push(elsewhere))
        .isCompletedExceptionally()
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withMessageContaining("assignment_subject");
  }

  private static AssignmentOrder order() {
    return order("");
  }

  private static AssignmentOrder order(String cause) {
    return new AssignmentOrder(
        "",
        "acme",
        "r-1",
        new AssignmentOrder.Task("chat", "", "{\"text\":\"hello\"}"),
        AssignmentOrder.Correlation.NONE,
        new AssignmentOrder.Choice(
            "openai:gpt-4o", "weighted", 50, 250, 0.001, Map.of(), "chat_default", 3),
        "",
        "",
        "",
        "",
        cause);
  }
}
