package dev.reeve.scan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What one content held.
///
/// @param findings to report, ordered by place; at most 10 per detector and 32 per scanner
/// @param spans every hit, also those beyond the limits of the report, ordered by place
/// @param all every finding, also those beyond the limits of the report, ordered by place
/// @param overflow more hits than are kept: the spans are not all, so the whole content is suspect
public record ScanResult(
    List<Finding> findings, List<Span> spans, List<Finding> all, boolean overflow) {
  /// Nothing found.
  public static final ScanResult CLEAN = new ScanResult(List.of(), List.of(), List.of(), false);

  public ScanResult {
    findings = List.copyOf(findings);
    spans = List.copyOf(spans);
    all = List.copyOf(all);
  }

  /// Whether nothing was found.
  public boolean isClean() {
    return findings.isEmpty() && !overflow;
  }

  /// The first finding of any of these scanners, by place.
  public Optional<Finding> firstOf(Collection<String> scanners) {
    return findings.stream().filter(finding -> scanners.contains(finding.scanner())).findFirst();
  }
}
