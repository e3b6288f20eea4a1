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
  /// fields that may differ between repeats.
  public static Bytes of(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array has room for its message", e);
    }
    return Sha256.of(Bytes.wrap(bytes));
  }
}
