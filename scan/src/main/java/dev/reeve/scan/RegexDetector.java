package dev.reeve.scan;

import com.google.re2j.Matcher;
import java.util.Arrays;

/// One pattern of a user, run over the whole content. A match longer than the look-ahead may be
/// reported in pieces.
///
/// @param info what its findings say
/// @param regex what is looked for
record RegexDetector(DetectorInfo info, SafeRegex regex) {
  /// A pattern that a policy rule looks for.
  static RegexDetector ofRule(String scanner, Severity severity, SafeRegex regex) {
    return new RegexDetector(
        new DetectorInfo(
            scanner,
            scanner,
            regex.text(),
            "content matches a pattern of the rule",
            severity,
            1.0,
            DetectorInfo.SPECIFIC,
            "What its expression does not say."),
        regex);
  }

  /// Finds matches that begin in `[start, until)`, seeing the bytes of `[from, to)`.
  void find(byte[] bytes, int from, int start, int until, int to, HitCollector hits) {
    boolean whole = from == 0 && to == bytes.length;
    Matcher matcher = regex.over(whole ? bytes : Arrays.copyOfRange(bytes, from, to));
    int at = start - from;
    while (at <= to - from && matcher.find(at)) {
      if (matcher.start() >= until - from) {
        return;
      }
      int end = Math.min(matcher.end(), matcher.start() + ScanLimits.LOOK_AHEAD_BYTES);
      hits.addAt(info, from + matcher.start(), from + end, info.confidence(), info.title());
      at = Math.max(end, matcher.start() + 1);
    }
  }
}
