package dev.reeve.gateway.cap;

import java.util.List;

/// Remembers across restarts for which topics workers said that they are ready: they say it once,
/// when they begin. Safe on any thread; nothing blocks.
public interface WorkerMemory {
  /// Remembers nothing.
  WorkerMemory NONE =
      new WorkerMemory() {
        @Override
        public void remember(String workerId, List<String> topics) {}

        @Override
        public List<String> recall(String workerId) {
          return List.of();
        }
      };

  /// Keeps what a worker is ready for.
  void remember(String workerId, List<String> topics);

  /// What it said last; empty when nothing is known.
  List<String> recall(String workerId);
}
