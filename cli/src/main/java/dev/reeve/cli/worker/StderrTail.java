package dev.reeve.cli.worker;

import dev.reeve.cli.client.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Reads a command's stderr to its end, passes progress lines on and keeps the last other lines.
/// Holds at most 20 lines of 1000 bytes. One thread reads; any thread may ask for the lines.
final class StderrTail {
  private static final int LINES_MAX = 20;
  private static final int LINE_BYTES_MAX = 1_000;
  private static final int READ_BYTES = 8 * 1024;

  private final Consumer<Progress> onProgress;
  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  StderrTail(Consumer<Progress> onProgress) {
    this.onProgress = onProgress;
  }

  void readAll(InputStream stderr) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    for (int count = stderr.read(buffer); count >= 0; count = stderr.read(buffer)) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          endLine();
        } else if (line.size() < LINE_BYTES_MAX) {
          line.write(buffer[i]);
        }
      }
    }
    endLine();
  }

  private void endLine() {
    String text = SafeText.line(line.toString(StandardCharsets.UTF_8)).strip();
    line.reset();
    Progress.parse(text).ifPresentOrElse(onProgress, () -> keep(text));
  }

  private synchronized void keep(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (lines.size() == LINES_MAX) {
      lines.removeFirst();
    }
    lines.addLast(text);
  }

  /// The last lines, one under another.
  synchronized String text() {
    return String.join("\n", lines);
  }
}
