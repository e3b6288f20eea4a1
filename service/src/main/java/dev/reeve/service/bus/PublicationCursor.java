package dev.reeve.service.bus;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Up to where the journal is published, kept by the broker itself: a broker that lost its disk has
/// lost the events too, and gets them again.
///
/// @param position every event up to this commit was acknowledged
/// @param republishedFrom the last wish to publish again that was fulfilled; 0 for none
record PublicationCursor(long position, long republishedFrom) {
  static final PublicationCursor START = new PublicationCursor(0, 0);

  /// Keeps cursors for as long as anybody may come back.
  static final StreamSpec STREAM =
      new StreamSpec(
          "REEVE_CURSORS",
          List.of("reeve.v1.cursors.>"),
          Duration.ofDays(3_650),
          1024 * 1024,
          Duration.ofMinutes(2),
          1);

  private static final String SUBJECT = "reeve.v1.cursors.journal-";

  /// @throws dev.reeve.base.ProblemException in the future, when the broker cannot say
  static CompletableFuture<PublicationCursor> load(Bus bus, int log) {
    return bus.newest(STREAM.name(), SUBJECT + log)
        .thenApply(kept -> kept.flatMap(PublicationCursor::read).orElse(START));
  }

  private static Optional<PublicationCursor> read(BusMessage message) {
    try {
      CanonicalObject in = CanonicalReader.object(message.bytes());
      return Optional.of(
          new PublicationCursor(in.number("position"), in.numberOr("republished_from", 0)));
    } catch (CanonicalFormatException _) {
      // Not ours: everything is published again, which loses nothing.
      return Optional.empty();
    }
  }

  /// @param turn tells one save from another at the same position
  CompletableFuture<PublishReceipt> save(Bus bus, int log, long turn) {
    Bytes bytes =
        new CanonicalWriter()
            .beginObject()
            .member("position", position)
            .memberUnlessZero("republished_from", republishedFrom)
            .endObject()
            .toBytes();
    return bus.publishDurably(
        BusMessage.of(SUBJECT + log, bytes),
        "cursor." + log + "." + position + "." + republishedFrom + "." + turn);
  }
}
