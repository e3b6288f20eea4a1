package dev.reeve.gateway.reeve;

import dev.reeve.gateway.WorkerFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The workers that are connected to this node by `reeve.v1`, for listings and for saying goodbye.
/// Safe on any thread.
public final class WorkerRoster {
  private final ConcurrentHashMap<String, Entry> byWorker = new ConcurrentHashMap<>();

  /// One connected worker.
  ///
  /// @param connectedAtMicros microseconds since 1970 UTC
  record Entry(
      String workerId,
      String name,
      String version,
      List<String> topics,
      Map<String, String> labels,
      List<String> capabilities,
      int parallelMax,
      String sessionId,
      long connectedAtMicros,
      WorkerConnection connection) {
    Entry {
      topics = List.copyOf(topics);
      labels = Map.copyOf(labels);
      capabilities = List.copyOf(capabilities);
    }

    WorkerFacts facts() {
      return new WorkerFacts(
          "reeve",
          name,
          version,
          labels,
          capabilities,
          "",
          parallelMax,
          0,
          sessionId,
          connectedAtMicros,
          connection.isDraining());
    }
  }

  /// Tells every worker that no further assignments will come. They finish or hand back what they
  /// have and close.
  public void drain(String reason) {
    byWorker.values().forEach(entry -> entry.connection().drain(reason));
  }

  /// Number of connected workers.
  public int size() {
    return byWorker.size();
  }

  void add(Entry entry) {
    byWorker.put(entry.workerId(), entry);
  }

  /// Removes the worker unless another connection took its place.
  void remove(Entry entry) {
    byWorker.remove(entry.workerId(), entry);
  }

  Optional<Entry> find(String workerId) {
    return Optional.ofNullable(byWorker.get(workerId));
  }

  List<Entry> all() {
    return byWorker.values().stream().sorted(Comparator.comparing(Entry::workerId)).toList();
  }
}
