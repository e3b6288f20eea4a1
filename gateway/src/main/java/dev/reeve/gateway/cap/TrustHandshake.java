package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.service.Caller;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ComponentRole;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeAuthenticate;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeChallenge;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeChallengeRequest;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeProofAlgorithm;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakePurpose;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeRejectionReason;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeResult;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Trust handshakes: a worker proves by its key that it is who it says, and gets a session. Ask for
/// a challenge, sign the challenge, receive the result; each packet is signed for its own phase,
/// holds nothing unknown, and counts once. Safe on any thread.
final class TrustHandshake {
  private static final int BYTES_MAX = 65_536;
  private static final int NONCE_BYTES = 32;
  private static final int CHALLENGES_MAX = 10_000;
  private static final int NONCES_MAX = 65_536;
  private static final String AUDIENCE = "cordum-scheduler";
  private static final Duration LIFE = Duration.ofSeconds(60);

  private final SenderKeys keys;
  private final WorkerSessions sessions;
  private final RandomGenerator random;
  private final ReplayWindow nonces = new ReplayWindow(LIFE, NONCES_MAX);

  /// Challenges that wait for their answer, oldest first.
  @GuardedBy("this")
  private final Map<String, WorkerHandshakeChallenge> open = new LinkedHashMap<>();

  TrustHandshake(SenderKeys keys, WorkerSessions sessions, RandomGenerator random) {
    this.keys = keys;
    this.sessions = sessions;
    this.random = random;
  }

  /// What a phase led to.
  ///
  /// @param answer the packet to reply with, signed
  /// @param accepted the worker's description of itself, once it has its session
  record Outcome(BusPacket answer, Optional<Handshake> accepted) {}

  /// Answers a request for a challenge.
  Outcome challenge(Bytes bytes, Instant now) {
    Optional<BusPacket> read =
        read(bytes, BusPacket.PayloadCase.WORKER_HANDSHAKE_CHALLENGE_REQUEST);
    if (read.isEmpty()) {
      return unreadable(now);
    }
    BusPacket packet = read.get();
    WorkerHandshakeChallengeRequest request = packet.getWorkerHandshakeChallengeRequest();
    WorkerHandshakeRejectionReason refused = refusal(packet, request, now);
    if (refused != WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSPECIFIED) {
      return rejected(packet, echo(request, now), refused, now);
    }
    WorkerHandshakeChallenge challenge = echo(request, now);
    remember(challenge, now);
    BusPacket answer =
        PacketCodec.envelope(CapDesk.SENDER, packet.getTraceId(), now)
            .setWorkerHandshakeChallenge(challenge)
            .build();
    return new Outcome(signed(answer), Optional.empty());
  }

  /// Answers a signed challenge.
  Outcome authenticate(Bytes bytes, Instant now) {
    Optional<BusPacket> read = read(bytes, BusPacket.PayloadCase.WORKER_HANDSHAKE_AUTHENTICATE);
    if (read.isEmpty()) {
      return unreadable(now);
    }
    BusPacket packet = read.get();
    WorkerHandshakeAuthenticate given = packet.getWorkerHandshakeAuthenticate();
    WorkerHandshakeChallenge challenge = given.getChallenge();
    if (!isSigned(packet, challenge.getWorkerId(), challenge.getProofKeyId())
        || !packet.getSenderId().equals(challenge.getWorkerId())) {
      return rejected(
          packet,
          challenge,
          WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_AUTHENTICATION_FAILED,
          now);
    }
    WorkerHandshakeRejectionReason refused = take(challenge, given.getCapabilityHandshake(), now);
    if (refused != WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSPECIFIED) {
      return rejected(packet, challenge, refused, now);
    }
    return sessions
        .open(challenge.getWorkerId(), now)
        .map(session -> accepted(packet, given, session, now))
        .orElseGet(() ->
            rejected(
                packet,
                challenge,
                WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INTERNAL_ERROR,
                now));
  }

  /// What is no packet of its phase, or holds something unknown. Nothing of it is believed, so
  /// nothing is said back.
  private Outcome unreadable(Instant now) {
    return rejected(
        BusPacket.getDefaultInstance(),
        WorkerHandshakeChallenge.getDefaultInstance(),
        WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INVALID_REQUEST,
        now);
  }

  private Optional<BusPacket> read(Bytes bytes, BusPacket.PayloadCase phase) {
    if (bytes.isEmpty() || bytes.size() > BYTES_MAX) {
      return Optional.empty();
    }
    try {
      BusPacket packet = BusPacket.parseFrom(bytes.unsafeArray());
      return packet.getPayloadCase() == phase && holdsNothingUnknown(packet)
          ? Optional.of(packet)
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static boolean holdsNothingUnknown(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      return false;
    }
    return message.getAllFields().values().stream()
        .flatMap(value -> value instanceof Iterable<?> many ? stream(many) : stream(value))
        .allMatch(value -> !(value instanceof Message inner) || holdsNothingUnknown(inner));
  }

  private static Stream<Object> stream(Object value) {
    Stream.Builder<Object> all = Stream.builder();
    if (value instanceof Iterable<?> many) {
      many.forEach(all::add);
    } else {
      all.add(value);
    }
    return all.build();
  }

  private WorkerHandshakeRejectionReason refusal(
      BusPacket packet, WorkerHandshakeChallengeRequest request, Instant now) {
    boolean formed =
        Subjects.isWorkerId(request.getWorkerId())
            && packet.getSenderId().equals(request.getWorkerId())
            && packet.hasCreatedAt()
            && !request.getRequestId().isBlank()
            && request.getClientNonce().size() == NONCE_BYTES
            && request.getAudience().equals(AUDIENCE)
            && request.getProofAlgorithm()
                == WorkerHandshakeProofAlgorithm.WORKER_HANDSHAKE_PROOF_ALGORITHM_ECDSA_P256_SHA256
            && (request.getPurpose() == WorkerHandshakePurpose.WORKER_HANDSHAKE_PURPOSE_ISSUE
                || request.getPurpose() == WorkerHandshakePurpose.WORKER_HANDSHAKE_PURPOSE_RENEW);
    if (!formed) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INVALID_REQUEST;
    }
    if (request.getProtocolVersion() != PacketCodec.PROTOCOL_VERSION) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSUPPORTED_VERSION;
    }
    if (!isSigned(packet, request.getWorkerId(), request.getProofKeyId())) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_AUTHENTICATION_FAILED;
    }
    boolean renews = request.getPurpose() == WorkerHandshakePurpose.WORKER_HANDSHAKE_PURPOSE_RENEW;
    if (renews && packet.getAuthToken().isEmpty()) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_SESSION_REQUIRED;
    }
    if (renews && !sessions.holds(packet.getAuthToken(), request.getWorkerId(), now)) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_SESSION_INVALID;
    }
    String nonce = HexFormat.of().formatHex(request.getClientNonce().toByteArray());
    return switch (nonces.look(
        request.getWorkerId() + "/" + nonce, PacketTimes.instant(packet.getCreatedAt()), now)) {
      case FRESH -> WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSPECIFIED;
      case REPLAYED ->
          WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_REPLAY_DETECTED;
      case SKEWED -> WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_CLOCK_SKEW;
      case FULL -> WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INTERNAL_ERROR;
    };
  }

  /// A key is known by the worker that it belongs to.
  private boolean isSigned(BusPacket packet, String workerId, String keyId) {
    PublicKey key = keys.workers().get(workerId);
    return key != null
        && (keyId.isEmpty() || keyId.equals(workerId))
        && PacketSigner.verifies(packet, key);
  }

  /// The challenge for a request; the same members for a refusal.
  private WorkerHandshakeChallenge echo(WorkerHandshakeChallengeRequest request, Instant now) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] id = new byte[16];
    random.nextBytes(id);
    return WorkerHandshakeChallenge.newBuilder()
        .setRequestId(request.getRequestId())
        .setChallengeId(HexFormat.of().formatHex(id))
        .setTraceId(request.getTraceId())
        .setWorkerId(request.getWorkerId())
        .setAgentId(request.getWorkerId())
        .setTenantId(Caller.TENANT_DEFAULT)
        .setProofKeyId(request.getProofKeyId())
        .setProofAlgorithm(request.getProofAlgorithm())
        .setServerKeyId(keys.ownId())
        .setAudience(AUDIENCE)
        .setPurpose(request.getPurpose())
        .setClientNonce(request.getClientNonce())
        .setServerNonce(ByteString.copyFrom(nonce))
        .setProtocolVersion(PacketCodec.PROTOCOL_VERSION)
        .setSdkVersion(request.getSdkVersion())
        .setIssuedAt(PacketTimes.timestamp(now))
        .setExpiresAt(PacketTimes.timestamp(now.plus(LIFE)))
        .build();
  }

  private synchronized void remember(WorkerHandshakeChallenge challenge, Instant now) {
    Iterator<WorkerHandshakeChallenge> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      boolean over = oldest.next().getExpiresAt().getSeconds() < now.getEpochSecond();
      if (!over && open.size() < CHALLENGES_MAX) {
        break;
      }
      oldest.remove();
    }
    open.put(challenge.getChallengeId(), challenge);
  }

  /// Takes a challenge up, once.
  private synchronized WorkerHandshakeRejectionReason take(
      WorkerHandshakeChallenge given, Handshake described, Instant now) {
    WorkerHandshakeChallenge issued = open.remove(given.getChallengeId());
    if (issued == null) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_REPLAY_DETECTED;
    }
    if (!issued.equals(given) || !described.getComponentId().equals(given.getWorkerId())) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_AUTHENTICATION_FAILED;
    }
    boolean isWorker =
        described.getRole() == ComponentRole.COMPONENT_ROLE_WORKER
            || described.getRole() == ComponentRole.COMPONENT_ROLE_UNSPECIFIED;
    if (!isWorker) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INVALID_REQUEST;
    }
    boolean speaksOurs =
        described.getSupportedVersionsCount() == 0
            || described.getSupportedVersionsList().contains(PacketCodec.PROTOCOL_VERSION);
    if (!speaksOurs) {
      return WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSUPPORTED_VERSION;
    }
    return issued.getExpiresAt().getSeconds() < now.getEpochSecond()
        ? WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_CHALLENGE_EXPIRED
        : WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSPECIFIED;
  }

  private Outcome accepted(
      BusPacket packet,
      WorkerHandshakeAuthenticate given,
      WorkerSessions.Session session,
      Instant now) {
    BusPacket answer =
        PacketCodec.envelope(CapDesk.SENDER, packet.getTraceId(), now)
            .setAuthToken(session.token())
            .setWorkerHandshakeResult(
                WorkerHandshakeResult.newBuilder()
                    .setChallenge(given.getChallenge())
                    .setAccepted(true)
                    .setTokenExpiresAt(PacketTimes.timestamp(session.expiresAt()))
                    .setIssuedAt(PacketTimes.timestamp(now)))
            .build();
    return new Outcome(signed(answer), Optional.of(given.getCapabilityHandshake()));
  }

  private Outcome rejected(
      BusPacket packet,
      WorkerHandshakeChallenge challenge,
      WorkerHandshakeRejectionReason reason,
      Instant now) {
    String trace = packet.getTraceId().isBlank() ? "none" : packet.getTraceId();
    BusPacket answer =
        PacketCodec.envelope(CapDesk.SENDER, trace, now)
            .setWorkerHandshakeResult(
                WorkerHandshakeResult.newBuilder()
                    .setChallenge(challenge)
                    .setRejectionReason(reason)
                    .setIssuedAt(PacketTimes.timestamp(now)))
            .build();
    return new Outcome(signed(answer), Optional.empty());
  }

  private BusPacket signed(BusPacket packet) {
    Optional<PrivateKey> own = keys.own();
    return own.isPresent() ? PacketSigner.sign(packet, own.get()) : packet;
  }
}
