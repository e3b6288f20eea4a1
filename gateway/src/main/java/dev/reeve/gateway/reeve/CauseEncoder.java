package dev.reeve.gateway.reeve;

import dev.reeve.gateway.ProtoTimes;
import dev.reeve.wire.reeve.v1.WaitCause;

/// A reason to wait in the words of `reeve.v1`.
final class CauseEncoder {
  private CauseEncoder() {}

  static WaitCause encode(dev.reeve.service.WaitCause cause) {
    WaitCause.Builder out =
        WaitCause.newBuilder().setCode(cause.code()).setMessage(cause.message());
    if (cause.untilMicros() > 0) {
      out.setUntil(ProtoTimes.timestamp(cause.untilMicros()));
    }
    return out.build();
  }
}
