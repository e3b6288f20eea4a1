package dev.reeve.quantum.qasm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the version of a program before anything else is read, because the words of the language
/// depend on it.
final class Header {
  private static final Pattern VERSION =
      Pattern.compile("OPENQASM\\s+([0-9]{1,9}(?:\\.[0-9]{0,9})?)");

  private Header() {}

  static QasmVersion version(SourceText source, String expected, Diagnostics diagnostics) {
    int start = firstToken(source.text());
    Matcher line = VERSION.matcher(source.text()).region(start, source.text().length());
    if (!line.lookingAt()) {
      if (source.text().startsWith("OPENQASM", start)) {
        throw diagnostics.invalid(
            start + "OPENQASM".length(), "a version must follow", "as in OPENQASM 3.0;");
      }
      return expected.isEmpty() ? QasmVersion.V3 : named(expected, 0, diagnostics);
    }
    QasmVersion version = named(line.group(1), line.start(1), diagnostics);
    if (!expected.isEmpty() && named(expected, line.start(1), diagnostics) != version) {
      throw diagnostics.invalid(
          line.start(1),
          "the program is OpenQASM %s, but was sent as %s".formatted(line.group(1), expected),
          "send it as what it is, or leave the version out");
    }
    return version;
  }

  private static QasmVersion named(String version, int offset, Diagnostics diagnostics) {
    return switch (version) {
      case "2", "2.0" -> QasmVersion.V2;
      case "3", "3.0", "3.1" -> QasmVersion.V3;
      default ->
          throw diagnostics.unsupported(
              offset, "OpenQASM " + version + " is not offered", "2.0, 3.0 and 3.1 are");
    };
  }

  /// The offset of the first token, behind blanks and comments.
  private static int firstToken(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Lexer.isBlank(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        at = Lexer.endOfLine(text, at);
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return at;
      }
    }
    return at;
  }
}
