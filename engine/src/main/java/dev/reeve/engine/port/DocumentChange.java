package dev.reeve.engine.port;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;

/// What a commit does to a small document beside the jobs, found by its name: it is there with the
/// commit, or not at all.
public sealed interface DocumentChange {
  /// Characters of a name at most.
  int NAME_LENGTH_MAX = 200;

  /// Bytes of a document at most.
  int CONTENT_SIZE_MAX = 8 * 1024 * 1024;

  /// Which document.
  String name();

  /// Bytes it brings along, about.
  int sizeBytes();

  /// Keeps a document in place of the one of that name, if there is one.
  ///
  /// @param name unique in the log; ASCII
  /// @param atMicros time of what it says, microseconds since 1970 UTC
  /// @param content as its owner wrote it
  record Put(String name, long atMicros, Bytes content) implements DocumentChange {
    public Put {
      checkName(name);
      Check.argument(
          content.size() <= CONTENT_SIZE_MAX,
          "content: %s bytes (expected: at most %s)",
          content.size(),
          CONTENT_SIZE_MAX);
    }

    @Override
    public int sizeBytes() {
      return name.length() + content.size();
    }
  }

  /// Removes the document of that name, if there is one.
  record Drop(String name) implements DocumentChange {
    public Drop {
      checkName(name);
    }

    @Override
    public int sizeBytes() {
      return name.length();
    }
  }

  private static void checkName(String name) {
    Check.argument(
        !name.isEmpty() && name.length() <= NAME_LENGTH_MAX,
        "name: %s characters (expected: 1 to %s)",
        name.length(),
        NAME_LENGTH_MAX);
    Check.argument(
        name.chars().allMatch(c -> c >= ' ' && c < 0x7f), "name: %s (expected: ASCII)", name);
  }
}
