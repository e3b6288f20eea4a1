package dev.reeve.gateway;

import dev.reeve.base.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator the private detail of refusals: the first of a reason at once, then at most
/// one in ten seconds with the number of those left out. An outage refuses every call, and its log
/// must not fill the disk that is full. Safe on any thread.
final class RefusalLog {
  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanos;
  private final Consumer<String> out;

  /// One entry for each reason that came; there are as many as problem codes.
  private final ConcurrentHashMap<String, Said> said = new ConcurrentHashMap<>();

  /// @param lastNanos when the reason was told last
  /// @param leftOut refusals of that reason since then
  private record Said(long lastNanos, long leftOut) {}

  RefusalLog() {
    this(System::nanoTime, log::warn);
  }

  /// @param nanos a monotonic clock
  RefusalLog(LongSupplier nanos, Consumer<String> out) {
    this.nanos = nanos;
    this.out = out;
  }

  void add(Problem problem) {
    if (problem.detail().isEmpty()) {
      return;
    }
    long now = nanos.getAsLong();
    said.compute(
        problem.reason(),
        (reason, before) -> {
          if (before != null && now - before.lastNanos() < PAUSE_NANOS) {
            return new Said(before.lastNanos(), before.leftOut() + 1);
          }
          out.accept(line(reason, problem.detail(), before == null ? 0 : before.leftOut()));
          return new Said(now, 0);
        });
  }

  private static String line(String reason, String detail, long leftOut) {
    String more = leftOut == 0 ? "" : " left_out=" + leftOut;
    return "refused reason=" + reason + more + " detail=" + detail;
  }
}
