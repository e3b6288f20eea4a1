package dev.reeve.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// So many callers of `/v1/chat/completions`, each with a connection of its own that it keeps, one
/// call after the other. Plain sockets, so that the client adds next to nothing.
final class ModelCalls {
  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"You are brief and"
          + " kind.\"},{\"role\":\"user\",\"content\":\"Say in one sentence what a control plane"
          + " is.\"}],\"temperature\":0.2}";

  private final InetSocketAddress address;
  private final byte[] request;

  /// @param address `HOST:PORT`
  ModelCalls(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    this.address = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
    this.request =
        String.join(
                "\r\n",
                "POST /v1/chat/completions HTTP/1.1",
                "host: " + address,
                "content-type: application/json",
                "accept: application/json",
                "authorization: Bearer sk-bench",
                "content-length: " + BODY.length(),
                "",
                BODY)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /// Calls for so long.
  Latencies run(int callers, double seconds, int max) throws InterruptedException {
    Latencies latencies = new Latencies(max);
    Failure failure = new Failure();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(Thread.ofPlatform().daemon().start(() -> callUntil(end, latencies, failure)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    failure.check();
    return latencies;
  }

  private void callUntil(long end, Latencies latencies, Failure failure) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(address);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
        socket.getOutputStream().write(request);
        answer(in);
        latencies.add(System.nanoTime() - begun);
      }
    } catch (IOException | RuntimeException e) {
      failure.is(e);
    }
  }

  /// Reads one answer to its end, which must be a good one.
  private static void answer(InputStream in) throws IOException {
    String status = line(in);
    int length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    String body = length < 0 ? chunks(in) : text(in, length);
    if (!status.contains(" 200") || !body.contains("\"content\"")) {
      throw new IOException(status + " " + body);
    }
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = Integer.parseInt(line(in), 16); size > 0; ) {
      body.append(text(in, size));
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
    line(in);
    return body.toString();
  }

  private static String text(InputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new UncheckedIOException(new IOException("the connection ended"));
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
