package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.gateway.cap.WorkerMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For which topics workers of the bus said that they are ready, and their sessions, in
/// `DATA/workers.json`, so that they need not begin again after a restart of ours. Written now and
/// then; what is lost with it is said again when a worker begins. Safe on any thread.
final class WorkersFile implements WorkerMemory {
  private static final Logger log = LoggerFactory.getLogger(WorkersFile.class);
  private static final int WORKERS_MAX = 10_000;
  private static final int SESSIONS_MAX = 20_000;
  private static final int BYTES_MAX = 16 * 1024 * 1024;

  private final Path file;
  private final Map<String, List<String>> byWorker = new LinkedHashMap<>();
  private final Map<String, Session> sessionsByHash = new LinkedHashMap<>();
  private final InstantSource clock;
  private boolean changed;

  private WorkersFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /// Reads what was said before. A file that cannot be read is as good as none.
  static WorkersFile open(Path data, InstantSource clock) {
    WorkersFile read = new WorkersFile(data.resolve("workers.json"), clock);
    try {
      Optional<Bytes> kept = GovernanceFiles.read(read.file, BYTES_MAX);
      if (kept.isPresent()) {
        for (CanonicalObject worker : CanonicalReader.objects(kept.get())) {
          read.read(worker);
        }
      }
    } catch (IOException | CanonicalFormatException e) {
      log.warn("file of workers not read file={} reason={}", read.file, e.getMessage());
    }
    return read;
  }

  private void read(CanonicalObject entry) {
    if (entry.has("id")) {
      byWorker.put(entry.text("id"), entry.texts("topics"));
    } else {
      String hash = entry.text("session");
      Instant end = Instant.ofEpochSecond(entry.number("expires_at"));
      sessionsByHash.put(hash, new Session(hash, entry.text("worker"), end));
    }
  }

  @Override
  public synchronized void remember(Session session) {
    Iterator<Session> oldest = sessionsByHash.values().iterator();
    while (oldest.hasNext()) {
      boolean over = !oldest.next().expiresAt().isAfter(clock.instant());
      if (!over && sessionsByHash.size() < SESSIONS_MAX) {
        break;
      }
      oldest.remove();
    }
    sessionsByHash.put(session.tokenHash(), session);
    changed = true;
  }

  @Override
  public synchronized List<Session> sessions() {
    return List.copyOf(sessionsByHash.values());
  }

  @Override
  public synchronized void remember(String workerId, List<String> topics) {
    List<String> before = byWorker.remove(workerId);
    if (byWorker.size() >= WORKERS_MAX) {
      byWorker.remove(byWorker.keySet().iterator().next());
    }
    byWorker.put(workerId, List.copyOf(topics));
    changed |= !topics.equals(before);
  }

  @Override
  public synchronized List<String> recall(String workerId) {
    return byWorker.getOrDefault(workerId, List.of());
  }

  /// Writes what is new. Blocks.
  void save() {
    Bytes content;
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      content = encode();
    }
    try {
      GovernanceFiles.write(file, content);
    } catch (IOException e) {
      log.warn("file of workers not written file={} reason={}", file, e.getMessage());
    }
  }

  private Bytes encode() {
    CanonicalWriter out = new CanonicalWriter().beginArray();
    new ArrayList<>(byWorker.entrySet())
        .forEach(worker ->
            out.beginObject()
                .member("id", worker.getKey())
                .member("topics", worker.getValue())
                .endObject());
    for (Session session : sessionsByHash.values()) {
      out.beginObject()
          .member("expires_at", session.expiresAt().getEpochSecond())
          .member("session", session.tokenHash())
          .member("worker", session.workerId())
          .endObject();
    }
    return out.endArray().toBytes();
  }
}
