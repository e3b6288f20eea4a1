package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.reeve.testing.Await;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Asks whether the server takes work, and if not, why. Each question is an order of its own, large
/// enough to need space.
final class Probe {
  private static final int PAYLOAD_BYTES = 40 * 1024;

  private Probe() {}

  /// Submits until it is acknowledged; throws [Violation] when that takes too long.
  ///
  /// @return how long it took
  static Duration untilAccepted(Calls calls, Diary diary, String key, Duration limit) {
    long begin = System.nanoTime();
    Violation.unless(
        Await.reached(limit, () -> refusal(calls, diary, key).isEmpty()),
        "no submit was acknowledged within %s",
        limit);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Submits until it is refused by this name; throws [Violation] when that takes too long.
  static void untilRefused(Calls calls, Diary diary, String key, String reason, Duration limit) {
    Map<String, Integer> answers = new TreeMap<>();
    Violation.unless(
        Await.reached(
            limit,
            () -> {
              String answer = refusal(calls, diary, key).orElse("acknowledged");
              answers.merge(answer, 1, Integer::sum);
              return answer.equals(reason);
            }),
        "no submit was refused as %s within %s, but: %s",
        reason,
        limit,
        answers);
  }

  /// Submits once: empty when it was acknowledged, else the reason.
  private static Optional<String> refusal(Calls calls, Diary diary, String key) {
    int number = diary.next();
    Order order = new Order(Order.Kind.WORK, key + "-" + number, bytes(number), Optional.empty());
    try {
      diary.accepted(calls.submit(order), order);
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      diary.unanswered(order);
      return Optional.of(reason(e));
    }
  }

  /// Content of its own, so that no store keeps two as one.
  private static ByteString bytes(int number) {
    byte[] bytes = new byte[PAYLOAD_BYTES];
    new SplittableRandom(number).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  /// The name of a refusal, by its ErrorInfo; the status code when it has none.
  static String reason(StatusRuntimeException refusal) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
    if (status != null) {
      for (com.google.protobuf.Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException e) {
            throw new Violation("a refusal carries a broken ErrorInfo: " + refusal);
          }
        }
      }
    }
    return refusal.getStatus().getCode().name();
  }
}
