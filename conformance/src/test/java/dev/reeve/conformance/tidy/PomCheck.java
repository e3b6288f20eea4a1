package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions live in the parent, sorted; the parent lists every module folder.
final class PomCheck implements TidyCheck {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
  private static final Pattern VERSION_PROPERTY =
      Pattern.compile("<([\\w.-]+\\.version)>[^<]*</", Pattern.MULTILINE);
  private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    SourceFile parent = repository.file("pom.xml").orElseThrow();
    checkSorted(parent, findings);
    List<String> modules = modules(parent);
    for (SourceFile file : repository.files()) {
      if (file.path().matches("[^/]+/pom\\.xml")) {
        checkVersions(file, findings);
        if (!modules.contains(file.module())) {
          findings.add(file.finding(1, "not built (expected: <module> in the root pom.xml)"));
        }
      }
    }
    return findings;
  }

  static List<String> modules(SourceFile parent) {
    return MODULE.matcher(parent.text()).results().map(module -> module.group(1)).toList();
  }

  private static void checkVersions(SourceFile pom, List<Finding> findings) {
    int afterParent = pom.text().indexOf("</parent>");
    Matcher version = VERSION.matcher(pom.text());
    while (version.find()) {
      if (version.start() > afterParent && !version.group(1).startsWith("${")) {
        findings.add(
            pom.findingAt(
                version.start(), "version " + version.group(1) + " (expected: in ../pom.xml)"));
      }
    }
  }

  private static void checkSorted(SourceFile parent, List<Finding> findings) {
    Matcher property = VERSION_PROPERTY.matcher(parent.text());
    String last = "";
    while (property.find()) {
      if (property.group(1).compareTo(last) < 0) {
        findings.add(
            parent.findingAt(
                property.start(), property.group(1) + " (expected: before " + last + ")"));
      }
      last = property.group(1);
    }
  }
}
