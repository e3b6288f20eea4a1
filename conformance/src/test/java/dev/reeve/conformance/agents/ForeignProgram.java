package dev.reeve.conformance.agents;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Python program of ours as a process of its own; what it says is one JSON object per line. Ends
/// with the test.
final class ForeignProgram implements AutoCloseable {
  private static final String INTERPRETER = prepared();

  private final Process process;
  private final Path output;

  private ForeignProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts `cap/NAME.py`.
  static ForeignProgram start(Path folder, String name, List<String> arguments) {
    Path root = RepositoryRoot.path();
    List<String> command = new ArrayList<>(List.of(INTERPRETER));
    command.add(root.resolve("conformance/src/test/python/cap/" + name + ".py").toString());
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile(folder, name, ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder
          .environment()
          .put("CAP_PROTO_PATH", root.resolve("target/python/messages").toString());
      return new ForeignProgram(builder.start(), output);
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
