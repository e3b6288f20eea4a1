package dev.reeve.conformance.beamline;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The example worker in Python as a process of its own; what it says is one JSON object per line.
/// Ends with the test.
final class WorkerProgram implements AutoCloseable {
  private static final Path ROOT = RepositoryRoot.path();
  private static final String INTERPRETER = interpreter();

  private final Process process;
  private final Path output;

  private WorkerProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static WorkerProgram start(Path folder, String id, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(INTERPRETER));
    command.add(ROOT.resolve("examples/workers/beamline_python/worker.py").toString());
    command.addAll(List.of("--id", id));
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile(folder, id, ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      return new WorkerProgram(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String interpreter() {
    try {
      Process process =
          new ProcessBuilder(ROOT.resolve("dev/python").toString())
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

  /// Lines with all of these texts.
  List<String> lines(String... texts) {
    return said().lines().filter(line -> List.of(texts).stream().allMatch(line::contains)).toList();
  }

  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stands still, as a machine does that swaps.
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
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

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
