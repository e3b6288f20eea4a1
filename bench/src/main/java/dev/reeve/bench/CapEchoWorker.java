package dev.reeve.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.reeve.base.Bytes;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ComponentRole;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import java.time.Instant;
import java.util.UUID;

/// A worker of the agent protocol that gives every input back: its result points to the input. It
/// reads and writes no pointers, so what is measured is the protocol.
final class CapEchoWorker {
  private static final String ID = "bench-cap";

  private final Bus bus;
  private final Failure failure;

  private CapEchoWorker(Bus bus, Failure failure) {
    this.bus = bus;
    this.failure = failure;
  }

  static AutoCloseable start(Bus bus, String topic, int parallel, Failure failure) {
    CapEchoWorker worker = new CapEchoWorker(bus, failure);
    bus.subscribe("worker." + ID + ".jobs", worker::run);
    worker.send(
        "sys.handshake",
        packet()
            .setHandshake(
                Handshake.newBuilder()
                    .setComponentId(ID)
                    .setRole(ComponentRole.COMPONENT_ROLE_WORKER)
                    .addSupportedVersions(1)
                    .setSdkVersion("bench")
                    .addReadyTopics(topic)
                    .setAgentName("bench")));
    return BusBeat.start(() ->
        worker.send(
            "sys.heartbeat",
            packet()
                .setHeartbeat(
                    Heartbeat.newBuilder().setWorkerId(ID).setMaxParallelJobs(parallel))));
  }

  private void run(BusMessage message) {
    JobRequest job;
    try {
      job = BusPacket.parseFrom(message.bytes().unsafeArray()).getJobRequest();
    } catch (InvalidProtocolBufferException e) {
      failure.is(e);
      return;
    }
    send(
        "sys.job.result",
        packet()
            .setJobResult(
                JobResult.newBuilder()
                    .setJobId(job.getJobId())
                    .setStatus(JobStatus.JOB_STATUS_SUCCEEDED)
                    .setResultPtr(job.getContextPtr())
                    .setWorkerId(ID)
                    .setExecutionMs(1)
                    .setDispatch(job.getDispatch())));
  }

  private static BusPacket.Builder packet() {
    Instant now = Instant.now();
    return BusPacket.newBuilder()
        .setTraceId(UUID.randomUUID().toString())
        .setSenderId(ID)
        .setProtocolVersion(1)
        .setCreatedAt(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
  }

  private void send(String subject, BusPacket.Builder packet) {
    bus.publish(BusMessage.of(subject, Bytes.wrap(packet.build().toByteArray())));
  }
}
