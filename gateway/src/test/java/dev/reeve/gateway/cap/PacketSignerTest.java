package dev.reeve.gateway.cap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.reeve.base.Bytes;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import dev.reeve.wire.cordum.agent.v1.WorkerHandshakeChallengeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets signed by another program in another language,
/// `conformance/src/test/python/cap/vectors.py`.
class PacketSignerTest {
  private static final PublicKey SENDER =
      SenderKeys.publicKey(resource("sender.pem")).orElseThrow();

  record Vector(String name, Bytes signedBytes, Bytes packet) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_signed_bytes_are_those_of_another_program(Vector vector)
      throws InvalidProtocolBufferException {
    BusPacket packet = BusPacket.parseFrom(vector.packet().toArray());

    assertThat(Bytes.wrap(PacketSigner.signedBytes(packet))).isEqualTo(vector.signedBytes());
    assertThat(PacketSigner.verifies(packet, SENDER)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_packet_that_was_changed_is_not_believed(Vector vector)
      throws InvalidProtocolBufferException {
    BusPacket changed =
        BusPacket.parseFrom(vector.packet().toArray()).toBuilder()
            .setSenderId("somebody-else")
            .build();

    assertThat(PacketSigner.verifies(changed, SENDER)).isFalse();
  }

  @Test
  void a_signature_of_one_phase_is_none_of_another() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    BusPacket plain =
        BusPacket.newBuilder()
            .setSenderId("w1")
            .setHeartbeat(Heartbeat.newBuilder().setWorkerId("w1"))
            .build();

    BusPacket signed = PacketSigner.sign(plain, keys.getPrivate());
    BusPacket moved =
        signed.toBuilder()
            .setWorkerHandshakeChallengeRequest(
                WorkerHandshakeChallengeRequest.newBuilder().setWorkerId("w1"))
            .build();

    assertThat(PacketSigner.verifies(signed, keys.getPublic())).isTrue();
    assertThat(PacketSigner.verifies(moved, keys.getPublic())).isFalse();
  }

  private static Stream<Vector> vectors() {
    return resource("signed-packets.jsonl").lines().map(PacketSignerTest::vector);
  }

  private static Vector vector(String line) {
    JsonObject object = JsonParser.parseString(line).getAsJsonObject();
    return new Vector(
        object.get("name").getAsString(),
        bytes(object.get("signed_bytes").getAsString()),
        bytes(object.get("packet").getAsString()));
  }

  private static Bytes bytes(String base64) {
    return Bytes.wrap(Base64.getDecoder().decode(base64));
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(PacketSignerTest.class.getResourceAsStream("/cap/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
