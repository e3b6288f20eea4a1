package dev.reeve.service.bus;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Messages on subjects. Safe on any thread; no method blocks, except [#close()].
///
/// A bus whose broker is not there exists all the same: subscriptions, consumers and streams are
/// wishes that are kept and fulfilled as soon as it is, and again after each loss of the
/// connection. Only what is sent meanwhile is refused, with `BUS_UNAVAILABLE`. [#health()] tells
/// which of the two it is.
///
/// A handler runs on a virtual thread of its own subscription, one message at a time in the order
/// of arrival. It may block: that fills its own subscription and nothing else. What it throws is
/// logged and counted, never passed on. A future completes on a virtual thread of its own, those of
/// [#publishDurably] on one that they share, failed ones with a `ProblemException` whose code is in
/// [BusProblems].
///
/// Contract suites: `BusContract` and `StreamContract` in `bus`.
public interface Bus extends AutoCloseable {
  /// Sends to whoever listens now, at most once. On return the message is on its way, nothing more.
  ///
  /// @throws dev.reeve.base.ProblemException `BUS_UNAVAILABLE` without a broker,
  ///   `BUS_MESSAGE_TOO_LARGE` over [#messageSizeMax()], `BUS_SUBJECT_INVALID` for a subject with
  ///   wildcards or blanks
  void publish(BusMessage message);

  /// Sends into the stream that keeps the subject. The future completes after the broker has
  /// acknowledged; until then nobody knows whether the message is kept, and it must be sent again
  /// with the same id. Fails with `BUS_NO_STREAM` when no stream keeps the subject, and with
  /// `BUS_ANSWER_FOREIGN` when a listener answered before the broker did. What follows the future
  /// must not block: other acknowledgements wait for it.
  ///
  /// @param messageId makes a repetition within the stream's duplicate window the same message; not
  ///   empty, at most 256 characters
  CompletableFuture<PublishReceipt> publishDurably(BusMessage message, String messageId);

  /// Sends and awaits one answer. Fails with `BUS_REQUEST_TIMEOUT` when none came in time, at once
  /// with `BUS_NO_RESPONDERS` when nobody listens, and with `BUS_BUSY` while too many are open.
  ///
  /// @param message its `replyTo` is ignored
  CompletableFuture<BusMessage> request(BusMessage message, Duration timeout);

  /// A subject that nobody else has, for answers of which there may be many: subscribe to it, then
  /// name it as `replyTo`.
  String newInbox();

  /// Listens, at most once delivery. A handler that is too slow loses the newest messages, which
  /// [BusSubscription#dropped()] counts and [BusHealth] names.
  BusSubscription subscribe(SubscriptionSpec spec, Consumer<BusMessage> handler);

  /// Listens to every message of the pattern.
  default BusSubscription subscribe(String pattern, Consumer<BusMessage> handler) {
    return subscribe(SubscriptionSpec.of(pattern), handler);
  }

  /// Takes messages from a stream until each is settled. All who consume by the same durable name
  /// share its messages; its position outlives them. Waits for the stream if it is not there yet.
  ///
  /// @param handler gets deliveries in order; must settle each, at once or later from any thread
  BusSubscription consume(ConsumerSpec spec, Consumer<Delivery> handler);

  /// Wishes for a stream. One of this name that exists is given the subjects it lacks and is
  /// otherwise left as its owner made it; subjects that another stream keeps already stay with that
  /// one. The future completes once the broker has it, which may be long after this call; it fails
  /// only with `BUS_STREAM_REFUSED` or `BUS_CLOSED`.
  CompletableFuture<Void> ensureStream(StreamSpec spec);

  /// The newest message that a stream keeps on a subject; empty when it keeps none. Fails with
  /// `BUS_NO_STREAM` when there is no stream of that name.
  CompletableFuture<Optional<BusMessage>> newest(String stream, String subject);

  /// Largest message in bytes, headers included: the configured limit or the broker's, whichever is
  /// smaller.
  int messageSizeMax();

  /// Connections made so far. What differs from an earlier call says that the broker may be another
  /// one, or one without its disk. Cheaper than [#health()].
  default long connects() {
    return health().connects();
  }

  /// How the bus stands now. Cheap.
  BusHealth health();

  /// Ends subscriptions, lets handlers finish for at most a few seconds, and disconnects. What was
  /// consumed and not settled is delivered again to the next consumer. Idempotent; blocks.
  @Override
  void close();
}
