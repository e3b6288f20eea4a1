package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.boot.PostureTrigger;
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

  private final Path file;
  private final InstantSource clock;
  private volatile PostureState state;

  private PostureKeeper(Path file, InstantSource clock, PostureState state) {
    this.file = file;
    this.clock = clock;
    this.state = state;
  }

  /// Reads the posture that was kept. One that cannot be read is taken for locked.
  static PostureKeeper open(Path data, InstantSource clock) {
    Path file = data.resolve("governance").resolve("posture.json");
    Instant now = clock.instant();
    PostureState state;
    try {
      Optional<Bytes> kept = GovernanceFiles.read(file, SIZE_MAX);
      state = kept.map(PostureKeeper::decode).orElseGet(() -> PostureState.normal(now));
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      log.error("the posture kept is not readable, locked reason={}", e.toString());
      state =
          PostureState.normal(now)
              .triggered(PostureTrigger.INTEGRITY_FAILURE, "posture.json is not readable", now);
    }
    return new PostureKeeper(file, clock, state);
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
    try {
      GovernanceFiles.write(file, encode(next));
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
