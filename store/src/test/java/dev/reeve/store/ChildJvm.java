package dev.reeve.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A second process with this test's class path, to be killed or asked who it is.
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildJvm start(Class<?> main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    try {
      return new ChildJvm(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// The next line of its output; blocks until there is one.
  String line() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the child ended, status " + process.onExit().join().exitValue());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Signal 9, then what it had still said.
  List<String> kill() {
    // Through the handle: the process itself would close our end of its output, too.
    process.toHandle().destroyForcibly();
    process.onExit().join();
    return output.lines().toList();
  }

  @Override
  public void close() {
    kill();
  }
}
