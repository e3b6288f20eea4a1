package dev.reeve.conformance.workers;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A worker, or somebody else on the bus, as a process of its own; what it says is one JSON object
/// per line. Ends with the test.
final class WorkerProgram implements AutoCloseable {
  private static final String INTERPRETER = prepared();

  private final Process process;
  private final Path output;

  private WorkerProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts a Python program of the repository.
  ///
  /// @param folder where what it says is kept
  static WorkerProgram python(Path folder, String script, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(INTERPRETER);
    command.add(RepositoryRoot.path().resolve(script).toString());
    command.addAll(arguments);
    return start(folder, command);
  }

  /// Starts `reeve` with these arguments.
  static WorkerProgram reeve(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(RepositoryRoot.path().resolve("reeve").toString());
    command.addAll(arguments);
    return start(folder, command);
  }

  private static WorkerProgram start(Path folder, List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "program-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder
          .environment()
          .putAll(
              Map.of(
                  "CAP_PROTO_PATH",
                  RepositoryRoot.path().resolve("target/python/messages").toString(),
                  "REEVE_BUILD",
                  "off"));
      return new WorkerProgram(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String prepared() {
    Path script = RepositoryRoot.path().resolve("dev/python");
    try {
      Process process =
          new ProcessBuilder(script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("dev/python failed (expected: a Python with packages)");
      }
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What it said so far.
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lines with all of these texts.
  List<String> lines(String... texts) {
    return said().lines().filter(line -> List.of(texts).stream().allMatch(line::contains)).toList();
  }

  int end() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Stands still, as a machine does that swaps.
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  void kill() {
    process.destroyForcibly();
    end();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
