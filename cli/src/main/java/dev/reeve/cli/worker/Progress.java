package dev.reeve.cli.worker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a command says it is, by a line on stderr: `progress 0.4 half way` or `progress 40%`.
///
/// @param fraction 0 to 1
/// @param message may be empty
record Progress(double fraction, String message) {
  private static final int MESSAGE_MAX = 200;
  private static final Pattern LINE =
      Pattern.compile("progress[ \\t]+([0-9]{0,3}(?:\\.[0-9]{1,9})?)(%?)(?:[ \\t]+(.*))?");

  /// The progress that a line reports; empty for any other line.
  static Optional<Progress> parse(String line) {
    Matcher match = LINE.matcher(line.strip());
    if (!match.matches() || match.group(1).isEmpty()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(match.group(1));
    double fraction = match.group(2).isEmpty() ? number : number / 100;
    if (fraction > 1) {
      return Optional.empty();
    }
    String message = match.group(3) == null ? "" : match.group(3);
    return Optional.of(
        new Progress(fraction, message.substring(0, Math.min(message.length(), MESSAGE_MAX))));
  }
}
