package dev.reeve.gateway.cap;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/// Signatures of packets: ECDSA P-256 over SHA-256, ASN.1 DER in field 14.
///
/// What is signed is the packet without that field, in ascending order of fields, maps sorted by
/// key. A trust handshake is signed with the name of its phase and a zero byte before these bytes,
/// so that a signature of one phase is none of another.
final class PacketSigner {
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final String DOMAIN = "CAP-WORKER-HANDSHAKE-";

  private PacketSigner() {}

  static BusPacket sign(BusPacket packet, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      update(signature, packet);
      return packet.toBuilder().setSignature(ByteString.copyFrom(signature.sign())).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked P-256 key does not sign", e);
    }
  }

  /// Whether the holder of the key signed this packet.
  static boolean verifies(BusPacket packet, PublicKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      update(signature, packet);
      return signature.verify(packet.getSignature().toByteArray());
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked P-256 key does not verify", e);
    }
  }

  private static void update(Signature signature, BusPacket packet) throws SignatureException {
    Optional<String> phase = phase(packet);
    if (phase.isPresent()) {
      signature.update((DOMAIN + phase.get() + "-V1").getBytes(StandardCharsets.US_ASCII));
      signature.update((byte) 0);
    }
    signature.update(signedBytes(packet));
  }

  private static Optional<String> phase(BusPacket packet) {
    return switch (packet.getPayloadCase()) {
      case WORKER_HANDSHAKE_CHALLENGE_REQUEST -> Optional.of("CHALLENGE-REQUEST");
      case WORKER_HANDSHAKE_CHALLENGE -> Optional.of("CHALLENGE");
      case WORKER_HANDSHAKE_AUTHENTICATE -> Optional.of("AUTHENTICATE");
      case WORKER_HANDSHAKE_RESULT -> Optional.of("RESULT");
      case JOB_REQUEST,
          JOB_RESULT,
          HEARTBEAT,
          ALERT,
          JOB_PROGRESS,
          JOB_CANCEL,
          HANDSHAKE,
          PAYLOAD_NOT_SET ->
          Optional.empty();
    };
  }

  /// SHA-256 of what is signed: two packets that differ in their signature alone are one.
  static byte[] digest(BusPacket packet) {
    return Sha256.of(Bytes.wrap(signedBytes(packet))).toArray();
  }

  /// The packet without its signature, always the same for equal packets. Generated Java code
  /// writes fields in ascending order, those of a choice among them.
  static byte[] signedBytes(BusPacket packet) {
    BusPacket unsigned = packet.toBuilder().clearSignature().build();
    byte[] bytes = new byte[unsigned.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      unsigned.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }
}
