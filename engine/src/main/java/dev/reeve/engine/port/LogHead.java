package dev.reeve.engine.port;

import dev.reeve.base.Bytes;

/// Where a log stands: one row, rewritten by every commit.
///
/// @param position number of the newest commit; 0 before the first
/// @param epoch of its owner; rises by one with every takeover, never falls
/// @param nowMicros the time stamped on the newest commit, microseconds since 1970 UTC
/// @param nextJobNo number of the next new job, from 1
/// @param leafCount receipts so far
/// @param frontier serialised Merkle frontier over these receipts; empty for none
public record LogHead(
    long position, long epoch, long nowMicros, long nextJobNo, long leafCount, Bytes frontier) {
  /// A log before its first commit.
  public static LogHead empty(long epoch) {
    return new LogHead(0, epoch, 0, 1, 0, Bytes.EMPTY);
  }
}
