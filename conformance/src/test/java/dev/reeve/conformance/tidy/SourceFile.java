package dev.reeve.conformance.tidy;

import java.util.List;

/// One text file of the repository. The path is relative to the root, with `/` between its parts.
record SourceFile(String path, String text) {
  List<String> lines() {
    return text.lines().toList();
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String folder() {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  /// The first folder: a module, `docs`, `dev`; empty for the files at the root.
  String module() {
    return path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isMainJava() {
    return isJava() && path.contains("/src/main/java/");
  }

  boolean isTestJava() {
    return isJava() && path.contains("/src/test/java/");
  }

  boolean isMarkdown() {
    return path.endsWith(".md");
  }

  boolean isShell() {
    return text.startsWith("#!") && text.lines().findFirst().orElse("").contains("bash");
  }

  /// Inputs and expected outputs of tests, and schema files copied byte for byte: kept as they are.
  boolean isData() {
    return path.contains("/src/test/resources/") || path.startsWith("contracts/");
  }

  Finding finding(int line, String message) {
    return new Finding(path, line, message);
  }

  /// A finding on the line that holds the character at this offset.
  Finding findingAt(int offset, String message) {
    return finding(
        1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count(), message);
  }
}
