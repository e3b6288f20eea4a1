package dev.reeve.conformance.tidy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every package says what it is for, is `@NullMarked`, and is named after its module. A test
/// package needs a `package-info` of its own only when main code has no package of that name.
final class PackageCheck implements TidyCheck {
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    TreeMap<String, SourceFile> firstOfPackage = new TreeMap<>();
    Set<String> described = new TreeSet<>();
    List<SourceFile> java =
        repository.files().stream()
            .filter(file -> file.isMainJava() || file.isTestJava())
            .sorted(Comparator.comparing((SourceFile file) -> !file.isMainJava()))
            .toList();
    for (SourceFile file : java) {
      Optional<String> name = packageName(file);
      if (name.isEmpty()) {
        findings.add(file.finding(1, "no package (expected: dev.reeve." + file.module() + ")"));
        continue;
      }
      checkName(file, name.get(), findings);
      String key = file.module() + " " + name.get();
      firstOfPackage.putIfAbsent(key, file);
      if (file.name().equals("package-info.java")) {
        described.add(key);
        checkDescription(file, findings);
      }
    }
    firstOfPackage.forEach((key, file) -> {
      if (!described.contains(key)) {
        findings.add(file.finding(1, "package without package-info.java (expected: one)"));
      }
    });
    return findings;
  }

  private static void checkName(SourceFile file, String name, List<Finding> findings) {
    String root = "dev.reeve." + file.module().replace("-", "");
    if (!name.equals(root) && !name.startsWith(root + ".")) {
      findings.add(file.finding(1, "package " + name + " (expected: " + root + ")"));
    }
    if (!file.folder().endsWith("/java/" + name.replace('.', '/'))) {
      findings.add(file.finding(1, "package " + name + " (expected: the folder's name)"));
    }
  }

  private static void checkDescription(SourceFile file, List<Finding> findings) {
    if (!file.text().startsWith("/// ")) {
      findings.add(
          file.finding(
              1, "no description (expected: what lives here, what not, callers, threads)"));
    }
    if (!file.text().contains("\n@NullMarked\n")) {
      findings.add(file.finding(1, "not @NullMarked (expected: @NullMarked before the package)"));
    }
  }

  private static Optional<String> packageName(SourceFile file) {
    Matcher matcher = PACKAGE.matcher(file.text());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
