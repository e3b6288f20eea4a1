package dev.reeve.gateway.cap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.MemoryPointers;
import dev.reeve.gateway.reeve.MemoryPoolBook;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.service.KeepPools;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Bus;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.DispatchIdentity;
import dev.reeve.wire.cordum.agent.v1.JobCancel;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets that name an attempt, and those that tell a worker to stop one.
final class AttemptFenceTest {
  private static final String TOPIC = "job.open.cap";

  private final MemoryPointers pointers = new MemoryPointers();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(ReeveFixture.dialect(services, archive), CapDialect.create(services, pointers)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final CapWorkers workers =
      new CapWorkers(
          new KeepPools(
              () -> WorkerPools.NONE,
              new MemoryPoolBook(),
              gateway.services().writer(),
              gateway.services().clock()),
          WorkerMemory.NONE);
  private final CapDesk desk =
      CapDesk.start(
          bus,
          gateway.gateway().busCalls(),
          gateway.services(),
          workers,
          pointers,
          CapSettings.OPEN,
          new SecureRandom());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final TestCapWorker worker = new TestCapWorker(bus, "w1");

  /// What the desk told workers to stop.
  private final List<JobCancel> stopped = new CopyOnWriteArrayList<>();

  @BeforeEach
  void begin() {
    var _ = timer.scheduleWithFixedDelay(desk::look, 20, 20, TimeUnit.MILLISECONDS);
    bus.subscribe(
        Subjects.CANCEL,
        message -> {
          if (PacketCodec.read(message.bytes()) instanceof PacketReading.Read(var packet)
              && packet.getSenderId().equals(CapDesk.SENDER)) {
            stopped.add(packet.getJobCancel());
          }
        });
    worker.shake(TOPIC);
    worker.beat("");
    Await.until("w1 is known", () -> workers.find("w1").isPresent());
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    desk.close();
    bus.close();
    gateway.close();
  }

  private JobRequest taken(String id) {
    worker.send(
        "sys.job.submit",
        worker
            .packet()
            .setJobRequest(
                JobRequest.newBuilder().setJobId(id).setTenantId("default").setTopic(TOPIC)));
    return worker.requestOf(id);
  }

  private JobState state(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob().getState();
  }

  private static JobRequest with(JobRequest request, DispatchIdentity.Builder dispatch) {
    return request.toBuilder().setDispatch(dispatch).build();
  }

  private void cancel(JobCancel.Builder cancel) {
    worker.send("sys.job.cancel", worker.packet().setJobCancel(cancel));
  }

  @Test
  void a_result_of_another_attempt_or_worker_is_fenced() {
    JobRequest job = taken("one");
    DispatchIdentity own = job.getDispatch();

    worker.report(with(job, own.toBuilder().setAttempt(9)), JobStatus.JOB_STATUS_SUCCEEDED, "");
    worker.report(
        with(job, own.toBuilder().setAssignedWorkerId("w2")), JobStatus.JOB_STATUS_SUCCEEDED, "");
    worker.report(
        with(job, DispatchIdentity.newBuilder().setAttempt(9)), JobStatus.JOB_STATUS_SUCCEEDED, "");

    Await.until("fenced", () -> desk.counts().getOrDefault("results_fenced", 0L) == 3);
    assertThat(state("one")).isNotEqualTo(JobState.JOB_STATE_COMPLETED);
    worker.report(job, JobStatus.JOB_STATUS_SUCCEEDED, "");
    Await.value("state", JobState.JOB_STATE_COMPLETED, () -> state("one"));
  }

  @Test
  void a_cancel_of_another_attempt_stops_nothing_and_one_of_this_attempt_says_who_and_why() {
    JobRequest job = taken("one");
    JobCancel.Builder wish =
        JobCancel.newBuilder().setJobId("one").setReason("too dear").setRequestedBy("ann");

    cancel(wish.clone().setDispatch(DispatchIdentity.newBuilder().setDispatchId("other")));
    cancel(wish.clone().setDispatch(job.getDispatch().toBuilder().setAttempt(4)));
    JobRequest second = taken("two");
    cancel(JobCancel.newBuilder().setJobId("two").setDispatch(second.getDispatch()));
    Await.value("second", JobState.JOB_STATE_CANCELLED, () -> state("two"));

    assertThat(state("one")).isNotEqualTo(JobState.JOB_STATE_CANCELLED);
    cancel(wish.setDispatch(job.getDispatch()));
    Await.value("first", JobState.JOB_STATE_CANCELLED, () -> state("one"));
    Await.until("told", () -> stopped.size() == 2);
    JobCancel told = stopped.getLast();
    assertThat(told.getReason()).isEqualTo("too dear");
    assertThat(told.getRequestedBy()).isEqualTo("ann");
    assertThat(told.getDispatch()).isEqualTo(job.getDispatch());
  }

  @Test
  void a_cancel_by_a_call_tells_the_worker_why() {
    var _ = taken("one");

    var _ =
        jobs.cancelJob(
            CancelJobRequest.newBuilder().setJobId("one").setReason("changed plans").build());

    Await.until("told", () -> stopped.size() == 1);
    assertThat(stopped.getFirst().getReason()).isEqualTo("changed plans");
    assertThat(stopped.getFirst().getRequestedBy()).isNotEmpty().isNotEqualTo(CapDesk.SENDER);
  }
}
