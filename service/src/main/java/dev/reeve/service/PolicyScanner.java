package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.policy.InputFinding;
import dev.reeve.policy.InputScanner;
import dev.reeve.policy.RuleSeverity;
import dev.reeve.scan.Finding;
import dev.reeve.scan.ScanResult;
import dev.reeve.scan.ScannerNames;
import dev.reeve.scan.Severity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The introduction of the detectors to policy: what they find in the content of one request, for
/// its rules. All detectors look at once, whatever the number of rules that ask. Used by one
/// thread.
public final class PolicyScanner implements InputScanner {
  private final SharedScanner shared;
  private @Nullable String scanned;
  private ScanResult result = ScanResult.CLEAN;

  PolicyScanner(SharedScanner shared) {
    this.shared = shared;
  }

  /// Empty when there is no scanner of this name, or when there was more to find than is kept and
  /// nothing of this scanner is among it: what was not looked at is not clean.
  @Override
  public Optional<List<InputFinding>> scan(String scanner, String text) {
    String name = ScannerNames.canonical(scanner);
    if (!shared.names().contains(name)) {
      return Optional.empty();
    }
    ScanResult all = resultOf(text);
    List<InputFinding> findings =
        all.findings().stream()
            .filter(finding -> finding.scanner().equals(name))
            .map(PolicyScanner::toPolicy)
            .toList();
    return findings.isEmpty() && all.overflow() ? Optional.empty() : Optional.of(findings);
  }

  private ScanResult resultOf(String text) {
    if (!text.equals(scanned)) {
      result = shared.scanner().scan(Bytes.utf8(text));
      scanned = text;
    }
    return result;
  }

  private static InputFinding toPolicy(Finding finding) {
    return new InputFinding(
        finding.type(), severity(finding.severity()), finding.detail(), finding.confidence());
  }

  private static RuleSeverity severity(Severity severity) {
    return switch (severity) {
      case LOW -> RuleSeverity.LOW;
      case MEDIUM -> RuleSeverity.MEDIUM;
      case HIGH -> RuleSeverity.HIGH;
      case CRITICAL -> RuleSeverity.CRITICAL;
    };
  }
}
