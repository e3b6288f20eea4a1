package dev.reeve.scan;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;

/// Runs one rule of a rule file: `java.util.regex`, anchored at the keyword, over at most 512
/// bytes. Shipped expressions have only bounded quantifiers (a test holds them to it).
final class PatternDetector implements Detector {
  private static final int TRIGGER_MAX = 8;

  private final PatternRule rule;
  private final List<Trigger> triggers;

  PatternDetector(PatternRule rule) {
    this.rule = rule;
    this.triggers = rule.keywords().stream().map(this::trigger).toList();
  }

  /// The start of a keyword is enough: a small automaton stays in the cache.
  private Trigger trigger(String keyword) {
    String start = keyword.substring(0, Math.min(keyword.length(), TRIGGER_MAX));
    boolean anyCase = rule.pattern().pattern().contains("(?i");
    return anyCase ? Trigger.literal(start) : Trigger.exact(start);
  }

  @Override
  public List<DetectorInfo> infos() {
    return List.of(rule.info());
  }

  @Override
  public List<Trigger> triggers() {
    return triggers;
  }

  @Override
  public void examine(Window window, Hits hits) {
    int at = window.triggerStart();
    for (int start = Math.max(0, at - rule.back()); start <= at; start++) {
      if (rule.bounded() && isTokenAt(window, start - 1) && isTokenAt(window, start)) {
        continue;
      }
      if (matchesAt(window, start, hits)) {
        return;
      }
    }
  }

  private boolean matchesAt(Window window, int start, Hits hits) {
    Matcher matcher = rule.pattern().matcher(window);
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    matcher.region(start, Math.min(window.length(), start + ScanLimits.REGION_BYTES));
    if (!matcher.lookingAt() || matcher.end() < window.triggerEnd()) {
      return false;
    }
    int group = rule.grouped() && matcher.start(1) >= 0 ? 1 : 0;
    int from = matcher.start(group);
    int to = matcher.end(group);
    if (rule.bounded() && isTokenAt(window, to - 1) && isTokenAt(window, to)) {
      return false;
    }
    String text = window.text(from, to);
    if (rule.entropyMin() > 0 && Entropy.bitsPerCharacter(text) < rule.entropyMin()) {
      return false;
    }
    OptionalDouble confidence = rule.check().confidence(text, rule.info().confidence());
    if (confidence.isPresent()) {
      hits.add(rule.info(), from, to, confidence.getAsDouble(), rule.info().title());
    }
    return true;
  }

  private static boolean isTokenAt(Window window, int index) {
    return Ascii.isAlphanumeric(window.byteAt(index));
  }
}
