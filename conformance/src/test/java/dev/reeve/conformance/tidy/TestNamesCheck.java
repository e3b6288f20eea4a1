package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Test methods are sentences in snake case, and stand in a class that the build really runs.
final class TestNamesCheck implements TidyCheck {
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^{;]*?\\s(\\w+)\\(",
          Pattern.DOTALL);
  private static final Pattern RUN = Pattern.compile(".*(Test|IT|Sim|Contract)\\.java");

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.files()) {
      if (file.isJava()) {
        check(file, findings);
      }
    }
    return findings;
  }

  private static void check(SourceFile file, List<Finding> findings) {
    Matcher test = TEST.matcher(file.text());
    while (test.find()) {
      if (!test.group(1).matches("[a-z0-9_]+")) {
        findings.add(
            file.findingAt(test.start(1), test.group(1) + " (expected: a sentence in snake_case)"));
      }
      if (!RUN.matcher(file.name()).matches()) {
        findings.add(
            file.findingAt(
                test.start(), file.name() + " (expected: XxxTest, XxxIT, XxxSim or XxxContract)"));
      }
    }
  }
}
