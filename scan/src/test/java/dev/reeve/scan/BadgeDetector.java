package dev.reeve.scan;

import java.util.List;

/// A plug-in as somebody else would write it: public types only.
public final class BadgeDetector implements Detector, DetectorProvider {
  private static final DetectorInfo INFO =
      new DetectorInfo(
          "pii",
          "pii",
          "employee-badge",
          "badge number",
          Severity.LOW,
          0.8,
          DetectorInfo.SPECIFIC,
          "Badges of visitors.");

  @Override
  public List<Detector> detectors() {
    return List.of(this);
  }

  @Override
  public List<DetectorInfo> infos() {
    return List.of(INFO);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.exact("EMP-"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int end = window.triggerEnd();
    while (window.isDigitAt(end)) {
      end++;
    }
    if (end - window.triggerEnd() == 6) {
      hits.add(INFO, window.triggerStart(), end);
    }
  }
}
