package dev.reeve.cli;

import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.COMPLETE;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.cli.FakeWorkerService.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker process that is told to stop the way supervisors do it.
class WorkerSignalIT {
  private static final int KILLED_BY_TERM = 143;

  @Test
  void sigterm_lets_the_open_run_finish(@TempDir Path folder) throws Exception {
    try (FakeServer server = FakeServer.start()) {
      Process process =
          start(server, "while [ ! -e " + folder + "/go ]; do sleep 0.05; done; echo ok", folder);
      Conversation conversation = server.workers.next().register();
      conversation.assign("1.1.1", "");
      conversation.await(STARTED, 1);

      process.destroy();
      dev.reeve.testing.Await.until(
          "stopping", () -> read(folder.resolve("log")).contains("stopping; 1 open"));
      Files.createFile(folder.resolve("go"));
      conversation.await(COMPLETE, 1);
      conversation.acknowledge("1.1.1");

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(KILLED_BY_TERM);
      assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
          .isEqualTo("ok\n");
    }
  }

  private static Process start(FakeServer server, String command, Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            "worker",
            "--topic",
            "job.test",
            "--exec",
            command,
            "--server",
            server.address())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
