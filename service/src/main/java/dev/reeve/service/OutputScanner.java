package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.policy.ContentMatch;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.OutputRules;
import dev.reeve.policy.RuleSeverity;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.Redactor;
import dev.reeve.scan.SafeRegex;
import dev.reeve.scan.ScanRules;
import dev.reeve.scan.Severity;
import dev.reeve.scan.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The introduction of the detectors to output rules: the detectors of the process, and for each
/// rule those of its own patterns and keywords. Made once for a policy; thread-safe.
final class OutputScanner {
  /// The scanner that patterns of rules belong to.
  static final String PATTERN = "content_pattern";

  private static final int REDACTION_ROUNDS_MAX = 4;

  private final SharedScanner shared;
  private final Map<OutputRule, ContentScanner> own = new HashMap<>();

  OutputScanner(OutputRules rules, SharedScanner shared) {
    this.shared = shared;
    for (OutputRule rule : rules.all()) {
      ContentMatch match = rule.match();
      if (!match.patterns().isEmpty() || !match.keywords().isEmpty()) {
        own.put(rule, new ContentScanner(compile(rule)));
      }
    }
  }

  private static ScanRules compile(OutputRule rule) {
    return ScanRules.builder()
        .addKeywords(rule.match().keywords())
        .addPatterns(
            PATTERN,
            severity(rule.severity()),
            rule.match().patterns().stream().map(regex -> SafeRegex.of(regex.pattern())).toList())
        .build();
  }

  /// A scan for what these rules look for.
  OutputScan open(List<OutputRule> rules) {
    boolean scans = rules.stream().anyMatch(rule -> !rule.match().scanners().isEmpty());
    OutputScan scan = new OutputScan(scans ? shared.names() : java.util.Set.of());
    if (scans) {
      scan.lookWithAll(shared.scanner());
    }
    for (OutputRule rule : rules) {
      ContentScanner ofRule = own.get(rule);
      if (ofRule != null) {
        scan.lookFor(rule, ofRule);
      }
    }
    return scan;
  }

  /// The content without anything that a rule finds in it: another look finds nothing. A content
  /// that cannot be cleaned, or a rule that cannot say where, leaves nothing of it. Of a flood of
  /// hits, as many as one scan keeps are cut at a time; the limit ends it.
  ///
  /// @return empty when the time was over first
  Optional<Bytes> redact(OutputRule rule, Bytes content, TimeLimit limit) {
    Bytes cut = content;
    boolean first = true;
    int round = 0;
    while (round < REDACTION_ROUNDS_MAX) {
      OutputScan scan = open(List.of(rule));
      if (!scan.read(cut, limit)) {
        return Optional.empty();
      }
      List<Span> spans = scan.spans(rule);
      boolean flooded = scan.overflowed(rule);
      if (spans.isEmpty()) {
        return Optional.of(first || flooded ? Redactor.MARK : cut);
      }
      cut = Redactor.redact(cut, spans);
      first = false;
      if (!flooded) {
        round++;
      }
    }
    return Optional.of(Redactor.MARK);
  }

  private static Severity severity(RuleSeverity severity) {
    return switch (severity) {
      case LOW -> Severity.LOW;
      case MEDIUM -> Severity.MEDIUM;
      case HIGH -> Severity.HIGH;
      case CRITICAL -> Severity.CRITICAL;
    };
  }
}
