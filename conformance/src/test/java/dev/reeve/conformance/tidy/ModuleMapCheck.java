package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The table of modules in `ARCHITECTURE.md` lists what is built, in the same order: a map with
/// rooms that do not exist is worse than none.
final class ModuleMapCheck implements TidyCheck {
  private static final String MAP = "ARCHITECTURE.md";
  private static final Pattern ROW = Pattern.compile("^\\| \\[`([a-z]+)/`]", Pattern.MULTILINE);

  @Override
  public List<Finding> check(Repository repository) {
    SourceFile map = repository.file(MAP).orElseThrow();
    List<String> drawn = ROW.matcher(map.text()).results().map(row -> row.group(1)).toList();
    List<String> built = PomCheck.modules(repository.file("pom.xml").orElseThrow());
    List<Finding> findings = new ArrayList<>();
    if (!drawn.equals(built)) {
      int table = Math.max(0, map.text().indexOf("\n## Modules") + 1);
      findings.add(map.findingAt(table, "modules " + drawn + " (expected: " + built + ")"));
    }
    return findings;
  }
}
