package dev.reeve.gateway;

import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.function.Supplier;

/// The SHA-256 of a request, for its receipt. Where receipts are counted only the first and the
/// last of a minute are asked for, so that of a small request is made when somebody asks.
public final class RequestHash {
  private static final int HELD_BYTES_MAX = 1024;

  private RequestHash() {}

  /// May be held for long: it keeps the request only when that is small.
  public static Supplier<Bytes> of(MessageLite request) {
    return of(request, WireSize.UNKNOWN);
  }

  /// The same of the request in progress.
  public static Supplier<Bytes> of(MessageLite request, CallScope scope) {
    return of(request, scope.received().wireBytes());
  }

  private static Supplier<Bytes> of(MessageLite request, int wireBytes) {
    int bytes = wireBytes == WireSize.UNKNOWN ? request.getSerializedSize() : wireBytes;
    if (bytes <= HELD_BYTES_MAX) {
      return () -> Sha256.of(request.toByteArray());
    }
    Bytes hash = Sha256.of(request.toByteArray());
    return () -> hash;
  }
}
