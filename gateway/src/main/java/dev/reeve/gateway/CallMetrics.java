package dev.reeve.gateway;

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

  /// By method, then by the number of the status.
  private final ConcurrentHashMap<String, LongAdder[]> calls = new ConcurrentHashMap<>();

  void count(String method, Status.Code code) {
    LongAdder[] known = calls.get(method);
    LongAdder[] counts = known != null ? known : calls.computeIfAbsent(method, _ -> zeros());
    counts[code.value()].increment();
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
