package dev.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Which of the three streams a person sits at, and how to draw for them.
///
/// @param in whether stdin is a terminal
/// @param out whether stdout is a terminal
/// @param err whether stderr is a terminal
/// @param plain no block characters and no colours, whatever the streams are
/// @param columns width to draw for
public record Terminal(boolean in, boolean out, boolean err, boolean plain, int columns) {
  private static final int COLUMNS_DEFAULT = 80;
  private static final int COLUMNS_MIN = 40;

  /// Nobody looks: files and pipes.
  public static Terminal none() {
    return new Terminal(false, false, false, true, COLUMNS_DEFAULT);
  }

  /// The terminal of this process. `NO_COLOR` and `TERM=dumb` make it plain.
  public static Terminal system(Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(isTerminal(0), isTerminal(1), isTerminal(2), plain, columns(environment));
  }

  /// Whether stdout may be drawn on.
  public boolean drawsOnOut() {
    return out && !plain;
  }

  /// Whether stderr may be drawn on.
  public boolean drawsOnErr() {
    return err && !plain;
  }

  private static int columns(Map<String, String> environment) {
    String text = environment.getOrDefault("COLUMNS", "");
    return text.matches("[0-9]{2,4}")
        ? Math.max(COLUMNS_MIN, Integer.parseInt(text))
        : COLUMNS_DEFAULT;
  }

  /// Linux tells per stream; elsewhere the JDK knows only of stdin and stdout together.
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (IOException e) {
        return false;
      }
    }
    return Objects.requireNonNull(System.console()).isTerminal();
  }
}
