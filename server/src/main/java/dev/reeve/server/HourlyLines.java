package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was noted in the last hour, a line each, in files of a folder. One thread writes: what has
/// come by then goes out together, and is confirmed after that. A file is named by when it was
/// begun and goes when all of it is too old, or when all together are too large, the oldest first.
/// A line that a crash tore was never confirmed, and is skipped. Safe on any thread, except that
/// [#read] comes before the first line.
final class HourlyLines implements AutoCloseable {
  static final Duration KEPT = Duration.ofHours(1);
  private static final Logger log = LoggerFactory.getLogger(HourlyLines.class);
  private static final long FILE_MILLIS_MAX = Duration.ofMinutes(10).toMillis();
  private static final long FILE_BYTES_MAX = 16L << 20;
  private static final long BYTES_MAX = 128L << 20;
  private static final int BATCH_MAX = 1_024;

  /// More waits only where the disk takes nothing.
  private static final int WAITING_MAX = 100_000;

  private static final String DIGITS = "[0-9]{14}";

  private final Path folder;
  private final String suffix;
  private final Surety surety;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Line end = new Line(new byte[0]);
  private final Thread writing;
  private volatile boolean closed;

  /// Of the thread that writes.
  private @Nullable Segment segment;

  /// What outlives what.
  enum Surety {
    /// A confirmed line outlives an end of the machine.
    ON_DISK,
    /// A confirmed line outlives an end of this process.
    WITH_SYSTEM
  }

  private static final class Line {
    private final byte[] bytes;
    private final CompletableFuture<Boolean> written = new CompletableFuture<>();

    private Line(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static final class Segment {
    private final SettledAppender out;
    private final long begunMs;
    private long bytes;

    private Segment(SettledAppender out, long begunMs) {
      this.out = out;
      this.begunMs = begunMs;
    }
  }

  /// @param name of the thread that writes
  /// @param suffix of the files, which tells them from others of the folder
  HourlyLines(String name, Path folder, String suffix, Surety surety, InstantSource clock) {
    this.folder = folder;
    this.suffix = suffix;
    this.surety = surety;
    this.clock = clock;
    writing = Thread.ofPlatform().name(name).daemon(true).start(this::write);
  }

  /// Reads the lines that are there, the oldest first; blocks. What cannot be read is left out,
  /// also a line of which the taker says so by an exception.
  ///
  /// @param taker throws [CanonicalFormatException] or [IllegalArgumentException] for a broken line
  void read(Consumer<CanonicalObject> taker) {
    try {
      removeOld();
      for (Path file : files()) {
        read(file, taker);
      }
    } catch (IOException e) {
      log.warn("lines of before are not known folder={} reason={}", folder, e.toString());
    }
  }

  private static void read(Path file, Consumer<CanonicalObject> taker) throws IOException {
    int torn = 0;
    // Bytes as they are: a torn line need not be text.
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          Bytes bytes = Bytes.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
          taker.accept(CanonicalReader.object(bytes));
        } catch (CanonicalFormatException | IllegalArgumentException e) {
          torn++;
        }
      }
    }
    if (torn > 0) {
      log.warn("lines skipped file={} lines={}", file, torn);
    }
  }

  /// Whether what was noted then still counts.
  boolean isRecent(long atMs) {
    return atMs > clock.millis() - KEPT.toMillis();
  }

  /// Notes a line. Does not block.
  ///
  /// @return done when it is as sure as [Surety] says; fails with an [IOException]
  CompletableFuture<Boolean> add(CanonicalWriter line) {
    Line added = new Line((line.toBytes().utf8() + "\n").getBytes(StandardCharsets.UTF_8));
    if (closed) {
      added.written.completeExceptionally(new IOException("the server is stopping"));
    } else if (!queue.offer(added)) {
      added.written.completeExceptionally(new IOException("too many lines wait"));
    }
    return added.written;
  }

  private void write() {
    List<Line> batch = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody interrupts it: an interrupted write would lose what was to be written.
        continue;
      }
      queue.drainTo(batch, BATCH_MAX);
      boolean _ = batch.remove(end);
      if (!batch.isEmpty()) {
        write(batch);
      }
      batch.clear();
    }
  }

  private void write(List<Line> batch) {
    try {
      Segment to = segment();
      for (Line line : batch) {
        to.out.append(line.bytes);
        to.bytes += line.bytes.length;
      }
      if (surety == Surety.ON_DISK) {
        to.out.settle();
      }
      batch.forEach(line -> line.written.complete(true));
    } catch (IOException e) {
      log.warn("lines are not kept folder={} reason={}", folder, e.toString());
      drop();
      batch.forEach(line -> line.written.completeExceptionally(e));
    }
  }

  private Segment segment() throws IOException {
    Segment open = segment;
    long now = clock.millis();
    if (open != null && open.bytes < FILE_BYTES_MAX && now - open.begunMs < FILE_MILLIS_MAX) {
      return open;
    }
    drop();
    Files.createDirectories(folder);
    removeOld();
    Path file = folder.resolve(String.format("%014d", now) + suffix);
    Segment made = new Segment(SettledAppender.open(file), now);
    segment = made;
    return made;
  }

  private void drop() {
    Segment open = segment;
    segment = null;
    if (open != null) {
      try {
        open.out.close();
      } catch (IOException e) {
        log.warn("file of lines not closed reason={}", e.toString());
      }
    }
  }

  /// By when they were begun.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(this::isOurs).sorted().toList();
    }
  }

  private boolean isOurs(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(suffix)
        && name.substring(0, name.length() - suffix.length()).matches(DIGITS);
  }

  private void removeOld() throws IOException {
    List<Path> files = files();
    long bytes = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      bytes += Files.size(files.get(i));
      long lastMs = Files.getLastModifiedTime(files.get(i)).toMillis();
      if (bytes > BYTES_MAX || clock.millis() - lastMs > KEPT.toMillis()) {
        Files.delete(files.get(i));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    // Where there is no room for it the thread does not wait.
    boolean _ = queue.offer(end);
    try {
      writing.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    drop();
  }
}
