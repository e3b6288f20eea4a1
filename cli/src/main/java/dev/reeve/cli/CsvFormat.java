package dev.reeve.cli;

import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Comma-separated values with a header line (RFC 4180). A field that a spreadsheet would take for
/// a formula gets an apostrophe in front.
final class CsvFormat implements AuditFormat {
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "time",
          "tenant",
          "job_id",
          "actor",
          "action",
          "decision",
          "rule",
          "reason",
          "snapshot",
          "genome",
          "hash");

  @Override
  public Optional<byte[]> header() {
    return line(COLUMNS);
  }

  @Override
  public Optional<byte[]> receipt(ExportLine line) {
    if (!(line instanceof ExportLine.Entry entry)) {
      return Optional.empty();
    }
    Receipt receipt = entry.leaf().receipt();
    return line(
        List.of(
            Long.toString(entry.leaf().index()),
            EpochMicros.text(entry.leaf().atMicros()),
            receipt.tenant(),
            receipt.job(),
            receipt.actor(),
            receipt.action(),
            receipt.decision(),
            receipt.rule(),
            receipt.reason(),
            receipt.snapshot(),
            receipt.genome(),
            entry.hash().hex()));
  }

  @Override
  public Optional<byte[]> head(ExportLine.Head head) {
    return Optional.empty();
  }

  private static Optional<byte[]> line(List<String> fields) {
    String line = fields.stream().map(CsvFormat::field).collect(Collectors.joining(","));
    // The line feed comes with the line; RFC 4180 wants a carriage return before it.
    return Optional.of((line + "\r").getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
