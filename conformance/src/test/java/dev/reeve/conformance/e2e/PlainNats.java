package dev.reeve.conformance.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A NATS client that knows the text protocol and nothing of ours: what any language could send.
/// One request at a time.
final class PlainNats implements AutoCloseable {
  private static final int ANSWER_MILLIS_MAX = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int inboxes;

  private PlainNats(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static PlainNats to(URI broker) {
    try {
      Socket socket = new Socket(broker.getHost(), broker.getPort());
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      PlainNats nats = new PlainNats(socket);
      nats.line();
      nats.send("CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true}\r\n");
      return nats;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends and awaits one answer.
  String request(String subject, String payload, Map<String, String> headers) {
    try {
      String inbox = "_INBOX.plain." + ++inboxes;
      subscribe(inbox, inboxes);
      publish(subject, inbox, payload, headers);
      return next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String request(String subject, String payload) {
    return request(subject, payload, Map.of());
  }

  /// Listens to a subject from now on; [#awaitNext] has what comes.
  void listen(String subject) {
    try {
      subscribe(subject, ++inboxes);
      send("PING\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers the next message of what is listened to, and says what it was.
  String answerNext(String payload) {
    try {
      String[] frame = frame();
      String asked = body(frame);
      publish(frame[3], "", payload, Map.of());
      return asked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void subscribe(String subject, int id) throws IOException {
    send("SUB " + subject + " " + id + "\r\n");
  }

  private void publish(String subject, String inbox, String payload, Map<String, String> headers)
      throws IOException {
    byte[] body = payload.getBytes(StandardCharsets.UTF_8);
    String to = inbox.isEmpty() ? subject : subject + " " + inbox;
    if (headers.isEmpty()) {
      send("PUB " + to + " " + body.length + "\r\n" + payload + "\r\n");
    } else {
      StringBuilder head = new StringBuilder("NATS/1.0\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("\r\n");
      int size = head.length();
      send(
          "HPUB "
              + to
              + " "
              + size
              + " "
              + (size + body.length)
              + "\r\n"
              + head
              + payload
              + "\r\n");
    }
  }

  /// What came next.
  String awaitNext() {
    try {
      return next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String next() throws IOException {
    return body(frame());
  }

  /// The payload of an announced message, without its headers.
  private String body(String[] frame) throws IOException {
    int size = Integer.parseInt(frame[frame.length - 1]);
    int head = frame[0].equals("HMSG") ? Integer.parseInt(frame[frame.length - 2]) : 0;
    in.skipNBytes(head);
    String payload = new String(in.readNBytes(size - head), StandardCharsets.UTF_8);
    line();
    return payload;
  }

  /// The parts of the next line that announces a message.
  private String[] frame() throws IOException {
    while (true) {
      String line = line();
      if (line.startsWith("MSG ") || line.startsWith("HMSG ")) {
        return line.split(" ", -1);
      }
      if (line.equals("PING")) {
        send("PONG\r\n");
      } else if (line.startsWith("-ERR")) {
        throw new IOException(line);
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new IOException("the broker hung up");
      }
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
