package dev.reeve.cli;

import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// ArcSight Common Event Format, version 0. In the header, backslash and bar are escaped; in the
/// extension, backslash, equals sign and line breaks.
final class CefFormat implements AuditFormat {
  @Override
  public Optional<byte[]> header() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> receipt(ExportLine line) {
    return line instanceof ExportLine.Entry entry
        ? Optional.of(text(entry).getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> head(ExportLine.Head head) {
    return Optional.empty();
  }

  private static String text(ExportLine.Entry entry) {
    Leaf leaf = entry.leaf();
    Receipt receipt = leaf.receipt();
    StringBuilder out = new StringBuilder("CEF:0|Reeve|Reeve|");
    out.append(header(BuildVersion.text())).append('|');
    out.append(header(receipt.action())).append('|');
    out.append(header(receipt.action() + " " + receipt.decision())).append('|');
    out.append(DecisionSeverity.of(receipt.decision()).cef()).append('|');
    out.append("rt=").append(EpochMicros.millis(leaf.atMicros()));
    add(out, "externalId", Long.toString(leaf.index()));
    add(out, "act", receipt.decision());
    add(
        out,
        "outcome",
        DecisionSeverity.of(receipt.decision()).isRefusal() ? "failure" : "success");
    add(out, "suser", receipt.actor());
    add(out, "reason", receipt.reason());
    label(out, "cs1", "tenant", receipt.tenant());
    label(out, "cs2", "job_id", receipt.job());
    label(out, "cs3", "rule", receipt.rule());
    label(out, "cs4", "policy_snapshot", receipt.snapshot());
    label(out, "cs5", "genome", receipt.genome());
    label(out, "cs6", "leaf_hash", entry.hash().hex());
    return out.toString();
  }

  private static void label(StringBuilder out, String key, String name, String value) {
    if (!value.isEmpty()) {
      add(out, key + "Label", name);
      add(out, key, value);
    }
  }

  private static void add(StringBuilder out, String key, String value) {
    if (!value.isEmpty()) {
      out.append(' ').append(key).append('=').append(extension(value));
    }
  }

  private static String header(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("\r", " ");
  }

  private static String extension(String text) {
    return text.replace("\\", "\\\\").replace("=", "\\=").replace("\n", "\\n").replace("\r", "\\r");
  }
}
