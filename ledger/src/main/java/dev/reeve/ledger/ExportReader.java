package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads an export as a file has it: lines, each ended by a line feed, the last one too.
public final class ExportReader {
  /// No line of ours is longer; a file of something else is not read into memory.
  private static final int LINE_BYTES_MAX = 1024 * 1024;

  private ExportReader() {}

  /// Verifies an export.
  ///
  /// @param in read to its end, not closed
  /// @param kept a head of the log that was kept elsewhere
  /// @throws AuditDamage naming the first entry that is not in order
  public static Verified verify(InputStream in, Optional<TreeHead> kept) throws IOException {
    ExportVerifier verifier = new ExportVerifier(kept);
    BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long number = 1;
    for (int next = bytes.read(); next >= 0; next = bytes.read()) {
      if (next == '\n') {
        verifier.line(Bytes.wrap(line.toByteArray()));
        line.reset();
        number++;
      } else if (line.size() == LINE_BYTES_MAX) {
        throw new AuditDamage("line " + number, "longer than any line of an export");
      } else {
        line.write(next);
      }
    }
    if (line.size() > 0) {
      throw new AuditDamage("line " + number, "is cut off (expected: a line feed at its end)");
    }
    return verifier.end();
  }
}
