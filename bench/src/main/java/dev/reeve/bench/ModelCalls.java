package dev.reeve.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// So many callers of `/v1/chat/completions`, each with a connection of its own that it keeps, one
/// call after the other. Plain sockets, so that the client adds next to nothing. What the model
/// itself took, which its answers tell, is subtracted from each call: what is left is the way there
/// and back.
final class ModelCalls {
  private static final int CALLS_MAX = 400_000;
  private static final byte[] CHUNK = "data: {".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern MODEL_NANOS =
      Pattern.compile("\"system_fingerprint\":\\s*\"fp_(\\d+)\"");
  private static final String QUESTION =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"You are brief and"
          + " kind.\"},{\"role\":\"user\",\"content\":\"Say in one sentence what a control plane"
          + " is.\"}],\"temperature\":0.2";

  /// How long calls took, without the model.
  ///
  /// @param first until the first piece of an answer
  /// @param whole until its end
  /// @param chunks pieces of all of them
  record Times(Latencies first, Latencies whole, LongAdder chunks) {
    private Times() {
      this(new Latencies(CALLS_MAX), new Latencies(CALLS_MAX), new LongAdder());
    }

    int count() {
      return whole.count();
    }

    /// What lay between two pieces of a stream, on average, in microseconds.
    double microsPerChunk() {
      double between = 0;
      long[] begun = first.nanos(0, first.count());
      long[] ended = whole.nanos(0, whole.count());
      for (long nanos : ended) {
        between += nanos;
      }
      for (long nanos : begun) {
        between -= nanos;
      }
      return between / 1e3 / Math.max(1, chunks.sum());
    }
  }

  private final InetSocketAddress address;
  private final boolean streams;
  private final byte[] request;

  /// @param address `HOST:PORT`
  ModelCalls(String address) {
    this(address, false);
  }

  /// @param streams whether answers come in pieces
  ModelCalls(String address, boolean streams) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    String body = QUESTION + (streams ? ",\"stream\":true}" : "}");
    this.streams = streams;
    this.address = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
    this.request =
        String.join(
                "\r\n",
                "POST /v1/chat/completions HTTP/1.1",
                "host: " + address,
                "content-type: application/json",
                "accept: " + (streams ? "text/event-stream" : "application/json"),
                "authorization: Bearer sk-bench",
                "content-length: " + body.length(),
                "",
                body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /// Calls for so long.
  ///
  /// @param spread time in which the callers begin, one after the other; zero for all at once
  Times run(int callers, double seconds, Duration spread) throws InterruptedException {
    Times times = new Times();
    Failure failure = new Failure();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      long from = start + spread.toNanos() * i / callers;
      threads.add(Thread.ofPlatform().daemon().start(() -> callUntil(from, end, times, failure)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    failure.check();
    return times;
  }

  private void callUntil(long from, long end, Times times, Failure failure) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(address);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      TimeUnit.NANOSECONDS.sleep(from - System.nanoTime());
      for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
        socket.getOutputStream().write(request);
        long modelNanos;
        if (streams) {
          modelNanos = events(in, begun, times);
        } else {
          modelNanos = modelNanos(answer(in));
          times.first().add(System.nanoTime() - begun - modelNanos);
        }
        times.whole().add(System.nanoTime() - begun - modelNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure.is(e);
    }
  }

  private static long modelNanos(String answer) throws IOException {
    Matcher told = MODEL_NANOS.matcher(answer);
    if (!told.find()) {
      throw new IOException("the answer does not tell what the model took: " + answer);
    }
    return Long.parseLong(told.group(1));
  }

  /// Reads a stream to its end, which must be a good one.
  ///
  /// @return what the model took to begin, in nanoseconds
  private static long events(InputStream in, long begun, Times times) throws IOException {
    String status = line(in);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        throw new IOException(status + ": no stream");
      }
    }
    long modelNanos = -1;
    boolean done = false;
    for (int size = Integer.parseInt(line(in), 16); size > 0; ) {
      byte[] piece = in.readNBytes(size);
      if (modelNanos < 0) {
        long nanos = System.nanoTime() - begun;
        modelNanos = modelNanos(new String(piece, StandardCharsets.UTF_8));
        times.first().add(nanos - modelNanos);
      }
      times.chunks().add(count(piece));
      done = new String(piece, StandardCharsets.UTF_8).contains("[DONE]");
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
    line(in);
    if (!status.contains(" 200") || !done) {
      throw new IOException(status + ", an end without [DONE]");
    }
    return modelNanos;
  }

  private static int count(byte[] piece) {
    int found = 0;
    for (int i = 0; i + CHUNK.length <= piece.length; i++) {
      if (Arrays.equals(piece, i, i + CHUNK.length, CHUNK, 0, CHUNK.length)) {
        found++;
      }
    }
    return found;
  }

  /// Reads one answer to its end, which must be a good one.
  private static String answer(InputStream in) throws IOException {
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
    return body;
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
