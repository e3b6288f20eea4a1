package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.gateway.cap.WorkerMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For which topics workers of the bus said that they are ready, in `DATA/workers.json`, so that
/// they need not say it again after a restart of ours. Written now and then; what is lost with it
/// is said again when a worker begins. Safe on any thread.
final class WorkerTopics implements WorkerMemory {
  private static final Logger log = LoggerFactory.getLogger(WorkerTopics.class);
  private static final int WORKERS_MAX = 10_000;
  private static final int BYTES_MAX = 16 * 1024 * 1024;

  private final Path file;
  private final Map<String, List<String>> byWorker = new LinkedHashMap<>();
  private boolean changed;

  private WorkerTopics(Path file) {
    this.file = file;
  }

  /// Reads what was said before. A file that cannot be read is as good as none.
  static WorkerTopics open(Path data) {
    WorkerTopics topics = new WorkerTopics(data.resolve("workers.json"));
    try {
      Optional<Bytes> kept = GovernanceFiles.read(topics.file, BYTES_MAX);
      if (kept.isPresent()) {
        for (CanonicalObject worker : CanonicalReader.objects(kept.get())) {
          topics.byWorker.put(worker.text("id"), worker.texts("topics"));
        }
      }
    } catch (IOException | CanonicalFormatException e) {
      log.warn("topics of workers not read file={} reason={}", topics.file, e.getMessage());
    }
    return topics;
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
      log.warn("topics of workers not written file={} reason={}", file, e.getMessage());
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
    return out.endArray().toBytes();
  }
}
