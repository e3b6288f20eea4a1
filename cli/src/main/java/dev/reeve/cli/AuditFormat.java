package dev.reeve.cli;

import dev.reeve.ledger.ExportLine;
import java.util.Optional;

/// A form of an audit export, line by line, each without its line feed.
interface AuditFormat {
  /// What comes first.
  Optional<byte[]> header();

  /// One receipt; empty when the form has none for it.
  Optional<byte[]> receipt(ExportLine line);

  /// The signed tree head; empty when the form has no place for it.
  Optional<byte[]> head(ExportLine.Head head);
}
