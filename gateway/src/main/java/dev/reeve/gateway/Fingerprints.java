package dev.reeve.gateway;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Fingerprints of requests, by which a repeat is told from another request of the same name.
public final class Fingerprints {
  private Fingerprints() {}

  /// SHA-256 over a message, map entries in the order of their keys. The caller has cleared the
  /// fields that may differ between repeats. What the boundary cut out of the request counts as
  /// well: a fingerprint is that of the request as received.
  public static Bytes of(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array has room for its message", e);
    }
    Bytes handed = Sha256.of(Bytes.wrap(bytes));
    CallScope scope = CallScope.KEY.get();
    return scope == null || scope.received().digest().isEmpty()
        ? handed
        : Sha256.of(Bytes.utf8(handed.hex() + scope.received().digest().hex()));
  }
}
