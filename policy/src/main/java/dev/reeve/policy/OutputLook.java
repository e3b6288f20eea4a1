package dev.reeve.policy;

import java.util.List;
import java.util.Optional;

/// What was found in one output, for the rules that look into it. Given by whoever knows the
/// detectors. Findings come ordered by place, at most 10 of one pattern and 32 of one scanner.
public interface OutputLook {
  /// An output without content.
  OutputLook NO_CONTENT =
      new OutputLook() {
        @Override
        public List<OutputFinding> ofScanners(OutputRule rule) {
          return List.of();
        }

        @Override
        public List<OutputFinding> ofPatterns(OutputRule rule) {
          return List.of();
        }

        @Override
        public List<OutputFinding> ofKeywords(OutputRule rule) {
          return List.of();
        }

        @Override
        public Optional<String> missingScanner(OutputRule rule) {
          return Optional.empty();
        }

        @Override
        public boolean truncated() {
          return false;
        }
      };

  /// What the scanners of a rule found.
  List<OutputFinding> ofScanners(OutputRule rule);

  /// Where the patterns of a rule occur.
  List<OutputFinding> ofPatterns(OutputRule rule);

  /// Where the keywords of a rule occur.
  List<OutputFinding> ofKeywords(OutputRule rule);

  /// The first scanner of a rule that does not exist, so that nobody looked.
  Optional<String> missingScanner(OutputRule rule);

  /// Whether there was more than was looked at.
  boolean truncated();
}
