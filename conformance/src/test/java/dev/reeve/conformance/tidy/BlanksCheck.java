package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.List;

/// Line ends, trailing blanks, tabs and the final newline: what makes a change show as a change.
final class BlanksCheck implements TidyCheck {
  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.files()) {
      if (!file.isData()) {
        check(file, findings);
      }
    }
    return findings;
  }

  private static void check(SourceFile file, List<Finding> findings) {
    if (file.text().isEmpty()) {
      findings.add(file.finding(1, "empty file (expected: content, or no file)"));
      return;
    }
    if (!file.text().endsWith("\n") || file.text().endsWith("\n\n")) {
      findings.add(file.finding(file.lines().size(), "end of file (expected: one final newline)"));
    }
    int number = 0;
    for (String line : file.text().split("\n", -1)) {
      number++;
      if (line.endsWith("\r")) {
        findings.add(file.finding(number, "carriage return (expected: a plain newline)"));
      } else if (line.endsWith(" ") || line.endsWith("\t")) {
        findings.add(file.finding(number, "trailing blank (expected: none)"));
      } else if (line.contains("\t") && !file.name().equals("Makefile")) {
        findings.add(file.finding(number, "tab (expected: two spaces)"));
      }
    }
  }
}
