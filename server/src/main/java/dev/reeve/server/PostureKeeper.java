package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.boot.PostureTrigger;
import dev.reeve.service.Times;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the posture, across restarts too: a locked server does not unlock itself by starting
/// again. Safe on any thread.
final class PostureKeeper {
  private static final Logger log = LoggerFactory.getLogger(PostureKeeper.class);
  private static final int SIZE_MAX = 16 * 1024;

  private static final String NAME = "posture";

  private final KeptFile kept;
  private final InstantSource clock;
  private volatile PostureState state;

  private PostureKeeper(KeptFile kept, InstantSource clock, PostureState state) {
    this.kept = kept;
    this.clock = clock;
    this.state = state;
  }

  /// Reads the posture that was kept: what the store has, unless the file is stricter and newer.
  /// One that cannot be read is taken for locked.
  static PostureKeeper open(Path data, InstantSource clock, KeptDocuments store) {
    Path file = data.resolve("governance").resolve("posture.json");
    KeptFile kept = new KeptFile(file, SIZE_MAX, NAME, store);
    Instant now = clock.instant();
    PostureState state;
    try {
      Optional<KeptDocuments.Kept> stored = kept.stored();
      state =
          stored.isPresent()
              ? opened(kept, decode(stored.get().content()))
              : kept.read().map(PostureKeeper::decode).orElseGet(() -> PostureState.normal(now));
      PostureKeeper opened = new PostureKeeper(kept, clock, state);
      opened.settle(stored.map(KeptDocuments.Kept::content));
      return opened;
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      log.error("the posture kept is not readable, locked reason={}", e.toString());
      return new PostureKeeper(
          kept,
          clock,
          PostureState.normal(now)
              .triggered(PostureTrigger.INTEGRITY_FAILURE, "posture.json is not readable", now));
    }
  }

  /// A file takes no lock away. It adds one when it was written after what the store has: the store
  /// did not answer then.
  private static PostureState opened(KeptFile kept, PostureState stored) {
    Optional<PostureState> file;
    try {
      file = kept.read().map(PostureKeeper::decode);
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      kept.complain("cannot be read: " + e.getMessage());
      return stored;
    }
    if (file.isPresent()
        && file.get().posture().compareTo(stored.posture()) > 0
        && file.get().since().isAfter(stored.since())) {
      return file.get();
    }
    if (!file.equals(Optional.of(stored))) {
      kept.complain(file.map(other -> "says " + other.posture()).orElse("is gone"));
    }
    return stored;
  }

  /// Has file and store say what is in force, where anything was ever kept.
  private void settle(Optional<Bytes> stored) throws IOException {
    Optional<Bytes> file = kept.read();
    Optional<Bytes> now = Optional.of(encode(state));
    boolean never = stored.isEmpty() && file.isEmpty();
    if (!never && !(stored.equals(now) && file.equals(now))) {
      keep(state);
    }
  }

  PostureState state() {
    return state;
  }

  void trigger(PostureTrigger cause, String detail) {
    change(now -> now.triggered(cause, detail, clock.instant()));
  }

  void recover() {
    change(now -> now.recovered(clock.instant()));
  }

  /// Takes a posture that a person asked for.
  void set(Posture wanted, String why) {
    change(now -> now.set(wanted, why, clock.instant()));
  }

  private synchronized void change(UnaryOperator<PostureState> move) {
    PostureState before = state;
    PostureState next = move.apply(before);
    if (next.equals(before)) {
      return;
    }
    state = next;
    log.warn(
        "posture changed from={} to={} trigger={} detail={}",
        before.posture(),
        next.posture(),
        next.trigger(),
        next.detail());
    keep(next);
  }

  private void keep(PostureState next) {
    try {
      kept.write(encode(next), Times.micros(next.since()));
    } catch (IOException e) {
      log.error("the posture is not kept reason={}", e.toString());
    }
  }

  private static Bytes encode(PostureState state) {
    return new CanonicalWriter()
        .beginObject()
        .member("detail", state.detail())
        .member("posture", state.posture().name())
        .member("since", state.since().toString())
        .member("trigger", state.trigger().name())
        .endObject()
        .toBytes();
  }

  private static PostureState decode(Bytes bytes) {
    CanonicalObject kept = CanonicalReader.object(bytes);
    try {
      return new PostureState(
          Posture.valueOf(kept.text("posture")),
          PostureTrigger.valueOf(kept.text("trigger")),
          kept.text("detail"),
          Instant.parse(kept.text("since")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("since", e);
    }
  }
}
