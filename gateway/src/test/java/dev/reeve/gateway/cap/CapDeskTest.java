package dev.reeve.gateway.cap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.MemoryPointers;
import dev.reeve.gateway.reeve.MemoryPoolBook;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobCommand;
import dev.reeve.service.Caller;
import dev.reeve.service.KeepPools;
import dev.reeve.service.PoolOrder;
import dev.reeve.service.Role;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.Compensation;
import dev.reeve.wire.cordum.agent.v1.DispatchIdentity;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.SetPoolStatusRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Workers of the agent protocol on a bus in process.
final class CapDeskTest {
  private static final String TOPIC = "job.open.cap";
  private static final Caller OPERATOR =
      new Caller("op", Role.ADMIN, true, "default", "", "reeve", "", "here", "");

  private final MemoryPointers pointers = new MemoryPointers();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(ReeveFixture.dialect(services, archive), CapDialect.create(services, pointers)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final MemoryPoolBook book = new MemoryPoolBook();
  private final KeepPools pools =
      new KeepPools(
          () -> WorkerPools.NONE, book, gateway.services().writer(), gateway.services().clock());
  private final CapWorkers workers = new CapWorkers(pools, WorkerMemory.NONE);
  private volatile CapDesk desk = start();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  CapDeskTest() {
    var _ = timer.scheduleWithFixedDelay(() -> desk.look(), 20, 20, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    desk.close();
    bus.close();
    gateway.close();
  }

  private CapDesk start() {
    return CapDesk.start(
        bus,
        gateway.gateway().busCalls(),
        gateway.services(),
        workers,
        pointers,
        CapSettings.OPEN,
        new SecureRandom());
  }

  /// As when a server dies with a report in its hands: the bus gives it to the next one.
  private void diesWith(int count, Runnable reports) {
    desk.close();
    BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
    BusSubscription dying =
        bus.consume(
            ConsumerSpec.of("CORDUM_SYS", "dur_cordum-scheduler__sys_job_result", Subjects.RESULT),
            taken::add);
    reports.run();
    Await.until("taken", () -> taken.size() == count);
    dying.close();
    desk = start();
    taken.forEach(report -> report.nak(Duration.ZERO));
  }

  private TestCapWorker worker(String id, String pool) {
    TestCapWorker worker = new TestCapWorker(bus, id);
    worker.shake(TOPIC);
    worker.beat(pool);
    Await.until(id + " is known", () -> workers.find(id).isPresent());
    return worker;
  }

  private void submit(TestCapWorker sender, JobRequest.Builder job) {
    sender.send("sys.job.submit", sender.packet().setJobRequest(job.setTopic(TOPIC)));
  }

  private static JobRequest.Builder step(String id) {
    return JobRequest.newBuilder()
        .setJobId(id)
        .setTenantId("default")
        .setWorkflowId("wf-1")
        .setCompensation(Compensation.newBuilder().setTopic(TOPIC));
  }

  private void awaitState(String id, JobState state) {
    Await.value(
        "state of " + id,
        state,
        () -> jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob().getState());
  }

  private long count(String name) {
    return desk.counts().getOrDefault(name, -1L);
  }

  private void done(TestCapWorker worker, String id) {
    worker.report(worker.requestOf(id), JobStatus.JOB_STATUS_SUCCEEDED, "");
    awaitState(id, JobState.JOB_STATE_COMPLETED);
  }

  /// The worker has reported the failure, and nothing of it is under way any more.
  private void lost(TestCapWorker worker, JobRequest failing) {
    worker.report(failing, JobStatus.JOB_STATUS_FAILED, "E_LOST");
    awaitState(failing.getJobId(), JobState.JOB_STATE_FAILED);
    CapWorker held = workers.worker(failing.getDispatch().getAssignedWorkerId()).orElseThrow();
    Await.until(
        "settled",
        () -> held.attempt(DispatchIdentity.getDefaultInstance(), failing.getJobId()).isEmpty());
  }

  /// The failure is committed, and nobody has begun to roll back.
  private void lostForGood(JobRequest failing) {
    CapWorker held = workers.worker(failing.getDispatch().getAssignedWorkerId()).orElseThrow();
    DispatchId dispatch = held.attempt(failing.getDispatch(), failing.getJobId()).orElseThrow();
    held.session().orElseThrow().ended(dispatch, JobCommand.Ending.FATAL, "E_LOST", "", false, 0);
    awaitState(failing.getJobId(), JobState.JOB_STATE_FAILED);
  }

  @Test
  void a_fatal_failure_rolls_its_workflow_back_and_is_counted() {
    TestCapWorker worker = worker("w1", "");
    for (String id : List.of("one", "two")) {
      submit(worker, step(id));
      done(worker, id);
    }
    submit(worker, step("three"));
    JobRequest failing = worker.requestOf("three");

    worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST");

    awaitState("three", JobState.JOB_STATE_FAILED);
    worker.requestOf("two.compensation");
    assertThat(worker.requests())
        .as("the older step waits for the newer one")
        .noneMatch(request -> request.getJobId().equals("one.compensation"));
    done(worker, "two.compensation");
    done(worker, "one.compensation");
    Await.until("counted", () -> count("saga_compensations") == 2);
    assertThat(desk.counts())
        .containsEntry("saga_rollbacks", 1L)
        .containsEntry("saga_compensations_refused", 0L)
        .containsEntry("jobs_received", 3L)
        .containsEntry("jobs_dispatched", 5L)
        .containsEntry("results", 5L);
  }

  @Test
  void a_rollback_that_was_cut_short_goes_on_when_its_report_comes_again() {
    TestCapWorker worker = worker("w1", "");
    submit(worker, step("one"));
    done(worker, "one");
    submit(worker, step("two"));
    JobRequest failing = worker.requestOf("two");
    lostForGood(failing);

    diesWith(1, () -> worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST"));

    done(worker, "one.compensation");
    diesWith(1, () -> worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST"));
    Await.until("looked at again", () -> count("saga_rollbacks") == 1);
    assertThat(worker.requests()).hasSize(3);
  }

  @Test
  void a_failure_that_was_not_fatal_is_rolled_back_by_no_later_word() {
    TestCapWorker worker = worker("w1", "");
    submit(worker, step("one"));
    done(worker, "one");
    submit(worker, step("two"));
    JobRequest failing = worker.requestOf("two");
    lost(worker, failing);

    diesWith(1, () -> worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST"));

    Await.until("settled", () -> count("results_fenced") == 1);
    assertThat(desk.counts()).containsEntry("saga_rollbacks", 0L);
  }

  @Test
  void a_fatal_report_that_did_not_end_the_job_rolls_nothing_back() {
    TestCapWorker worker = worker("w1", "");
    submit(worker, step("one"));
    done(worker, "one");
    submit(worker, step("two"));
    JobRequest failing = worker.requestOf("two");
    JobRequest unnamed = failing.toBuilder().clearDispatch().build();
    lost(worker, failing);
    TestCapWorker other = worker("w2", "");

    worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST");
    other.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST");
    Await.until("settled", () -> count("results_fenced") == 2);
    diesWith(
        2,
        () -> {
          other.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST");
          worker.report(unnamed, JobStatus.JOB_STATUS_FAILED_FATAL, "E_LOST");
        });

    Await.until("settled again", () -> count("results_fenced") == 2);
    assertThat(desk.counts()).containsEntry("saga_rollbacks", 0L);
  }

  @Test
  void a_fatal_report_of_another_failure_rolls_nothing_back() {
    TestCapWorker worker = worker("w1", "");
    submit(worker, step("one"));
    done(worker, "one");
    submit(worker, step("two"));
    JobRequest failing = worker.requestOf("two");
    lost(worker, failing);

    worker.report(failing, JobStatus.JOB_STATUS_FAILED_FATAL, "E_OTHER");

    Await.until("settled", () -> count("results") == 3 && count("results_fenced") == 1);
    assertThat(desk.counts()).containsEntry("saga_rollbacks", 0L);
  }

  @Test
  void a_result_ends_the_job_as_it_says() {
    TestCapWorker worker = worker("w1", "");
    for (String id : List.of("late", "failed", "denied")) {
      submit(worker, JobRequest.newBuilder().setJobId(id).setTenantId("default"));
    }

    worker.report(worker.requestOf("late"), JobStatus.JOB_STATUS_TIMEOUT, "SLOW");
    worker.report(worker.requestOf("failed"), JobStatus.JOB_STATUS_FAILED, "BROKEN");
    worker.report(worker.requestOf("denied"), JobStatus.JOB_STATUS_DENIED, "NOT_HERE");

    awaitState("late", JobState.JOB_STATE_TIMED_OUT);
    awaitState("failed", JobState.JOB_STATE_FAILED);
    awaitState("denied", JobState.JOB_STATE_DENIED);
  }

  @Test
  void workers_of_a_draining_pool_finish_what_they_have_and_get_nothing_more() {
    TestCapWorker worker = worker("w1", "batch");
    submit("one");
    worker.requestOf("one");

    pools.set(OPERATOR, "batch", WorkerPools.Status.DRAINING, Duration.ofMinutes(5), "a new disk");
    Await.until("it is told", () -> workers.find("w1").orElseThrow().draining());
    submit("two");
    done(worker, "one");

    assertThat(worker.requests()).hasSize(1);
    assertThat(book.read())
        .extracting(PoolOrder::pool, PoolOrder::by, PoolOrder::reason)
        .containsExactly(tuple("batch", "op", "a new disk"));
    pools.set(OPERATOR, "batch", WorkerPools.Status.ACTIVE, Duration.ofMinutes(5), "");
    done(worker, "two");
    assertThat(book.read()).isEmpty();
  }

  private void submit(String id) {
    var _ =
        jobs.submitJob(
            SubmitJobRequest.newBuilder()
                .setJobId(id)
                .setTopic(TOPIC)
                .setPayload(ByteString.copyFromUtf8("{}"))
                .build());
  }

  @Test
  void a_pool_that_nobody_knows_cannot_drain() {
    PoolServiceGrpc.PoolServiceBlockingStub api =
        PoolServiceGrpc.newBlockingStub(gateway.channel());

    assertThatThrownBy(() ->
            api.setPoolStatus(
                SetPoolStatusRequest.newBuilder()
                    .setName("nowhere")
                    .setStatus(PoolStatus.POOL_STATUS_DRAINING)
                    .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND")
        .hasMessageContaining("reeve pools");
    assertThatThrownBy(
            () -> api.setPoolStatus(SetPoolStatusRequest.newBuilder().setName("nowhere").build()))
        .hasMessageContaining("status: ");
  }

  @Test
  void jobs_wait_in_their_queue_while_the_store_of_inputs_does_not_answer() {
    pointers.share();
    TestCapWorker worker = worker("w1", "");
    pointers.away(true);
    submit("one");

    Await.until("told", () -> desk.trouble().contains("Redis does not answer"));
    submit("two");
    pointers.away(false);

    done(worker, "one");
    done(worker, "two");
    assertThat(desk.trouble()).isEmpty();
    assertThat(count("jobs_not_sent")).isEqualTo(1);
  }

  @Test
  void a_worker_that_takes_fewer_jobs_at_once_gets_no_more() {
    TestCapWorker worker = worker("w1", "");
    worker.beat("", 2);
    Await.value("jobs at once", 2, () -> workers.find("w1").orElseThrow().parallelMax());
    for (String id : List.of("one", "two", "three", "four", "five")) {
      submit(id);
    }

    Await.until("two are there", () -> worker.requests().size() >= 2);
    String first = worker.requests().getFirst().getJobId();
    done(worker, first);
    Await.until("the next is there", () -> worker.requests().size() >= 3);

    assertThat(worker.requests()).hasSize(3);
  }

  @Test
  void sessions_outlive_a_restart() {
    List<WorkerMemory.Session> kept = new ArrayList<>();
    WorkerMemory memory =
        new WorkerMemory() {
          @Override
          public void remember(String workerId, List<String> topics) {}

          @Override
          public List<String> recall(String workerId) {
            return List.of();
          }

          @Override
          public void remember(Session session) {
            kept.add(session);
          }

          @Override
          public List<Session> sessions() {
            return kept;
          }
        };
    var now = gateway.services().clock().instant();
    WorkerSessions before = new WorkerSessions(new SecureRandom(), memory, new CapMetrics());
    String token = before.open("w1", now).orElseThrow().token();

    WorkerSessions after = new WorkerSessions(new SecureRandom(), memory, new CapMetrics());

    assertThat(after.holds(token, "w1", now)).isTrue();
    assertThat(after.holds(token, "w2", now)).isFalse();
    assertThat(after.holds(token, "w1", now.plus(WorkerSessions.LIFE))).isFalse();
    assertThat(kept.toString()).doesNotContain(token);
  }
}
