package dev.reeve.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the content of one request with input rules. Decodes it once. Used by one thread.
final class InputLook {
  private static final String UNREADABLE = "input_not_scanned";

  private final InputContent content;
  private final InputScanner scanner;
  private final InputPolicy policy;
  private final boolean cut;
  private final int looked;
  private @Nullable String text;
  private boolean unreadable;

  InputLook(Evaluation evaluation, InputPolicy policy) {
    this.content = evaluation.input().contentOrPrompt();
    this.scanner = evaluation.context().scanner();
    this.policy = policy;
    int size = content.bytes().size();
    this.looked = Math.min(size, policy.maxScanBytes());
    this.cut = looked < (policy.strict() ? content.sizeBytes() : size);
  }

  private String text() {
    String decoded = text;
    if (decoded == null) {
      decoded = new String(content.bytes().unsafeArray(), 0, looked, StandardCharsets.UTF_8);
      text = decoded;
    }
    return decoded;
  }

  /// Whether the last rule matched because content could not be looked at.
  boolean wasUnreadable() {
    return unreadable;
  }

  /// What makes the rule match; empty when it does not.
  Optional<List<InputFinding>> match(InputRule rule) {
    unreadable = false;
    ContentMatch match = rule.match();
    if (match.sizeAbove().isPresent()) {
      return content.sizeBytes() > match.sizeAbove().getAsLong()
          ? Optional.of(List.of())
          : Optional.empty();
    }
    if (!match.contentTypes().isEmpty() && !match.hasContentType(content.type())) {
      return Optional.empty();
    }
    boolean reads = match.readsContent() || rule.scope().isPresent();
    if (!reads) {
      return Optional.of(List.of());
    }
    if (content.bytes().size() == 0) {
      return rule.scope().filter(InputScope::denyMissingInput).isPresent()
          ? Optional.of(List.of(finding(rule, "scope_violation", "there is no content")))
          : Optional.empty();
    }
    List<InputFinding> findings = findings(rule);
    if (!findings.isEmpty()) {
      return Optional.of(findings);
    }
    if (cut && policy.failClosed()) {
      unreadable = true;
      return Optional.of(
          List.of(finding(rule, UNREADABLE, "the content is longer than what can be scanned")));
    }
    return Optional.empty();
  }

  /// Criteria in their order. The first one that is given must find something; after that the
  /// others add what they find.
  private List<InputFinding> findings(InputRule rule) {
    ContentMatch match = rule.match();
    List<InputFinding> findings = new ArrayList<>();
    if (rule.scope().isPresent()) {
      ScopeCheck.violation(rule.scope().get(), text(), rule.severity()).ifPresent(findings::add);
      if (findings.isEmpty()) {
        return findings;
      }
    }
    if (!match.patterns().isEmpty()) {
      for (RuleRegex pattern : match.patterns()) {
        if (pattern.occursIn(text())) {
          findings.add(finding(rule, "content_pattern", "content matches a pattern of the rule"));
        }
      }
      if (findings.isEmpty()) {
        return findings;
      }
    }
    if (!match.keywords().isEmpty()) {
      String lower = text().toLowerCase(Locale.ROOT);
      for (String keyword : match.keywords()) {
        if (lower.contains(keyword.toLowerCase(Locale.ROOT))) {
          findings.add(finding(rule, "keyword_match", "content has a keyword of the rule"));
        }
      }
      if (findings.isEmpty()) {
        return findings;
      }
    }
    for (String name : match.scanners()) {
      findings.addAll(scanned(rule, name));
    }
    return findings;
  }

  private List<InputFinding> scanned(InputRule rule, String name) {
    Optional<List<InputFinding>> found = scanner.scan(name, text());
    if (found.isEmpty() && policy.failClosed()) {
      unreadable = true;
      return List.of(finding(rule, UNREADABLE, "scanner " + name + " is not available"));
    }
    return found.orElse(List.of());
  }

  private static InputFinding finding(InputRule rule, String type, String detail) {
    return new InputFinding(type, rule.severity(), detail, 1.0);
  }
}
