package dev.reeve.gateway.cap;

import java.time.Instant;
import java.util.List;

/// Remembers across restarts what workers say once, when they begin: for which topics they are
/// ready, and which sessions they were given. Safe on any thread; nothing blocks.
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

        @Override
        public void remember(Session session) {}

        @Override
        public List<Session> sessions() {
          return List.of();
        }
      };

  /// A session of a worker, without its secret.
  ///
  /// @param tokenHash SHA-256 of its token in hexadecimal
  /// @param expiresAt when it ends
  record Session(String tokenHash, String workerId, Instant expiresAt) {}

  /// Keeps what a worker is ready for.
  void remember(String workerId, List<String> topics);

  /// What it said last; empty when nothing is known.
  List<String> recall(String workerId);

  /// Keeps a session that was given out.
  void remember(Session session);

  /// The sessions that were given out, oldest first.
  List<Session> sessions();
}
