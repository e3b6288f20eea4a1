package dev.reeve.gateway.cap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ComponentRole;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeAuthenticate;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeChallenge;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeChallengeRequest;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeProofAlgorithm;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakePurpose;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeRejectionReason;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Who is believed: signatures, replays, sessions, and both handshakes.
class TrustTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final KeyPair WORKER = keys();
  private static final KeyPair CLIENT = keys();
  private static final KeyPair SERVER = keys();
  private static final SenderKeys KEYS =
      new SenderKeys(
          Optional.of(SERVER.getPrivate()),
          "scheduler",
          Map.of("w1", WORKER.getPublic()),
          Map.of("c1", CLIENT.getPublic()));

  private final WorkerSessions sessions =
      new WorkerSessions(new SplittableRandom(1), WorkerMemory.NONE, new CapMetrics());
  private final TrustHandshake handshake =
      new TrustHandshake(KEYS, sessions, new SplittableRandom(2));

  @Test
  void where_keys_are_set_up_each_packet_is_signed_and_counts_once() {
    PacketTrust trust = new PacketTrust(KEYS, SessionMode.OFF, sessions, new CapMetrics());
    BusPacket unsigned = beat("w1");
    BusPacket signed = PacketSigner.sign(unsigned, WORKER.getPrivate());

    assertThat(code(trust.fault(unsigned, false, NOW)))
        .isEqualTo(ErrorCode.ERROR_CODE_PROTOCOL_SIGNATURE_MISSING);
    assertThat(trust.fault(signed, false, NOW)).isEmpty();
    assertThat(trust.fault(PacketSigner.sign(unsigned, WORKER.getPrivate()), false, NOW))
        .as("the same packet signed again")
        .isPresent();
    assertThat(trust.fault(signed, true, NOW)).as("a stored packet may come again").isEmpty();
    assertThat(trust.fault(signed, false, NOW.plusSeconds(120))).isPresent();
  }

  @Test
  void nobody_speaks_for_another_worker() {
    PacketTrust trust = new PacketTrust(KEYS, SessionMode.OFF, sessions, new CapMetrics());
    BusPacket signed = PacketSigner.sign(beat("w1"), WORKER.getPrivate());

    assertThat(trust.workerFault(signed, "w2", "", true, NOW)).isPresent();
    assertThat(trust.workerFault(signed, "w1", "", true, NOW)).isEmpty();
  }

  @Test
  void a_client_is_no_worker_and_opens_no_session_of_one() {
    PacketTrust trust = new PacketTrust(KEYS, SessionMode.OFF, sessions, new CapMetrics());
    BusPacket signed = PacketSigner.sign(beat("c1"), CLIENT.getPrivate());

    assertThat(code(trust.workerFault(signed, "c1", "", true, NOW)))
        .isEqualTo(ErrorCode.ERROR_CODE_JOB_PERMISSION_DENIED);
    assertThat(trust.clientFault(signed, true, NOW)).isEmpty();
    assertThat(reason(handshake.challenge(bytes(challengeRequest("c1", CLIENT)), NOW)))
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_AUTHENTICATION_FAILED);
  }

  @Test
  void a_sender_has_one_key() {
    Map<String, PublicKey> workers = Map.of("w1", WORKER.getPublic());
    Map<String, PublicKey> clients = Map.of("w1", CLIENT.getPublic());

    assertThatThrownBy(() -> new SenderKeys(Optional.empty(), "", workers, clients))
        .hasMessageContaining("w1");
  }

  @Test
  void a_trust_handshake_gives_a_session_once() throws Exception {
    BusPacket asked = challengeRequest(WORKER);
    WorkerHandshakeChallenge challenge =
        handshake.challenge(bytes(asked), NOW).answer().getWorkerHandshakeChallenge();
    BusPacket answer = authenticate(challenge, WORKER);

    TrustHandshake.Outcome first = handshake.authenticate(bytes(answer), NOW);
    TrustHandshake.Outcome again = handshake.authenticate(bytes(answer), NOW);

    assertThat(first.answer().getWorkerHandshakeResult().getAccepted()).isTrue();
    assertThat(first.accepted().orElseThrow().getReadyTopicsList()).containsExactly("job.test");
    assertThat(PacketSigner.verifies(first.answer(), SERVER.getPublic())).isTrue();
    assertThat(sessions.holds(first.answer().getAuthToken(), "w1", NOW)).isTrue();
    assertThat(sessions.holds(first.answer().getAuthToken(), "w2", NOW)).isFalse();
    assertThat(again.answer().getWorkerHandshakeResult().getRejectionReason())
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_REPLAY_DETECTED);
    PacketTrust enforced =
        new PacketTrust(SenderKeys.NONE, SessionMode.ENFORCE, sessions, new CapMetrics());
    assertThat(enforced.workerFault(beat("w1"), "w1", "guess", false, NOW)).isPresent();
    assertThat(enforced.workerFault(beat("w1"), "w1", first.answer().getAuthToken(), false, NOW))
        .isEmpty();
  }

  @Test
  void a_trust_handshake_refuses_a_wrong_key_an_old_challenge_and_unknown_fields() {
    BusPacket foreign = challengeRequest(keys());
    WorkerHandshakeChallenge challenge =
        handshake
            .challenge(bytes(challengeRequest(WORKER)), NOW)
            .answer()
            .getWorkerHandshakeChallenge();

    assertThat(reason(handshake.challenge(bytes(foreign), NOW)))
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_AUTHENTICATION_FAILED);
    assertThat(
            reason(
                handshake.authenticate(
                    bytes(authenticate(challenge, WORKER)), NOW.plusSeconds(90))))
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_CHALLENGE_EXPIRED);
    byte[] more = new byte[] {(byte) 0xf8, 0x07, 1};
    byte[] known = challengeRequest(WORKER).toByteArray();
    byte[] both = new byte[known.length + more.length];
    System.arraycopy(known, 0, both, 0, known.length);
    System.arraycopy(more, 0, both, known.length, more.length);
    for (byte[] faulty : new byte[][] {both, {}, "garbage".getBytes(US_ASCII), new byte[70_000]}) {
      for (TrustHandshake.Outcome answered :
          List.of(
              handshake.challenge(Bytes.wrap(faulty), NOW),
              handshake.authenticate(Bytes.wrap(faulty), NOW))) {
        assertThat(reason(answered))
            .isEqualTo(
                WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INVALID_REQUEST);
        assertThat(answered.accepted()).isEmpty();
        assertThat(PacketSigner.verifies(answered.answer(), SERVER.getPublic())).isTrue();
      }
    }
  }

  @Test
  void a_trust_handshake_opens_sessions_for_workers_alone() {
    WorkerHandshakeChallenge challenge =
        handshake
            .challenge(bytes(challengeRequest(WORKER)), NOW)
            .answer()
            .getWorkerHandshakeChallenge();
    BusPacket.Builder gateway = authenticate(challenge, WORKER).toBuilder().clearSignature();
    gateway
        .getWorkerHandshakeAuthenticateBuilder()
        .getCapabilityHandshakeBuilder()
        .setRole(ComponentRole.COMPONENT_ROLE_GATEWAY);

    TrustHandshake.Outcome answered =
        handshake.authenticate(bytes(PacketSigner.sign(gateway.build(), WORKER.getPrivate())), NOW);

    assertThat(reason(answered))
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_INVALID_REQUEST);
    assertThat(answered.answer().getAuthToken()).isEmpty();
  }

  @Test
  void a_trust_handshake_refuses_a_worker_that_speaks_other_versions_alone() {
    WorkerHandshakeChallenge challenge =
        handshake
            .challenge(bytes(challengeRequest(WORKER)), NOW)
            .answer()
            .getWorkerHandshakeChallenge();
    BusPacket.Builder later = authenticate(challenge, WORKER).toBuilder().clearSignature();
    later
        .getWorkerHandshakeAuthenticateBuilder()
        .getCapabilityHandshakeBuilder()
        .addSupportedVersions(7);
    BusPacket signed = PacketSigner.sign(later.build(), WORKER.getPrivate());

    assertThat(reason(handshake.authenticate(bytes(signed), NOW)))
        .isEqualTo(
            WorkerHandshakeRejectionReason.WORKER_HANDSHAKE_REJECTION_REASON_UNSUPPORTED_VERSION);
  }

  @Test
  void the_older_handshake_gives_a_session_where_no_keys_are_known() {
    String request =
        "{\"agent_id\":\"w1\",\"tenant\":\"default\",\"nonce\":\"0123456789abcdef\","
            + "\"request_id\":\"r1\",\"timestamp\":\"2026-05-01T10:00:05Z\"}";
    JsonHandshake open = new JsonHandshake(sessions, false);

    assertThat(open.answer(Bytes.utf8(request), NOW).utf8())
        .contains("\"rejected\":false", "\"request_id\":\"r1\"");
    assertThat(open.answer(Bytes.utf8(request), NOW).utf8()).contains("replay_detected");
    assertThat(open.answer(Bytes.utf8(request.replace("10:00:05", "11:00:05")), NOW).utf8())
        .contains("clock_skew");
    assertThat(open.answer(Bytes.utf8("{"), NOW).utf8()).contains("malformed_request");
    assertThat(new JsonHandshake(sessions, true).answer(Bytes.utf8(request), NOW).utf8())
        .contains("invalid_signature");
  }

  private static BusPacket challengeRequest(KeyPair keys) {
    return challengeRequest("w1", keys);
  }

  private static BusPacket challengeRequest(String id, KeyPair keys) {
    BusPacket packet =
        PacketCodec.envelope(id, "trace", NOW)
            .setWorkerHandshakeChallengeRequest(
                WorkerHandshakeChallengeRequest.newBuilder()
                    .setRequestId("r1")
                    .setWorkerId(id)
                    .setProofAlgorithm(
                        WorkerHandshakeProofAlgorithm
                            .WORKER_HANDSHAKE_PROOF_ALGORITHM_ECDSA_P256_SHA256)
                    .setAudience("cordum-scheduler")
                    .setPurpose(WorkerHandshakePurpose.WORKER_HANDSHAKE_PURPOSE_ISSUE)
                    .setClientNonce(ByteString.copyFrom(new byte[32]))
                    .setProtocolVersion(1))
            .build();
    return PacketSigner.sign(packet, keys.getPrivate());
  }

  private static BusPacket authenticate(WorkerHandshakeChallenge challenge, KeyPair keys) {
    BusPacket packet =
        PacketCodec.envelope("w1", "trace", NOW)
            .setWorkerHandshakeAuthenticate(
                WorkerHandshakeAuthenticate.newBuilder()
                    .setChallenge(challenge)
                    .setCapabilityHandshake(
                        Handshake.newBuilder().setComponentId("w1").addReadyTopics("job.test")))
            .build();
    return PacketSigner.sign(packet, keys.getPrivate());
  }

  private static WorkerHandshakeRejectionReason reason(TrustHandshake.Outcome outcome) {
    return outcome.answer().getWorkerHandshakeResult().getRejectionReason();
  }

  private static ErrorCode code(Optional<PacketFault> fault) {
    return fault.orElseThrow().code();
  }

  private static BusPacket beat(String id) {
    return PacketCodec.envelope(id, "trace", NOW)
        .setHeartbeat(Heartbeat.newBuilder().setWorkerId(id))
        .build();
  }

  private static Bytes bytes(BusPacket packet) {
    return Bytes.wrap(packet.toByteArray());
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
