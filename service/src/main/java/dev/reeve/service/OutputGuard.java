package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputFinding;
import dev.reeve.policy.OutputLook;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.OutputRules;
import dev.reeve.policy.OutputVerdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One policy as it checks outputs. Work in proportion to the content: run large ones on a CPU
/// pool. Thread-safe.
public final class OutputGuard {
  private static final Logger log = LoggerFactory.getLogger(OutputGuard.class);

  /// What checking one content may take.
  static final Duration CONTENT_TIME_MAX = Duration.ofSeconds(30);

  /// What redacting one content may take.
  static final Duration REDACTION_TIME_MAX = Duration.ofSeconds(5);

  private final OutputRules rules;
  private final OutputScanner scanner;
  private final MonotonicClock clock;
  private final OutputCounts counts;

  /// A guard by these rules alone.
  ///
  /// @param shared the detectors that rules may name
  /// @param clock measures what a check takes
  public OutputGuard(OutputRules rules, SharedScanner shared, MonotonicClock clock) {
    this(rules, shared, clock, new OutputCounts());
  }

  /// @param counts shared by the guards of all policies since the start
  OutputGuard(OutputRules rules, SharedScanner shared, MonotonicClock clock, OutputCounts counts) {
    this.rules = rules;
    this.scanner = new OutputScanner(rules, shared);
    this.clock = clock;
    this.counts = counts;
  }

  /// Where whoever asks counts what became of the output: only they know.
  public OutputCounts counts() {
    return counts;
  }

  /// The rules it checks by.
  public OutputRules rules() {
    return rules;
  }

  /// What the policy says of an output.
  ///
  /// @param content as much of it as is here
  /// @param lookedMax bytes of it that are looked at
  /// @param cut whether it is known not to be all
  public OutputVerdict check(OutputFacts facts, Bytes content, int lookedMax, boolean cut) {
    List<OutputRule> candidates = rules.candidates(facts);
    if (!rules.applies() || (candidates.isEmpty() && !cut && content.size() <= lookedMax)) {
      return rules.allowed();
    }
    if (content.isEmpty()) {
      return rules.decide(candidates, OutputLook.NO_CONTENT);
    }
    try {
      OutputScan scan = scanner.open(candidates);
      Bytes looked = content;
      if (content.size() > lookedMax) {
        looked = Bytes.wrap(Arrays.copyOf(content.unsafeArray(), lookedMax));
        scan.wasCut();
      }
      if (cut) {
        scan.wasCut();
      }
      return scan.read(looked, TimeLimit.in(clock, CONTENT_TIME_MAX))
          ? rules.decide(candidates, scan)
          : rules.notChecked("the content could not be looked at in time");
    } catch (RuntimeException e) {
      log.error("output not checked", e);
      return rules.notChecked("a detector failed");
    }
  }

  /// The content as a verdict lets it go; empty when it cannot be redacted and stays.
  public Optional<Bytes> redact(OutputVerdict verdict, Bytes content) {
    try {
      return verdict
          .rule()
          .flatMap(rule -> scanner.redact(rule, content, TimeLimit.in(clock, REDACTION_TIME_MAX)));
    } catch (RuntimeException e) {
      log.error("output not redacted", e);
      return Optional.empty();
    }
  }

  /// What a verdict becomes whose redaction could not be made.
  static OutputVerdict unredacted(OutputVerdict verdict) {
    return verdict.quarantined(
        OutputFinding.whole(OutputFinding.OUTPUT_NOT_SCANNED, "the content could not be redacted"));
  }
}
