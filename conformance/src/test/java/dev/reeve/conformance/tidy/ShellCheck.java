package dev.reeve.conformance.tidy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Bash scripts stop at the first error and can be started. Deeper questions are for the
/// `shellcheck` tool, which `dev/check` runs where it is installed.
final class ShellCheck implements TidyCheck {
  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.files()) {
      if (!file.isShell()) {
        continue;
      }
      if (!file.text().contains("\nset -euo pipefail\n")) {
        findings.add(file.finding(1, "no 'set -euo pipefail' (expected: one, before the work)"));
      }
      if (!Files.isExecutable(repository.root().resolve(file.path()))) {
        findings.add(file.finding(1, "not executable (expected: chmod +x)"));
      }
    }
    return findings;
  }
}
