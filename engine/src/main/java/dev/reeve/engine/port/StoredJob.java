package dev.reeve.engine.port;

import dev.reeve.base.Bytes;
import java.util.List;

/// A job as it lies in the store.
///
/// @param jobNo its number
/// @param admission what was submitted and decided
/// @param events its first events
/// @param segments later events in order; empty where the caller asked for the job alone
/// @param outcome what a status call needs; empty bytes while unfinished
public record StoredJob(
    long jobNo, Bytes admission, Bytes events, List<Bytes> segments, Bytes outcome) {
  public StoredJob {
    segments = List.copyOf(segments);
  }

  public boolean isFinished() {
    return !outcome.isEmpty();
  }
}
