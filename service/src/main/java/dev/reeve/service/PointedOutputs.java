package dev.reeve.service;

import dev.reeve.base.Bytes;

/// Outputs that a request names by a pointer instead of bringing them. May block.
public interface PointedOutputs {
  /// No store is at hand: nothing behind a pointer can be read.
  PointedOutputs OFFLINE =
      new PointedOutputs() {
        @Override
        public Pointed read(String tenant, String key) {
          return new Pointed.Unreadable();
        }

        @Override
        public Pointed keepRedacted(String tenant, String key, Bytes redacted) {
          return new Pointed.Unreadable();
        }
      };

  /// What stands behind a pointer of a tenant.
  ///
  /// @param key the pointer without its scheme
  Pointed read(String tenant, String key);

  /// Keeps a redacted copy for a day.
  ///
  /// @return where it is
  Pointed keepRedacted(String tenant, String key, Bytes redacted);

  /// The answer of a store.
  sealed interface Pointed {
    /// It is there.
    record Found(Bytes content) implements Pointed {}

    /// It was kept under this key.
    record Kept(String key) implements Pointed {}

    /// There is none.
    record Missing() implements Pointed {}

    /// Nobody can tell, or nobody may.
    record Unreadable() implements Pointed {}
  }
}
