package dev.reeve.service;

import dev.reeve.base.Bytes;
import java.util.Optional;

/// Bytes under a name, written by one party and read by another: inputs and results of jobs whose
/// messages carry only a pointer. Kept for about a day. Methods block; safe on any thread.
public interface PointerStore {
  /// The bytes, if there are any.
  ///
  /// @param tenant to whom they belong
  /// @param key the text of the pointer after `redis://`
  /// @throws dev.reeve.base.ProblemException `POINTERS_UNAVAILABLE`
  Optional<Bytes> get(String tenant, String key);

  /// Keeps the bytes, in place of any there were.
  ///
  /// @throws dev.reeve.base.ProblemException `POINTERS_UNAVAILABLE`, or `POINTERS_FULL`
  void put(String tenant, String key, Bytes content);

  /// Whether other programs reach the same store by themselves, so that an input must lie there
  /// before a worker is told of it.
  boolean isShared();
}
