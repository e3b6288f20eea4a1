package dev.reeve.gateway.cap;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.reeve.base.Bytes;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import java.time.Instant;
import java.util.Optional;

/// Packets from bytes and to bytes. What comes is not trusted: it is bounded before it is parsed,
/// and checked before anybody looks at its payload. Stateless.
final class PacketCodec {
  /// Largest ordinary packet.
  static final int BYTES_MAX = 1024 * 1024;

  /// The one version there is.
  static final int PROTOCOL_VERSION = 1;

  private static final int NAME_LENGTH_MAX = 256;

  private PacketCodec() {}

  static PacketReading read(Bytes bytes) {
    if (bytes.isEmpty() || bytes.size() > BYTES_MAX) {
      return faulty("packet: " + bytes.size() + " bytes (expected: 1 to 1 MiB)");
    }
    BusPacket packet;
    try {
      packet = BusPacket.parseFrom(bytes.unsafeArray());
    } catch (InvalidProtocolBufferException e) {
      return faulty("packet: unreadable (expected: cordum.agent.v1.BusPacket)");
    }
    return check(packet);
  }

  /// The job that a packet asks for, whatever else is wrong with it; empty when it names none.
  static Optional<JobRequest> jobOf(Bytes bytes) {
    if (bytes.isEmpty() || bytes.size() > BYTES_MAX) {
      return Optional.empty();
    }
    try {
      JobRequest job = BusPacket.parseFrom(bytes.unsafeArray()).getJobRequest();
      return isName(job.getJobId()) ? Optional.of(job) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static PacketReading check(BusPacket packet) {
    if (packet.getPayloadCase() == BusPacket.PayloadCase.PAYLOAD_NOT_SET) {
      return new PacketReading.Faulty(
          new PacketFault(
              ErrorCode.ERROR_CODE_PROTOCOL_UNKNOWN_PAYLOAD,
              "payload: none that is known (expected: one)"));
    }
    if (packet.getProtocolVersion() != PROTOCOL_VERSION) {
      return new PacketReading.Faulty(
          new PacketFault(
              ErrorCode.ERROR_CODE_PROTOCOL_VERSION_MISMATCH,
              "protocol_version: " + packet.getProtocolVersion() + " (expected: 1)"));
    }
    if (!isName(packet.getTraceId())) {
      return faulty("trace_id: blank or long (expected: 1 to 256 characters)");
    }
    if (!isName(packet.getSenderId())) {
      return faulty("sender_id: blank or long (expected: 1 to 256 characters)");
    }
    if (!packet.hasCreatedAt()) {
      return faulty("created_at: missing (expected: a time)");
    }
    return PayloadChecks.fault(packet)
        .<PacketReading>map(PacketReading.Faulty::new)
        .orElseGet(() -> new PacketReading.Read(packet));
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= NAME_LENGTH_MAX;
  }

  private static PacketReading faulty(String message) {
    return new PacketReading.Faulty(PacketFault.malformed(message));
  }

  /// The envelope of a packet of ours.
  static BusPacket.Builder envelope(String sender, String traceId, Instant now) {
    return BusPacket.newBuilder()
        .setTraceId(traceId)
        .setSenderId(sender)
        .setProtocolVersion(PROTOCOL_VERSION)
        .setCreatedAt(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
  }
}
