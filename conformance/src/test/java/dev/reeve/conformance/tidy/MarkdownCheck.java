package dev.reeve.conformance.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A document has one title, and its links into the repository lead somewhere: the file is there,
/// and so is the heading after `#`.
final class MarkdownCheck implements TidyCheck {
  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)");

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.files()) {
      if (file.isMarkdown() && !file.isData()) {
        checkTitle(file, findings);
        checkLinks(repository, file, findings);
      }
    }
    return findings;
  }

  private static void checkTitle(SourceFile file, List<Finding> findings) {
    List<String> lines = prose(file);
    long titles = lines.stream().filter(line -> line.startsWith("# ")).count();
    if (titles != 1) {
      findings.add(file.finding(1, titles + " titles (expected: one line that starts with '# ')"));
    }
  }

  private static void checkLinks(Repository repository, SourceFile file, List<Finding> findings) {
    int number = 0;
    for (String line : prose(file)) {
      number++;
      Matcher link = LINK.matcher(line);
      while (link.find()) {
        String target = link.group(1);
        if (!target.matches("(https?|mailto):.*") && !leadsSomewhere(repository, file, target)) {
          findings.add(
              file.finding(number, "dead link " + target + " (expected: a file or heading)"));
        }
      }
    }
  }

  private static boolean leadsSomewhere(Repository repository, SourceFile file, String target) {
    String path = target.replaceFirst("#.*", "");
    String resolved =
        path.isEmpty()
            ? file.path()
            : Path.of(file.folder()).resolve(path).normalize().toString().replace('\\', '/');
    if (resolved.startsWith("..") || !repository.holds(resolved)) {
      return false;
    }
    Optional<SourceFile> document = repository.file(resolved).filter(SourceFile::isMarkdown);
    return !target.contains("#")
        || document.isEmpty()
        || anchors(document.get()).contains(target.substring(target.indexOf('#') + 1));
  }

  private static Set<String> anchors(SourceFile file) {
    Set<String> anchors = new HashSet<>();
    for (String line : prose(file)) {
      if (line.matches("#+ .*")) {
        anchors.add(
            line.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-'));
      }
    }
    return anchors;
  }

  /// The lines with the contents of code fences blanked, so that line numbers stay.
  private static List<String> prose(SourceFile file) {
    List<String> lines = new ArrayList<>();
    boolean fenced = false;
    for (String line : file.lines()) {
      boolean fence = line.stripLeading().startsWith("```");
      fenced ^= fence;
      lines.add(fenced || fence ? "" : line);
    }
    return lines;
  }
}
