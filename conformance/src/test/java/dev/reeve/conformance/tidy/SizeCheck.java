package dev.reeve.conformance.tidy;

import java.util.List;

/// No file that a person maintains is longer than 800 lines; look twice at 400.
final class SizeCheck implements TidyCheck {
  private static final int LINES_MAX = 800;

  @Override
  public List<Finding> check(Repository repository) {
    return repository.files().stream()
        .filter(file -> file.isJava() || file.isMarkdown() || file.isShell())
        .filter(file -> file.lines().size() > LINES_MAX)
        .map(file ->
            file.finding(
                LINES_MAX + 1,
                "%d lines (expected: at most %d; split by concept)"
                    .formatted(file.lines().size(), LINES_MAX)))
        .toList();
  }
}
