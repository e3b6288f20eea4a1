package dev.reeve.gateway;

import io.grpc.Status;
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

  private final ConcurrentHashMap<Key, LongAdder> calls = new ConcurrentHashMap<>();

  void count(String method, Status.Code code) {
    calls.computeIfAbsent(new Key(method, code), _ -> new LongAdder()).increment();
  }

  Map<Key, Long> snapshot() {
    Map<Key, Long> snapshot = new TreeMap<>();
    calls.forEach((key, count) -> snapshot.put(key, count.sum()));
    return snapshot;
  }
}
