package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.util.Base64;

/// What a log says of itself at one moment: so many leaves, under this root. Its text is a C2SP
/// checkpoint (c2sp.org/tlog-checkpoint) with one extension line for the time:
///
/// ```
/// reeve/0b3f...
/// 42
/// cm9vdA...=
/// at 1764000000000000
/// ```
///
/// @param origin name of the log, see [LogKey#originOf]
/// @param size number of leaves
/// @param root root of the tree over them
/// @param atMicros when it was said, microseconds since 1970 UTC
public record Checkpoint(String origin, long size, Bytes root, long atMicros) {
  private static final int LINES = 4;
  private static final String AT = "at ";

  public Checkpoint {
    Check.argument(
        size >= 0 && size <= CanonicalWriter.INTEGER_MAX, "size: %s (expected: 0 to 2^53)", size);
    Check.argument(
        atMicros >= 0 && atMicros <= CanonicalWriter.INTEGER_MAX,
        "at: %s (expected: 0 to 2^53)",
        atMicros);
    Check.argument(root.size() == Sha256.LENGTH, "root: %s bytes (expected: 32)", root.size());
  }

  /// The signed text: lines that end in a line feed each.
  public String text() {
    String base64 = Base64.getEncoder().encodeToString(root.unsafeArray());
    return origin + "\n" + size + "\n" + base64 + "\n" + AT + atMicros + "\n";
  }

  /// Reads what [#text()] wrote and nothing else.
  ///
  /// @throws CanonicalFormatException when it is anything else
  public static Checkpoint read(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != LINES + 1 || !lines[LINES].isEmpty() || !lines[LINES - 1].startsWith(AT)) {
      throw new CanonicalFormatException(
          "checkpoint: "
              + (lines.length - 1)
              + " lines"
              + " (expected: origin, size, root and time)");
    }
    try {
      Checkpoint read =
          new Checkpoint(
              lines[0],
              Long.parseLong(lines[1]),
              Bytes.wrap(Base64.getDecoder().decode(lines[2])),
              Long.parseLong(lines[3].substring(AT.length())));
      if (read.text().equals(text)) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("checkpoint: " + e.getMessage(), e);
    }
    throw new CanonicalFormatException("checkpoint: not written as it is read");
  }
}
