package dev.reeve.gateway.cap;

import dev.reeve.base.Text;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Whether a packet is from whom it says. Where keys are set up, every packet is signed by its
/// sender, and one that is not stored counts once and only while it is young; a stored one may come
/// again, and whoever handles it knows it again. Safe on any thread.
final class PacketTrust {
  private static final Duration YOUNG = Duration.ofSeconds(60);
  private static final int SEEN_MAX = 200_000;

  private final SenderKeys keys;
  private final SessionMode mode;
  private final WorkerSessions sessions;
  private final ReplayWindow seen = new ReplayWindow(YOUNG, SEEN_MAX);
  private final CapMetrics metrics;

  PacketTrust(SenderKeys keys, SessionMode mode, WorkerSessions sessions, CapMetrics metrics) {
    this.metrics = metrics;
    this.keys = keys;
    this.mode = mode;
    this.sessions = sessions;
  }

  /// @param stored whether the bus may deliver it again
  /// @return why it is not believed
  Optional<PacketFault> fault(BusPacket packet, boolean stored, Instant now) {
    return keys.areRequired() ? signatureFault(packet, stored, now) : Optional.empty();
  }

  /// The same for a packet that asks for what clients may: the key of a worker is no client's.
  Optional<PacketFault> clientFault(BusPacket packet, boolean stored, Instant now) {
    return fault(packet, stored, now)
        .or(() ->
            keys.areRequired() && !keys.clients().containsKey(packet.getSenderId())
                ? Optional.of(notAllowed(packet, "client", "workers.client_keys"))
                : Optional.empty());
  }

  /// The same for a packet of a worker, which must be its own.
  Optional<PacketFault> workerFault(
      BusPacket packet, String workerId, String token, boolean stored, Instant now) {
    Optional<PacketFault> fault = fault(packet, stored, now);
    if (fault.isPresent()) {
      return fault;
    }
    if (keys.areRequired()) {
      if (!packet.getSenderId().equals(workerId)) {
        return Optional.of(invalid("sender_id: not the worker (expected: " + workerId + ")"));
      }
      if (!keys.workers().containsKey(workerId)) {
        return Optional.of(notAllowed(packet, "worker", "workers.keys"));
      }
    }
    if (mode == SessionMode.OFF || sessions.holds(token, workerId, now)) {
      return Optional.empty();
    }
    if (mode == SessionMode.WARN) {
      metrics.withoutSession.increment();
      return Optional.empty();
    }
    return Optional.of(
        new PacketFault(
            ErrorCode.ERROR_CODE_JOB_PERMISSION_DENIED,
            "auth_token: no session of this worker (expected: one from a handshake)"));
  }

  private Optional<PacketFault> signatureFault(BusPacket packet, boolean stored, Instant now) {
    if (packet.getSignature().isEmpty()) {
      return Optional.of(
          new PacketFault(
              ErrorCode.ERROR_CODE_PROTOCOL_SIGNATURE_MISSING,
              "signature: missing (expected: one of its sender)"));
    }
    Optional<PublicKey> key = keys.of(packet.getSenderId());
    if (key.isEmpty()) {
      return Optional.of(invalid("sender_id: unknown (expected: a sender whose key is set up)"));
    }
    if (!PacketSigner.verifies(packet, key.get())) {
      return Optional.of(invalid("signature: wrong (expected: that of the sender)"));
    }
    return stored ? Optional.empty() : replayFault(packet, now);
  }

  /// What is signed tells packets apart, not the signature: a sender can make many for one packet.
  private Optional<PacketFault> replayFault(BusPacket packet, Instant now) {
    String mark = Base64.getEncoder().encodeToString(PacketSigner.digest(packet));
    Instant created = PacketTimes.instant(packet.getCreatedAt());
    return switch (seen.look(mark, created, now)) {
      case FRESH -> Optional.empty();
      case REPLAYED -> Optional.of(invalid("packet: seen before (expected: each once)"));
      case SKEWED -> Optional.of(invalid("created_at: not now (expected: within 60 s)"));
      case FULL -> Optional.of(invalid("packet: too many within 60 s (expected: fewer)"));
    };
  }

  private static PacketFault notAllowed(BusPacket packet, String role, String setting) {
    return new PacketFault(
        ErrorCode.ERROR_CODE_JOB_PERMISSION_DENIED,
        "sender_id: "
            + Text.quoteForMessage(packet.getSenderId())
            + " is no "
            + role
            + " (expected: a sender with a key in "
            + setting
            + ")");
  }

  private static PacketFault invalid(String message) {
    return new PacketFault(ErrorCode.ERROR_CODE_PROTOCOL_SIGNATURE_INVALID, message);
  }
}
