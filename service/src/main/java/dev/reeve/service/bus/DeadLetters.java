package dev.reeve.service.bus;

import dev.reeve.base.Bytes;
import dev.reeve.service.Futures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Consuming with a last resort: a message that cannot be handled goes to a dead letter subject
/// before it is acknowledged, so that it is never lost and never blocks the others.
///
/// That holds for a message given up with [Delivery#term()], for one given back after its last
/// delivery, and for one whose last delivery nobody settled. The dead letter is published durably;
/// while that fails the message is delivered again. Safe on any thread.
public final class DeadLetters {
  /// Header: why the message is here, a [Reason] in lower case.
  public static final String REASON_HEADER = "x-dlq-reason";

  /// Header: the message id it was published with, or `stream:sequence`.
  public static final String MESSAGE_ID_HEADER = "x-original-msg-id";

  /// Header: the subject it was published on.
  public static final String SUBJECT_HEADER = "x-original-subject";

  /// Header: the size of a payload that did not fit beside these headers and was left out.
  public static final String OMITTED_HEADER = "x-dlq-omitted-bytes";

  /// Header of the id by which brokers know a repetition.
  public static final String DEDUPE_HEADER = "Nats-Msg-Id";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  /// Deliveries beyond the limit, in which a dead letter is made and nothing is handled.
  private static final int SPARE_DELIVERIES = 1_000;

  /// Why a message could not be handled.
  public enum Reason {
    /// It was given back, or not settled, as often as it may be.
    MAXDELIVER_EXHAUSTED,
    /// It is not what is expected here, and never will be.
    VALIDATION_FAILED
  }

  /// What a dead letter looks like. Called on the thread that settles; must not block.
  @FunctionalInterface
  public interface Form {
    /// The message to publish in place of a delivery.
    BusMessage letter(Delivery delivery, Reason reason);
  }

  private final Bus bus;
  private final Form form;
  private final DeliveryCounters counters;

  /// Dead letters of a dialect's own form.
  public DeadLetters(Bus bus, Form form) {
    this(bus, form, new DeliveryCounters());
  }

  /// Dead letters of a dialect's own form.
  ///
  /// @param counters told how each delivery was settled
  public DeadLetters(Bus bus, Form form, DeliveryCounters counters) {
    this.bus = bus;
    this.form = form;
    this.counters = counters;
  }

  /// Dead letters on `SUBJECT.dlq` with the payload as it was and headers that say why.
  public DeadLetters(Bus bus) {
    this(bus, (delivery, reason) -> plain(delivery, reason, delivery.message().subject() + ".dlq"));
  }

  /// The payload as it was, with headers that say why it is here.
  public static BusMessage plain(Delivery delivery, Reason reason, String subject) {
    BusMessage message = delivery.message();
    Map<String, String> headers = new LinkedHashMap<>(message.headers());
    String id = headers.remove(DEDUPE_HEADER);
    headers.put(REASON_HEADER, reason.name().toLowerCase(Locale.ROOT));
    headers.put(MESSAGE_ID_HEADER, id == null ? place(delivery) : id);
    headers.put(SUBJECT_HEADER, message.subject());
    return new BusMessage(subject, "", headers, message.bytes());
  }

  private static String place(Delivery delivery) {
    return delivery.stream() + ":" + delivery.sequence();
  }

  /// Consumes as [Bus#consume] does, with `deliveriesMax` counted here.
  ///
  /// @param handler may throw: the message is then given back and tried again in five seconds
  public BusSubscription consume(ConsumerSpec spec, Consumer<Delivery> handler) {
    return bus.consume(
        spec.withDeliveriesMax(spec.deliveriesMax() + SPARE_DELIVERIES),
        delivery -> handle(new Guarded(delivery, spec.deliveriesMax()), handler));
  }

  private void handle(Guarded delivery, Consumer<Delivery> handler) {
    if (delivery.count() > 1) {
      counters.again();
    }
    if (delivery.count() > delivery.deliveriesMax) {
      delivery.bury(Reason.MAXDELIVER_EXHAUSTED);
      return;
    }
    try {
      handler.accept(delivery);
    } catch (RuntimeException e) {
      log.warn(
          "message not handled stream={} sequence={} delivery={}",
          delivery.stream(),
          delivery.sequence(),
          delivery.count(),
          e);
      delivery.nak(TRY_AGAIN);
    }
  }

  private final class Guarded implements Delivery {
    private final Delivery inner;
    private final int deliveriesMax;
    private boolean burying;

    private Guarded(Delivery inner, int deliveriesMax) {
      this.inner = inner;
      this.deliveriesMax = deliveriesMax;
    }

    @Override
    public BusMessage message() {
      return inner.message();
    }

    @Override
    public String stream() {
      return inner.stream();
    }

    @Override
    public long sequence() {
      return inner.sequence();
    }

    @Override
    public String identity() {
      return inner.identity();
    }

    @Override
    public int count() {
      return inner.count();
    }

    @Override
    public void ack() {
      if (!isBurying()) {
        counters.acked();
        inner.ack();
      }
    }

    @Override
    public void nak(Duration delay) {
      if (count() >= deliveriesMax) {
        bury(Reason.MAXDELIVER_EXHAUSTED);
      } else if (!isBurying()) {
        counters.nacked();
        inner.nak(delay);
      }
    }

    @Override
    public void inProgress() {
      inner.inProgress();
    }

    @Override
    public void term() {
      bury(Reason.VALIDATION_FAILED);
    }

    private synchronized boolean isBurying() {
      return burying;
    }

    private void bury(Reason reason) {
      synchronized (this) {
        if (burying) {
          return;
        }
        burying = true;
      }
      BusMessage letter = fitting(form.letter(inner, reason));
      Futures.then(
          bus.publishDurably(letter, "dlq:" + inner.identity()),
          _ -> {
            counters.bury(reason);
            counters.acked();
            inner.ack();
          },
          problem -> {
            log.warn(
                "dead letter not published, tried again subject={} reason={}",
                letter.subject(),
                problem.reason());
            counters.nacked();
            inner.nak(TRY_AGAIN);
          });
    }

    private BusMessage fitting(BusMessage letter) {
      if (letter.size() <= bus.messageSizeMax()) {
        return letter;
      }
      Map<String, String> headers = new LinkedHashMap<>(letter.headers());
      headers.put(OMITTED_HEADER, Integer.toString(letter.bytes().size()));
      return new BusMessage(letter.subject(), "", headers, Bytes.EMPTY);
    }
  }
}
