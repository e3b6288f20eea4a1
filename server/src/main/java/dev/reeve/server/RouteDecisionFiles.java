package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.gateway.beamline.BeamlineProblems;
import dev.reeve.gateway.beamline.KeptDecisions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decisions of the last hour whose work was given away, a line each, in files of `DATA/routed`.
/// One thread writes: what has come by then goes to disk together, and is confirmed after that. A
/// file is named by when it was begun and goes when all of it is too old, or when all together are
/// too large, the oldest first. A line that a crash tore was never confirmed, and is skipped.
final class RouteDecisionFiles implements KeptDecisions, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RouteDecisionFiles.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final long FILE_MILLIS_MAX = Duration.ofMinutes(10).toMillis();
  private static final long FILE_BYTES_MAX = 16L << 20;
  private static final long BYTES_MAX = 128L << 20;
  private static final int BATCH_MAX = 1_024;
  private static final String SUFFIX = ".jsonl";

  private final Path folder;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>();
  private final Thread writing;
  private volatile boolean closed;

  /// Of the thread that writes.
  private @Nullable Segment segment;

  private static final class Line {
    private final byte[] bytes;
    private final CompletableFuture<Boolean> written;

    private Line(byte[] bytes, CompletableFuture<Boolean> written) {
      this.bytes = bytes;
      this.written = written;
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

  RouteDecisionFiles(Path data, InstantSource clock) {
    folder = data.resolve("routed");
    this.clock = clock;
    writing = Thread.ofPlatform().name("routed").daemon(true).start(this::write);
  }

  @Override
  public List<Kept> read() {
    Map<String, Kept> all = new LinkedHashMap<>();
    try {
      removeOld();
      for (Path file : files()) {
        read(file, all);
      }
    } catch (IOException e) {
      log.warn("decisions of before are not known folder={} reason={}", folder, e.toString());
    }
    return List.copyOf(all.values());
  }

  private void read(Path file, Map<String, Kept> all) throws IOException {
    long after = clock.millis() - KEPT.toMillis();
    int torn = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          take(CanonicalReader.object(Bytes.utf8(line)), after, all);
        } catch (CanonicalFormatException | IllegalArgumentException e) {
          torn++;
        }
      }
    }
    if (torn > 0) {
      log.warn("lines of decisions skipped file={} lines={}", file, torn);
    }
  }

  private static void take(CanonicalObject line, long afterMs, Map<String, Kept> all) {
    String name = line.text("name");
    if (line.has("assignment")) {
      all.computeIfPresent(name, (_, kept) -> given(kept, line.text("assignment")));
    } else if (line.number("at") > afterMs) {
      all.remove(name);
      all.put(
          name,
          new Kept(
              name,
              line.bytes("key"),
              line.bytes("task"),
              line.bytes("decision"),
              "",
              line.number("at")));
    }
  }

  private static Kept given(Kept kept, String assignmentId) {
    return new Kept(
        kept.name(), kept.key(), kept.task(), kept.decision(), assignmentId, kept.atMs());
  }

  @Override
  public CompletableFuture<Boolean> keep(Kept kept) {
    return add(
        new CanonicalWriter(1_024)
            .beginObject()
            .member("at", kept.atMs())
            .member("decision", kept.decision())
            .member("key", kept.key())
            .member("name", kept.name())
            .member("task", kept.task())
            .endObject());
  }

  @Override
  public void given(String name, String assignmentId) {
    CompletableFuture<Boolean> _ =
        add(
            new CanonicalWriter(256)
                .beginObject()
                .member("assignment", assignmentId)
                .member("name", name)
                .endObject());
  }

  /// What waits is bounded by the requests under way.
  private CompletableFuture<Boolean> add(CanonicalWriter line) {
    byte[] bytes = (line.toBytes().utf8() + "\n").getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    if (closed) {
      written.completeExceptionally(notKept("the server is stopping"));
    } else {
      queue.add(new Line(bytes, written));
    }
    return written;
  }

  private void write() {
    List<Line> batch = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        // Woken by the close: what waits is written yet.
        continue;
      }
      queue.drainTo(batch, BATCH_MAX);
      write(batch);
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
      to.out.settle();
      batch.forEach(line -> line.written.complete(true));
    } catch (IOException e) {
      log.warn("decisions are not kept folder={} reason={}", folder, e.toString());
      drop();
      batch.forEach(line -> line.written.completeExceptionally(notKept(e.toString())));
    }
  }

  private static RuntimeException notKept(String detail) {
    return BeamlineProblems.DECISION_NOT_KEPT
        .because("the decision could not be written down (expected: a disk that takes it)")
        .withDetail(detail)
        .withRetryAfter(Duration.ofSeconds(1))
        .toException();
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
    Path file = folder.resolve(String.format("%014d", now) + SUFFIX);
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
        log.warn("file of decisions not closed reason={}", e.toString());
      }
    }
  }

  /// By when they were begun.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
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
    writing.interrupt();
    try {
      writing.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    drop();
  }
}
