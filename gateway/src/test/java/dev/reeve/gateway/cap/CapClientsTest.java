package dev.reeve.gateway.cap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.MemoryPointers;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobCancel;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.cordum.agent.v1.SystemAlert;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where keys are set up, a worker does what workers do and a client what clients do.
final class CapClientsTest {
  private static final String TOPIC = "job.open.cap";
  private static final KeyPair WORKER = keys();
  private static final KeyPair CLIENT = keys();
  private static final KeyPair BOTH = keys();

  private final MemoryPointers pointers = new MemoryPointers();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(ReeveFixture.dialect(services, archive), CapDialect.create(services, pointers)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final CapWorkers workers = new CapWorkers(() -> WorkerPools.NONE, WorkerMemory.NONE);
  private final CapDesk desk =
      CapDesk.start(
          bus,
          gateway.gateway().busCalls(),
          gateway.services(),
          workers,
          pointers,
          new CapSettings(
              new SenderKeys(
                  Optional.empty(),
                  "",
                  Map.of("worker", WORKER.getPublic(), "both", BOTH.getPublic()),
                  Map.of("client", CLIENT.getPublic(), "both", BOTH.getPublic())),
              SessionMode.OFF,
              false),
          new SecureRandom());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<SystemAlert> alerts = new CopyOnWriteArrayList<>();
  private final TestCapWorker worker = sender("worker", WORKER);
  private final TestCapWorker client = sender("client", CLIENT);
  private final TestCapWorker both = sender("both", BOTH);

  CapClientsTest() {
    var _ = timer.scheduleWithFixedDelay(desk::look, 20, 20, TimeUnit.MILLISECONDS);
    bus.subscribe(
        Subjects.ALERT,
        message -> {
          if (PacketCodec.read(message.bytes()) instanceof PacketReading.Read(var packet)) {
            alerts.add(packet.getAlert());
          }
        });
    worker.shake(TOPIC);
    worker.beat("");
    Await.until("worker is known", () -> workers.find("worker").isPresent());
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    desk.close();
    bus.close();
    gateway.close();
  }

  private TestCapWorker sender(String id, KeyPair keys) {
    return new TestCapWorker(bus, id, Optional.of(keys.getPrivate()));
  }

  private static void submit(TestCapWorker sender, String id) {
    sender.send(
        Subjects.SUBMIT,
        sender
            .packet()
            .setJobRequest(
                JobRequest.newBuilder().setJobId(id).setTenantId("default").setTopic(TOPIC)));
  }

  private static void cancel(TestCapWorker sender, String id) {
    sender.send(Subjects.CANCEL, sender.packet().setJobCancel(JobCancel.newBuilder().setJobId(id)));
  }

  private JobState state(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob().getState();
  }

  private long count(String name) {
    return desk.counts().getOrDefault(name, -1L);
  }

  private void awaitRefused(long count) {
    Await.value("packets refused", count, () -> count("packets_refused"));
  }

  @Test
  void a_worker_cancels_no_job_by_its_key() {
    submit(client, "one");
    JobRequest running = worker.requestOf("one");

    cancel(worker, "one");

    awaitRefused(1);
    Await.until("alert", () -> !alerts.isEmpty());
    assertThat(alerts.getFirst().getErrorCodeEnum())
        .isEqualTo(ErrorCode.ERROR_CODE_JOB_PERMISSION_DENIED);
    assertThat(alerts.getFirst().getMessage())
        .contains("sys.job.cancel", "\"worker\"", "workers.client_keys");
    worker.report(running, JobStatus.JOB_STATUS_SUCCEEDED, "");
    Await.value("state", JobState.JOB_STATE_COMPLETED, () -> state("one"));
  }

  @Test
  void a_client_cancels_and_so_does_a_worker_that_is_a_client_too() {
    submit(client, "one");
    submit(both, "two");
    worker.requestOf("one");
    worker.requestOf("two");

    cancel(client, "one");
    cancel(both, "two");

    Await.value("state", JobState.JOB_STATE_CANCELLED, () -> state("one"));
    Await.value("state", JobState.JOB_STATE_CANCELLED, () -> state("two"));
    assertThat(count("packets_refused")).isZero();
  }

  @Test
  void a_worker_submits_no_job_by_its_key() {
    submit(worker, "one");

    awaitRefused(1);
    submit(client, "two");
    worker.requestOf("two");
    assertThat(worker.requests()).hasSize(1);
    assertThat(status("one")).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void a_client_takes_no_jobs_by_its_key_and_reports_none() {
    client.shake(TOPIC);
    client.beat("");
    awaitRefused(2);
    submit(client, "one");
    JobRequest running = worker.requestOf("one");

    client.report(running, JobStatus.JOB_STATUS_FAILED, "BROKEN");

    awaitRefused(3);
    assertThat(workers.find("client")).isEmpty();
    worker.report(running, JobStatus.JOB_STATUS_SUCCEEDED, "");
    Await.value("state", JobState.JOB_STATE_COMPLETED, () -> state("one"));
  }

  @Test
  void nobody_cancels_in_the_name_of_a_client() {
    submit(client, "one");
    JobRequest running = worker.requestOf("one");
    TestCapWorker forger = sender("client", WORKER);

    cancel(forger, "one");
    bus.publish(
        BusMessage.of(
            Subjects.CANCEL,
            Bytes.wrap(
                client
                    .packet()
                    .setJobCancel(JobCancel.newBuilder().setJobId("one"))
                    .build()
                    .toByteArray())));

    awaitRefused(2);
    worker.report(running, JobStatus.JOB_STATUS_SUCCEEDED, "");
    Await.value("state", JobState.JOB_STATE_COMPLETED, () -> state("one"));
  }

  private Status.Code status(String id) {
    try {
      var _ = state(id);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
