package dev.reeve.scan;

import dev.reeve.base.Bytes;
import java.util.Objects;
import java.util.function.Predicate;

/// Scans content with a set of rules. The work is linear in the size of the content; run large ones
/// on a CPU pool. Thread-safe.
public final class ContentScanner {
  private static final int REDACTION_ROUNDS_MAX = 4;

  /// Largest content that is scanned once more for each [ScanLimits#HITS_MAX] hits in it.
  private static final int FLOODED_BYTES_MAX = 4 * 1024 * 1024;

  private static final int FLOODED_ROUNDS_MAX = 64;

  private final ScanRules rules;

  public ContentScanner(ScanRules rules) {
    this.rules = Objects.requireNonNull(rules, "rules");
  }

  /// Scans a content that is whole in memory.
  public ScanResult scan(Bytes content) {
    ScanSession session = new ScanSession(rules);
    return session.scanWhole(content);
  }

  /// Starts a scan of content that comes in chunks. The result is that of [#scan] on the chunks put
  /// together.
  public ScanSession open() {
    return new ScanSession(rules);
  }

  /// The content with every hit of the scanners that pass cut to `[REDACTED]`, so that another scan
  /// by these rules finds nothing of them. Content that cannot be cleaned is replaced as a whole.
  public Bytes redact(Bytes content, Predicate<String> scanners) {
    Bytes cut = content;
    int floods = content.size() <= FLOODED_BYTES_MAX ? FLOODED_ROUNDS_MAX : 0;
    int rounds = REDACTION_ROUNDS_MAX;
    while (rounds > 0 && floods >= 0) {
      ScanResult result = scan(cut);
      var spans = result.spans().stream().filter(span -> scanners.test(span.scanner())).toList();
      if (spans.isEmpty()) {
        return result.overflow() ? Redactor.MARK : cut;
      }
      cut = Redactor.redact(cut, spans);
      if (result.overflow()) {
        floods--;
      } else {
        rounds--;
      }
    }
    return Redactor.MARK;
  }
}
