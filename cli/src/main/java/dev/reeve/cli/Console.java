package dev.reeve.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command reads and writes. Text is UTF-8 whatever the locale: it may be JSON.
///
/// @param in what is piped in
/// @param out the answer and nothing else
/// @param err notes and failures
/// @param terminal who sits at them
public record Console(InputStream in, PrintStream out, PrintStream err, Terminal terminal) {
  private static final int BUFFER_BYTES = 16 * 1024;

  /// The console of this process. `out` is buffered: [Cli#run] flushes it at the end, commands that
  /// go on for long do so after each line.
  public static Console system(Map<String, String> environment) {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminal.system(environment));
  }

  /// A line of the answer, passed on at once.
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /// A line beside the answer.
  void note(String line) {
    err.println(line);
    err.flush();
  }
}
