package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where decisions whose work is given away are written down, so that a repeat under the same
/// idempotency key within an hour gets the same one after a restart. Safe on any thread.
public interface KeptDecisions {
  /// None is written down.
  KeptDecisions NONE =
      new KeptDecisions() {
        @Override
        public List<Kept> read() {
          return List.of();
        }

        @Override
        public CompletableFuture<Boolean> keep(Kept kept) {
          return CompletableFuture.completedFuture(true);
        }

        @Override
        public void given(String name, String assignmentId) {}
      };

  /// A decision with what it was about.
  ///
  /// @param name what was asked, the same whenever the same is asked
  /// @param key stands for the tenant and its idempotency key
  /// @param task stands for the task that the key was used for
  /// @param decision the bytes of its message
  /// @param assignmentId under which the work was given away; empty where nobody knows of that
  /// @param atMs when it was decided, milliseconds since 1970 UTC
  record Kept(String name, Bytes key, Bytes task, Bytes decision, String assignmentId, long atMs) {}

  /// Those of the last hour, the oldest first. To be called once, before the first request; blocks.
  /// What cannot be read is left out.
  List<Kept> read();

  /// Writes one down. Does not block.
  ///
  /// @return done when it is on disk; fails with `DECISION_NOT_KEPT`
  CompletableFuture<Boolean> keep(Kept kept);

  /// Notes that the work of a decision was given away. Does not block; after a crash that may be
  /// forgotten, and the work is given away again under the same id.
  void given(String name, String assignmentId);
}
