package dev.reeve.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Pointers into our own blob store. The names are kept in memory: after a restart they point to
/// nothing, and what was not taken up by a job by then is made again by another attempt.
public final class BlobPointers implements PointerStore {
  private static final Duration KEPT = Duration.ofHours(20);
  private static final int NAMES_MAX = 200_000;

  private final BlobStore blobs;
  private final InstantSource clock;

  @GuardedBy("this")
  private final Map<Name, Place> places = new LinkedHashMap<>();

  /// Pointers into these blobs.
  public BlobPointers(BlobStore blobs, InstantSource clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  private record Name(String tenant, String key) {}

  private record Place(Bytes sha256, Instant since) {}

  @Override
  public Optional<Bytes> get(String tenant, String key) {
    Place place;
    synchronized (this) {
      place = places.get(new Name(tenant, key));
    }
    if (place == null) {
      return Optional.empty();
    }
    try {
      return blobs.get(tenant, place.sha256());
    } catch (StoreException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void put(String tenant, String key, Bytes content) {
    Bytes sha256 = Sha256.of(content);
    try {
      blobs.put(tenant, sha256, content);
    } catch (StoreException e) {
      throw unavailable(e);
    }
    remember(new Name(tenant, key), new Place(sha256, clock.instant()));
  }

  private synchronized void remember(Name name, Place place) {
    Instant before = place.since().minus(KEPT);
    Iterator<Place> oldest = places.values().iterator();
    while (oldest.hasNext() && oldest.next().since().isBefore(before)) {
      oldest.remove();
    }
    places.remove(name);
    if (places.size() >= NAMES_MAX) {
      throw ServiceProblems.POINTERS_FULL
          .because("pointers: " + NAMES_MAX + " kept (expected: fewer)")
          .toException();
    }
    places.put(name, place);
  }

  @Override
  public boolean isShared() {
    return false;
  }

  private static RuntimeException unavailable(StoreException e) {
    return ServiceProblems.POINTERS_UNAVAILABLE
        .because("the store of inputs and results does not answer")
        .withDetail(String.valueOf(e.getMessage()))
        .withRetryAfter(Duration.ofSeconds(1))
        .toException();
  }
}
