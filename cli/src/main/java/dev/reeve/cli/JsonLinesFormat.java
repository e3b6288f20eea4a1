package dev.reeve.cli;

import dev.reeve.ledger.ExportLine;
import java.util.Optional;

/// The form that verifies.
final class JsonLinesFormat implements AuditFormat {
  @Override
  public Optional<byte[]> header() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> receipt(ExportLine line) {
    return Optional.of(line.toBytes().unsafeArray());
  }

  @Override
  public Optional<byte[]> head(ExportLine.Head head) {
    return Optional.of(head.toBytes().unsafeArray());
  }
}
