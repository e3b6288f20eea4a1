package dev.reeve.service;

import dev.reeve.base.Text;
import dev.reeve.policy.ContentMatch;
import dev.reeve.policy.InputRule;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyProblems;
import dev.reeve.scan.ScannerNames;
import java.util.ArrayList;
import java.util.List;

/// Scanners that content rules name and that do not exist: a misspelt one would look into nothing.
public final class UnknownScanners {
  private UnknownScanners() {}

  /// A line for each, with the nearest name there is; empty when all of them exist.
  ///
  /// @param scanner whose detectors there are; not built for a policy that names none
  public static List<String> of(PolicyDocument document, SharedScanner scanner) {
    List<String> lines = new ArrayList<>();
    for (InputRule rule : document.more().inputRules()) {
      add("input rule " + rule.id(), rule.match(), scanner, lines);
    }
    for (OutputRule rule : document.more().outputRules()) {
      add("output rule " + rule.id(), rule.match(), scanner, lines);
    }
    return List.copyOf(lines);
  }

  /// Refuses a policy that names one.
  ///
  /// @param source name of the policy, for the message
  /// @throws dev.reeve.base.ProblemException `POLICY_FILE_INVALID`
  public static void refuse(String source, PolicyDocument document, SharedScanner scanner) {
    List<String> lines = of(document, scanner);
    if (!lines.isEmpty()) {
      throw PolicyProblems.POLICY_FILE_INVALID
          .because(source + ":\n  " + String.join("\n  ", lines))
          .toException();
    }
  }

  private static void add(
      String rule, ContentMatch match, SharedScanner scanner, List<String> lines) {
    for (String name : match.scanners()) {
      if (!scanner.names().contains(ScannerNames.canonical(name))) {
        String nearest = Text.nearest(name, scanner.names());
        lines.add(
            rule
                + ": match.scanners: "
                + Text.quoteForMessage(name)
                + " (expected: "
                + (nearest.isEmpty()
                    ? "one of " + scanner.names().stream().sorted().toList()
                    : "did you mean \"" + nearest + "\"?")
                + ")");
      }
    }
  }
}
