package dev.reeve.cli;

import dev.reeve.policy.PolicySource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The policies that were in force, with their text, as a store has kept them. For one thread;
/// blocks.
public interface PolicyTexts extends AutoCloseable {
  /// Opens those of a data directory. Brought along by a program that has stores; changes nothing,
  /// and needs no server, nor that there is none.
  interface Source {
    /// Opens them.
    ///
    /// @param data the data directory, or a copy of it
    /// @param store address of a shared store; empty for the one in the directory
    /// @throws dev.reeve.base.ProblemException when it cannot be read
    PolicyTexts open(Path data, Optional<String> store);
  }

  /// One of them.
  ///
  /// @param snapshot its id; empty for no policy
  /// @param firstAt when it came into force first
  /// @param at when it came into force last
  /// @param source where it came from, the last time
  /// @param files how many files it was made of
  /// @param bytes of all of these
  record Entry(
      String snapshot, Instant firstAt, Instant at, String source, int files, long bytes) {}

  /// One file.
  ///
  /// @param invariants whether it is the floor
  /// @param verified whether a signature over it was verified
  record File(PolicySource source, boolean invariants, boolean verified) {}

  /// All of them; the one that came into force last comes first.
  ///
  /// @throws dev.reeve.base.ProblemException when they cannot be read
  List<Entry> newestFirst();

  /// The files of one of them, in the order in which they were merged; empty when it is not kept.
  ///
  /// @throws dev.reeve.base.ProblemException when they cannot be read
  Optional<List<File>> files(String snapshot);

  @Override
  void close();
}
