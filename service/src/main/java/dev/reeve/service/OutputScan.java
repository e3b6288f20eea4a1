package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.policy.OutputFinding;
import dev.reeve.policy.OutputLook;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.RuleSeverity;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.Finding;
import dev.reeve.scan.ScanLimits;
import dev.reeve.scan.ScanResult;
import dev.reeve.scan.ScanSession;
import dev.reeve.scan.ScannerNames;
import dev.reeve.scan.Severity;
import dev.reeve.scan.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One content on its way through the detectors that some rules ask for, chunk by chunk; then what
/// was found, by rule. Confined to one thread at a time.
final class OutputScan implements OutputLook {
  private static final int CHUNK_BYTES = 1024 * 1024;

  private final Set<String> known;
  private final Map<OutputRule, ScanSession> ownSessions = new LinkedHashMap<>();
  private final Map<OutputRule, ScanResult> own = new LinkedHashMap<>();
  private @Nullable ScanSession commonSession;
  private ScanResult common = ScanResult.CLEAN;
  private boolean cut;

  /// @param known scanners that exist
  OutputScan(Set<String> known) {
    this.known = known;
  }

  /// Looks with all detectors.
  void lookWithAll(ContentScanner detectors) {
    commonSession = detectors.open();
  }

  /// Looks for the patterns and keywords of a rule.
  void lookFor(OutputRule rule, ContentScanner ofRule) {
    ownSessions.put(rule, ofRule.open());
  }

  /// Looks through a content.
  ///
  /// @return whether there was time for all of it
  boolean read(Bytes content, TimeLimit limit) {
    for (int from = 0; from < content.size(); from += CHUNK_BYTES) {
      if (from > 0 && limit.isOver()) {
        return false;
      }
      Bytes chunk = part(content, from);
      if (commonSession != null) {
        commonSession.feed(chunk);
      }
      ownSessions.values().forEach(session -> session.feed(chunk));
    }
    if (commonSession != null) {
      common = commonSession.finish();
    }
    ownSessions.forEach((rule, session) -> own.put(rule, session.finish()));
    return true;
  }

  /// There is more of the content than was read.
  void wasCut() {
    cut = true;
  }

  private static Bytes part(Bytes content, int from) {
    int to = Math.min(content.size(), from + CHUNK_BYTES);
    return from == 0 && to == content.size()
        ? content
        : Bytes.wrap(java.util.Arrays.copyOfRange(content.unsafeArray(), from, to));
  }

  /// Every place that a rule wants gone; empty when there is none.
  List<Span> spans(OutputRule rule) {
    Set<String> scanners = scannersOf(rule);
    return Stream.concat(
            common.spans().stream().filter(span -> scanners.contains(span.scanner())),
            ownOf(rule).spans().stream())
        .toList();
  }

  /// Whether there was more to find for a rule than is kept.
  boolean overflowed(OutputRule rule) {
    return ownOf(rule).overflow() || (common.overflow() && !rule.match().scanners().isEmpty());
  }

  @Override
  public List<OutputFinding> ofScanners(OutputRule rule) {
    Set<String> scanners = scannersOf(rule);
    return findings(common, finding -> scanners.contains(finding.scanner()));
  }

  @Override
  public List<OutputFinding> ofPatterns(OutputRule rule) {
    return findings(ownOf(rule), finding -> finding.scanner().equals(OutputScanner.PATTERN));
  }

  @Override
  public List<OutputFinding> ofKeywords(OutputRule rule) {
    return findings(ownOf(rule), finding -> finding.scanner().equals(ScannerNames.KEYWORD));
  }

  @Override
  public Optional<String> missingScanner(OutputRule rule) {
    return rule.match().scanners().stream()
        .filter(name -> !known.contains(ScannerNames.canonical(name)))
        .findFirst();
  }

  /// Whether there is content that nobody looked at. More hits than are kept is no such thing: each
  /// scanner has found something then, and redaction takes the rest.
  @Override
  public boolean truncated() {
    return cut;
  }

  private ScanResult ownOf(OutputRule rule) {
    return own.getOrDefault(rule, ScanResult.CLEAN);
  }

  private static Set<String> scannersOf(OutputRule rule) {
    return rule.match().scanners().stream()
        .map(ScannerNames::canonical)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static List<OutputFinding> findings(ScanResult result, Predicate<Finding> wanted) {
    List<OutputFinding> findings = new ArrayList<>();
    result.findings().stream()
        .filter(wanted)
        .sorted(Comparator.comparingLong(Finding::start))
        .map(OutputScan::toPolicy)
        .forEach(findings::add);
    return findings;
  }

  private static OutputFinding toPolicy(Finding finding) {
    return new OutputFinding(
        finding.type(),
        severity(finding.severity()),
        finding.detail(),
        finding.start(),
        finding.length(),
        finding.scanner(),
        finding.confidence(),
        quoted(finding.detector()));
  }

  private static String quoted(String pattern) {
    return pattern.codePointCount(0, pattern.length()) <= ScanLimits.QUOTED_MAX
        ? pattern
        : pattern.substring(0, pattern.offsetByCodePoints(0, ScanLimits.QUOTED_MAX));
  }

  static RuleSeverity severity(Severity severity) {
    return switch (severity) {
      case LOW -> RuleSeverity.LOW;
      case MEDIUM -> RuleSeverity.MEDIUM;
      case HIGH -> RuleSeverity.HIGH;
      case CRITICAL -> RuleSeverity.CRITICAL;
    };
  }
}
