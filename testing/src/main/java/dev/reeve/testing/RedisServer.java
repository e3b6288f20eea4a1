package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A real Redis of a test's own, without a disk, on a free port of loopback. A machine without the
/// program is a failure with the line that installs it, never a skipped test.
public final class RedisServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String INSTALL =
      "no redis-server found (expected: on PATH or in /usr/bin); install with:"
          + " sudo apt-get install -y --no-install-recommends redis-server";

  private final int port = FreePorts.next();
  private final Process process;

  private RedisServer() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    binary().toString(),
                    "--bind",
                    HOST,
                    "--port",
                    String.valueOf(port),
                    "--save",
                    "",
                    "--appendonly",
                    "no"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /// A new running server for the caller alone, who closes it.
  public static RedisServer start() {
    try {
      RedisServer server = new RedisServer();
      Await.until("redis-server", server::takesConnections);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public URI uri() {
    return URI.create("redis://" + HOST + ":" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      int _ = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path binary() {
    Stream<String> folders =
        Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/bin"));
    Optional<Path> found =
        folders
            .map(folder -> Path.of(folder, "redis-server"))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(() -> new IllegalStateException(INSTALL));
  }
}
