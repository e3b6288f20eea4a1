package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ComponentRole;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A worker that speaks packets on the subjects of the contract and does only what the test says.
final class TestCapWorker implements AutoCloseable {
  private final Bus bus;
  private final String id;
  private final Optional<PrivateKey> key;
  private final List<JobRequest> requests = new CopyOnWriteArrayList<>();
  private final BusSubscription subscription;

  TestCapWorker(Bus bus, String id) {
    this(bus, id, Optional.empty());
  }

  /// @param key signs what it sends
  TestCapWorker(Bus bus, String id, Optional<PrivateKey> key) {
    this.bus = bus;
    this.id = id;
    this.key = key;
    subscription =
        bus.subscribe(
            "worker." + id + ".jobs",
            message -> {
              if (PacketCodec.read(message.bytes()) instanceof PacketReading.Read(var packet)) {
                requests.add(packet.getJobRequest());
              }
            });
  }

  List<JobRequest> requests() {
    return requests;
  }

  /// The request of a job, awaited.
  JobRequest requestOf(String jobId) {
    Await.until(jobId + " at " + id, () -> requests.stream().anyMatch(one -> is(one, jobId)));
    return requests.stream().filter(one -> is(one, jobId)).findFirst().orElseThrow();
  }

  private static boolean is(JobRequest request, String jobId) {
    return request.getJobId().equals(jobId);
  }

  void shake(String... topics) {
    send(
        "sys.handshake",
        packet()
            .setHandshake(
                Handshake.newBuilder()
                    .setComponentId(id)
                    .setRole(ComponentRole.COMPONENT_ROLE_WORKER)
                    .addSupportedVersions(1)
                    .addAllReadyTopics(List.of(topics))));
  }

  void beat(String pool) {
    beat(pool, 4);
  }

  void beat(String pool, int parallel) {
    send(
        "sys.heartbeat",
        packet()
            .setHeartbeat(
                Heartbeat.newBuilder().setWorkerId(id).setPool(pool).setMaxParallelJobs(parallel)));
  }

  /// Reports the end of an attempt.
  void report(JobRequest of, JobStatus status, String code) {
    send(
        "sys.job.result",
        packet()
            .setJobResult(
                JobResult.newBuilder()
                    .setJobId(of.getJobId())
                    .setStatus(status)
                    .setWorkerId(id)
                    .setErrorCode(code)
                    .setDispatch(of.getDispatch())));
  }

  void send(String subject, BusPacket.Builder packet) {
    BusPacket plain = packet.build();
    BusPacket sent = key.map(own -> PacketSigner.sign(plain, own)).orElse(plain);
    bus.publish(BusMessage.of(subject, Bytes.wrap(sent.toByteArray())));
  }

  BusPacket.Builder packet() {
    return PacketCodec.envelope(id, "trace-" + id, Instant.now());
  }

  @Override
  public void close() {
    subscription.close();
  }
}
