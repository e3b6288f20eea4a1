package dev.reeve.engine.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.Commit;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Blobs in memory, with the jobs that use them. Thread-safe.
final class InMemoryBlobStore implements BlobStore {
  private record Name(String tenant, Bytes sha256) {}

  private static final class Blob {
    private final Bytes content;
    private long putAtMicros;
    private final Set<Long> users = new HashSet<>();

    private Blob(Bytes content) {
      this.content = content;
    }
  }

  private final InstantSource clock;

  @GuardedBy("this")
  private final Map<Name, Blob> blobs = new HashMap<>();

  InMemoryBlobStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void put(String tenant, Bytes sha256, Bytes content) {
    Check.argument(
        content.size() <= SIZE_MAX, "blob: %s bytes (expected: at most 64 MiB)", content.size());
    Check.argument(
        Sha256.of(content).equals(sha256), "sha256: %s (expected: that of the bytes)", sha256);
    blobs.computeIfAbsent(new Name(tenant, sha256), _ -> new Blob(content)).putAtMicros =
        ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  @Override
  public synchronized Optional<Bytes> get(String tenant, Bytes sha256) {
    return Optional.ofNullable(blobs.get(new Name(tenant, sha256))).map(blob -> blob.content);
  }

  @Override
  public synchronized int removeUnused(long putBeforeMicros, int limit) {
    Set<Name> unused = new HashSet<>();
    blobs.forEach((name, blob) -> {
      if (blob.users.isEmpty() && blob.putAtMicros < putBeforeMicros && unused.size() < limit) {
        unused.add(name);
      }
    });
    blobs.keySet().removeAll(unused);
    return unused.size();
  }

  synchronized void use(Commit.BlobRow row) {
    if (!row.content().isEmpty()) {
      Check.state(
          row.content().size() <= ROW_SIZE_MAX,
          "blob: %s bytes (expected: at most the row limit)",
          row.content().size());
      put(row.tenant(), row.sha256(), row.content());
    }
    Blob blob = blobs.get(new Name(row.tenant(), row.sha256()));
    if (blob == null) {
      throw new IllegalStateException(
          "job " + row.jobNo() + ": refers to a blob that nobody put: " + row.sha256().hex());
    }
    blob.users.add(row.jobNo());
  }

  synchronized void drop(Commit.BlobDrop row) {
    Name name = new Name(row.tenant(), row.sha256());
    Blob blob = blobs.get(name);
    if (blob != null && blob.users.remove(row.jobNo()) && blob.users.isEmpty()) {
      blobs.remove(name);
    }
  }

  synchronized void release(long jobNo) {
    blobs.values().forEach(blob -> blob.users.remove(jobNo));
  }
}
