package dev.reeve.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pointers into our own blob store. What they lead to is written down before a writer is told that
/// it is kept: a compensation may be asked for hours later, by the next run of the server.
public final class BlobPointers implements PointerStore {
  private static final Duration KEPT = Duration.ofHours(20);
  private static final int NAMES_MAX = 200_000;

  /// Lines beyond twice the names that hold before all are written anew.
  private static final int OLD_MAX = 10_000;

  private final BlobStore blobs;
  private final InstantSource clock;

  /// All but settling is guarded by this.
  private final PointerNames names;

  @GuardedBy("this")
  private final Map<Name, Place> places = new LinkedHashMap<>();

  @GuardedBy("this")
  private long written;

  private BlobPointers(BlobStore blobs, InstantSource clock, PointerNames names) {
    this.blobs = blobs;
    this.clock = clock;
    this.names = names;
  }

  /// Pointers into these blobs, and those of before that are not too old. Blocks.
  ///
  /// @throws IOException when what was written down cannot be read or written
  public static BlobPointers open(BlobStore blobs, InstantSource clock, PointerNames names)
      throws IOException {
    BlobPointers pointers = new BlobPointers(blobs, clock, names);
    pointers.recall();
    return pointers;
  }

  private synchronized void recall() throws IOException {
    Instant before = clock.instant().minus(KEPT);
    for (PointerNames.Named named : names.read()) {
      Name name = new Name(named.tenant(), named.key());
      places.remove(name);
      if (!named.since().isBefore(before) && places.size() < NAMES_MAX) {
        places.put(name, new Place(named.sha256(), named.since()));
      }
    }
    writeAnew();
  }

  @GuardedBy("this")
  private void writeAnew() throws IOException {
    List<PointerNames.Named> all = new ArrayList<>(places.size());
    places.forEach((name, place) ->
        all.add(new PointerNames.Named(name.tenant(), name.key(), place.sha256(), place.since())));
    names.replace(all);
    written = 0;
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
    try {
      names.settle();
    } catch (IOException e) {
      throw unavailable(e);
    }
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
    try {
      names.add(new PointerNames.Named(name.tenant(), name.key(), place.sha256(), place.since()));
      if (++written > OLD_MAX + places.size()) {
        writeAnew();
      }
    } catch (IOException e) {
      places.remove(name);
      throw unavailable(e);
    }
  }

  @Override
  public boolean isShared() {
    return false;
  }

  private static RuntimeException unavailable(Exception e) {
    return ServiceProblems.POINTERS_UNAVAILABLE
        .because("the store of inputs and results does not answer")
        .withDetail(String.valueOf(e.getMessage()))
        .withRetryAfter(Duration.ofSeconds(1))
        .toException();
  }
}
