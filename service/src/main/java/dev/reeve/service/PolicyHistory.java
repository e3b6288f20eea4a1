package dev.reeve.service;

import dev.reeve.engine.port.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The policies that were in force here, before restarts too, newest first, each once. Which of
/// them there are is known without asking the archive. Safe on any thread.
public final class PolicyHistory {
  /// One of them.
  ///
  /// @param snapshot its id; empty for no policy
  /// @param firstAt when it came into force first
  /// @param at when it came into force last
  /// @param source where it came from, the last time
  /// @param files how many files it was made of
  /// @param bytes of all of these
  public record Entry(
      String snapshot, Instant firstAt, Instant at, String source, int files, long bytes) {}

  private final PolicyArchive archive;
  private volatile List<Entry> entries;

  private PolicyHistory(PolicyArchive archive, List<Entry> entries) {
    this.archive = archive;
    this.entries = entries;
  }

  /// The history as it was left; blocks.
  public static PolicyHistory open(PolicyArchive archive) throws StoreException {
    return new PolicyHistory(archive, List.copyOf(archive.newestFirst()));
  }

  /// Keeps a policy that comes into force now; durable when it returns. Blocks.
  ///
  /// @param source where it came from
  /// @param files in the order in which they were merged
  /// @throws StoreException when it is not known to be kept; the history is as it was
  public synchronized void add(
      String snapshot, Instant at, String source, List<LoadedPolicy.File> files)
      throws StoreException {
    entries = List.copyOf(archive.put(snapshot, at, source, files));
  }

  /// All of them, from memory; the one that came into force last comes first.
  public List<Entry> newestFirst() {
    return entries;
  }

  /// One of them, from memory; empty when it was never in force here, or too long ago.
  public Optional<Entry> find(String snapshot) {
    return entries.stream().filter(entry -> entry.snapshot().equals(snapshot)).findFirst();
  }

  /// The files of one of them, in the order in which they were merged; empty when it is not kept.
  /// Blocks.
  ///
  /// @throws dev.reeve.base.ProblemException when the store does not answer
  public Optional<List<LoadedPolicy.File>> files(String snapshot) {
    try {
      return archive.files(snapshot);
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }
}
