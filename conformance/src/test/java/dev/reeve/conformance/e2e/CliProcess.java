package dev.reeve.conformance.e2e;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command of the real command line as a process of its own. Ends with the test.
final class CliProcess implements AutoCloseable {
  private final Process process;

  private CliProcess(Process process) {
    this.process = process;
  }

  /// `reeve worker` that runs this command for each job of the topic.
  static CliProcess worker(String server, String topic, String command, Path log) {
    return start(
        log,
        "worker",
        "--server",
        server,
        "--topic",
        topic,
        "--exec",
        command,
        "--concurrency",
        "1");
  }

  /// `reeve ARGUMENTS`.
  static CliProcess start(Path log, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(RepositoryRoot.path().resolve("reeve").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("REEVE_BUILD", "off");
    try {
      return new CliProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits for its end; its exit status.
  int end() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Signal 9 for it and for what it runs.
  void kill() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    end();
  }

  @Override
  public void close() {
    kill();
  }
}
