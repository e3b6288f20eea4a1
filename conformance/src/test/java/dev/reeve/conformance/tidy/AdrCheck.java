package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decision records are `docs/adr/NNNN-title.md`; no number is used twice and the index lists all.
final class AdrCheck implements TidyCheck {
  private static final String INDEX = "docs/adr/README.md";
  private static final Pattern RECORD = Pattern.compile("docs/adr/(\\d{4})-[a-z0-9-]+\\.md");

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> byNumber = new HashMap<>();
    String index = repository.file(INDEX).map(SourceFile::text).orElse("");
    for (SourceFile file : repository.files()) {
      if (!file.folder().equals("docs/adr") || file.path().equals(INDEX)) {
        continue;
      }
      Matcher matcher = RECORD.matcher(file.path());
      if (!matcher.matches()) {
        findings.add(file.finding(1, "name (expected: NNNN-lower-case-title.md)"));
        continue;
      }
      String other = byNumber.putIfAbsent(matcher.group(1), file.name());
      if (other != null) {
        findings.add(
            file.finding(1, "number is taken by " + other + " (expected: the next free one)"));
      }
      if (!index.contains("(" + file.name() + ")")) {
        findings.add(file.finding(1, "not in the index (expected: a line in " + INDEX + ")"));
      }
    }
    return findings;
  }
}
