package dev.reeve.scan;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A word of a policy, found as a substring in any case. Letters beyond ASCII match as written, in
/// lower and in upper case.
final class KeywordDetector implements Detector {
  static final String SCANNER = "keyword";

  private final DetectorInfo info;
  private final List<Trigger> triggers;

  private KeywordDetector(String keyword) {
    String shown =
        keyword.length() <= ScanLimits.QUOTED_MAX
            ? keyword
            : keyword.substring(0, ScanLimits.QUOTED_MAX);
    info =
        new DetectorInfo(
            SCANNER,
            "keyword_match",
            keyword,
            "keyword " + shown,
            Severity.HIGH,
            1.0,
            DetectorInfo.SPECIFIC,
            "Other spellings; mixed case beyond ASCII.");
    triggers =
        Stream.of(keyword, keyword.toLowerCase(Locale.ROOT), keyword.toUpperCase(Locale.ROOT))
            .distinct()
            .map(Trigger::literal)
            .toList();
  }

  static List<KeywordDetector> all(Collection<String> keywords) {
    return keywords.stream().distinct().sorted().map(KeywordDetector::new).toList();
  }

  @Override
  public List<DetectorInfo> infos() {
    return List.of(info);
  }

  @Override
  public List<Trigger> triggers() {
    return triggers;
  }

  @Override
  public void examine(Window window, Hits hits) {
    hits.add(info, window.triggerStart(), window.triggerEnd());
  }
}
