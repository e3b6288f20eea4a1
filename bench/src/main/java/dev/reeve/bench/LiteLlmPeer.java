package dev.reeve.bench;

import dev.reeve.testing.FreePorts;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// LiteLLM's proxy in front of the same model server, with one worker process, no database, no log.
final class LiteLlmPeer implements AutoCloseable {
  private static final int READY_SECONDS_MAX = 90;

  private final Path folder;
  private final Process process;
  private final int port;

  private LiteLlmPeer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /// Empty when it is not installed. Returns when it accepts calls.
  static Optional<LiteLlmPeer> start(URI model) throws IOException, InterruptedException {
    String python = System.getProperty("bench.litellm", "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    Path folder = TempDirs.create("bench-litellm");
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            model_list:
              - model_name: m
                litellm_params: {model: openai/m, api_base: "%s", api_key: sk-bench}
            litellm_settings: {telemetry: false, drop_params: true, num_retries: 0}
            """
                .formatted(model));
    int port = FreePorts.next();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(python).resolveSibling("litellm").toString(),
                "--config",
                config.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--num_workers",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "LITELLM_LOCAL_MODEL_COST_MAP",
                "True",
                "LITELLM_LOG",
                "ERROR",
                // As ours: whoever sits at this machine may call.
                "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY",
                "true"));
    LiteLlmPeer peer = new LiteLlmPeer(folder, builder.start(), port);
    peer.awaitReady();
    return Optional.of(peer);
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int i = 0; i < READY_SECONDS_MAX * 10; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("log")), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("litellm did not start: " + Files.readString(folder.resolve("log")));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    TempDirs.delete(folder);
  }
}
