package dev.reeve.conformance.routing;

import dev.reeve.testing.Await;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// Lines that arrive one by one, some of them only after a time: what is measured in seconds cannot
/// be asked at once.
final class PacedInput extends InputStream {
  /// A line and how long it comes after the one before.
  record Line(String text, int pauseMillis) {}

  private final Iterator<Line> lines;
  private byte[] current = new byte[0];
  private int read;

  PacedInput(List<Line> lines) {
    this.lines = lines.iterator();
  }

  @Override
  public int read() {
    if (!advance()) {
      return -1;
    }
    return current[read++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, current.length - read);
    System.arraycopy(current, read, bytes, offset, count);
    read += count;
    return count;
  }

  private boolean advance() {
    if (read < current.length) {
      return true;
    }
    if (!lines.hasNext()) {
      return false;
    }
    Line next = lines.next();
    long start = System.nanoTime();
    long pauseNanos = Duration.ofMillis(next.pauseMillis()).toNanos();
    Await.until("the time of a line", () -> System.nanoTime() - start >= pauseNanos);
    current = (next.text() + "\n").getBytes(StandardCharsets.UTF_8);
    read = 0;
    return true;
  }
}
