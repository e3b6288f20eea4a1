package dev.reeve.providers;

import dev.reeve.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the data of server-sent events, one event at a time. Comments, names and ids of events are
/// passed over. Used by one thread.
final class EventLines {
  /// Longest data of one event.
  static final int EVENT_BYTES_MAX = 4 * 1024 * 1024;

  private static final int BUFFER_BYTES = 8 * 1024;
  private static final byte[] FIELD = {'d', 'a', 't', 'a', ':'};

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private boolean skipNewline;

  EventLines(InputStream in) {
    this.in = in;
  }

  /// The data of the next event; empty at the end of the stream.
  ///
  /// @throws IOException when the stream breaks, or an event is too long
  Optional<Bytes> next() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean any = false;
    while (true) {
      Optional<Bytes> line = line();
      if (line.isEmpty()) {
        return any ? Optional.of(Bytes.wrap(data.toByteArray())) : Optional.empty();
      }
      if (line.get().isEmpty()) {
        if (any) {
          return Optional.of(Bytes.wrap(data.toByteArray()));
        }
      } else if (isData(line.get())) {
        if (any) {
          data.write('\n');
        }
        int from = valueStart(line.get());
        data.write(line.get().unsafeArray(), from, line.get().size() - from);
        any = true;
        check(data.size());
      }
    }
  }

  private static boolean isData(Bytes line) {
    if (line.size() < FIELD.length) {
      return false;
    }
    for (int i = 0; i < FIELD.length; i++) {
      if (line.at(i) != FIELD[i]) {
        return false;
      }
    }
    return true;
  }

  private static int valueStart(Bytes line) {
    return line.size() > FIELD.length && line.at(FIELD.length) == ' '
        ? FIELD.length + 1
        : FIELD.length;
  }

  private static void check(int size) throws IOException {
    if (size > EVENT_BYTES_MAX) {
      throw new IOException("an event longer than " + EVENT_BYTES_MAX + " bytes");
    }
  }

  /// The next line without its end, which is LF, CR or both; empty at the end of the stream.
  private Optional<Bytes> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (at == end) {
        end = in.read(buffer, 0, buffer.length);
        at = 0;
        if (end < 0) {
          end = 0;
          return line.size() == 0 ? Optional.empty() : Optional.of(Bytes.wrap(line.toByteArray()));
        }
      }
      if (skipNewline && at < end) {
        skipNewline = false;
        if (buffer[at] == '\n') {
          at++;
          continue;
        }
      }
      int from = at;
      while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      line.write(buffer, from, at - from);
      check(line.size());
      if (at < end) {
        skipNewline = buffer[at] == '\r';
        at++;
        return Optional.of(Bytes.wrap(line.toByteArray()));
      }
    }
  }
}
