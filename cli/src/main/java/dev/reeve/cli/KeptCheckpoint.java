package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.TreeHead;
import java.nio.charset.StandardCharsets;

/// A signed head that somebody kept: a note, or the line of an export that holds one.
final class KeptCheckpoint {
  private KeptCheckpoint() {}

  /// @throws CanonicalFormatException when it is neither
  static TreeHead read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith("{")) {
      return TreeHead.readCosigned(text);
    }
    String last = text.lines().reduce("", (_, line) -> line);
    return switch (ExportLine.read(Bytes.utf8(last))) {
      case ExportLine.Head head -> head.signed();
      case ExportLine.Proven proven -> proven.head().signed();
      case ExportLine.Entry _, ExportLine.Pruned _ ->
          throw new CanonicalFormatException("its last line is no tree head");
    };
  }
}
