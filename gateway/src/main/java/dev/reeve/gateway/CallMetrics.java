package dev.reeve.gateway;

import dev.reeve.routing.LatencyCounts;
import io.grpc.Status;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Calls by method and status. Methods are those of the registry, so the labels are bounded.
final class CallMetrics {
  /// Stands for every method that has no action.
  static final String UNREGISTERED = "unregistered";

  /// @param method full method name
  /// @param code gRPC status
  record Key(String method, Status.Code code) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byMethod = method.compareTo(other.method);
      return byMethod != 0 ? byMethod : code.compareTo(other.code);
    }
  }

  private static final Status.Code[] CODES = Status.Code.values();

  /// Services whose calls are timed.
  private static final String TIMED = "beamline.flow.v1.";

  /// By method, for those that are timed.
  private final ConcurrentHashMap<String, LatencyCounts> took = new ConcurrentHashMap<>();

  /// By method, then by the number of the status.
  private final ConcurrentHashMap<String, LongAdder[]> calls = new ConcurrentHashMap<>();

  void count(String method, Status.Code code) {
    LongAdder[] known = calls.get(method);
    LongAdder[] counts = known != null ? known : calls.computeIfAbsent(method, _ -> zeros());
    counts[code.value()].increment();
  }

  /// How long a registered method took that is timed.
  void took(String method, long nanos) {
    if (isTimed(method)) {
      took.computeIfAbsent(method, _ -> new LatencyCounts()).add(nanos);
    }
  }

  /// How long calls took, by method, of those that are timed.
  Map<String, LatencyCounts.View> durations() {
    Map<String, LatencyCounts.View> durations = new TreeMap<>();
    took.forEach((method, counts) -> durations.put(method, counts.view()));
    return durations;
  }

  /// Whether a method is among those that are timed.
  static boolean isTimed(String method) {
    return method.startsWith(TIMED);
  }

  private static LongAdder[] zeros() {
    LongAdder[] zeros = new LongAdder[CODES.length];
    Arrays.setAll(zeros, _ -> new LongAdder());
    return zeros;
  }

  /// Those that there were.
  Map<Key, Long> snapshot() {
    Map<Key, Long> snapshot = new TreeMap<>();
    calls.forEach((method, counts) -> {
      for (Status.Code code : CODES) {
        long count = counts[code.value()].sum();
        if (count > 0) {
          snapshot.put(new Key(method, code), count);
        }
      }
    });
    return snapshot;
  }
}
