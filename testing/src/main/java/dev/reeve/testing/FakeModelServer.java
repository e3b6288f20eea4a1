package dev.reeve.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Speaks the protocols of model APIs on a port of its own, over plain sockets, so that it can also
/// break them: OpenAI's chat, completions and embeddings, and Anthropic's messages, each whole and
/// as server-sent events. It says what it was told to say, word by word.
public final class FakeModelServer implements AutoCloseable {
  private static final int KEPT_MAX = 1_000;

  /// A request that came.
  ///
  /// @param headers by lower-case name
  public record Received(String path, Map<String, String> headers, String body) {
    public Received {
      headers = Map.copyOf(headers);
    }

    /// Whether the body asks for a stream.
    public boolean streams() {
      return body.replace(" ", "").contains("\"stream\":true");
    }
  }

  private final ServerSocket listener;
  private final Thread acceptor =
      Thread.ofPlatform().daemon().name("fake-model").unstarted(this::accept);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<ModelFault> faults = new ConcurrentLinkedQueue<>();
  private final Random times = new Random(1);
  private volatile String says = "Hello from the fake model .";
  private volatile @Nullable ModelFault always;

  private FakeModelServer(ServerSocket listener) {
    this.listener = listener;
  }

  /// Starts one on a free port of loopback.
  public static FakeModelServer start() {
    return start(0);
  }

  /// Starts one on a port of loopback.
  public static FakeModelServer start(int port) {
    try {
      ServerSocket listener = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
      FakeModelServer server = new FakeModelServer(listener);
      server.acceptor.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The base address of both protocols.
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  /// The port.
  public int port() {
    return listener.getLocalPort();
  }

  /// From now on it says this; `call NAME ARGUMENTS` makes it call that function in a chat of the
  /// OpenAI API.
  public void say(String text) {
    says = text;
  }

  /// The next calls end like this, each once, in this order.
  public void fail(ModelFault... next) {
    faults.addAll(List.of(next));
  }

  /// Every call ends like this when nothing else is planned; null ends it.
  public void failAlways(@Nullable ModelFault fault) {
    always = fault;
  }

  /// The requests that came, oldest first, at most 1,000.
  public List<Received> received() {
    return List.copyOf(received);
  }

  /// Forgets the requests that came and what was planned.
  public void forget() {
    received.clear();
    faults.clear();
    always = null;
  }

  @Override
  public void close() {
    try {
      listener.close();
      // A thread that is still in its wait may let one more connection in.
      acceptor.join();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().name("fake-model-").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
      boolean more = true;
      while (more) {
        Received request = request(in);
        if (request == null) {
          return;
        }
        if (received.size() < KEPT_MAX) {
          received.add(request);
        }
        ModelFault fault = faults.poll();
        more = new FakeModelAnswer(out, says, times).send(request, fault == null ? always : fault);
        out.flush();
      }
    } catch (IOException e) {
      // The client went away.
      return;
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Received request(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equals("chunked")
            ? chunked(in)
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Received(first.split(" ", -1)[1], headers, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunked(InputStream in) throws IOException {
    java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16); size > 0; ) {
      body.write(in.readNBytes(size));
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
    line(in);
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
