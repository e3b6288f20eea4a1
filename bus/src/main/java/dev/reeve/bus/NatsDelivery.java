package dev.reeve.bus;

import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.Delivery;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A delivery of a JetStream consumer.
final class NatsDelivery implements Delivery {
  private static final Logger log = LoggerFactory.getLogger(NatsDelivery.class);

  private final Message source;
  private final BusMessage message;
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile long touchedNanos = System.nanoTime();

  NatsDelivery(Message source) {
    this.source = source;
    this.message = NatsMessages.in(source);
  }

  @Override
  public BusMessage message() {
    return message;
  }

  @Override
  public String stream() {
    return source.metaData().getStream();
  }

  @Override
  public long sequence() {
    return source.metaData().streamSequence();
  }

  /// With the time at which the broker kept it: a stream that was made anew counts from 1 again.
  @Override
  public String identity() {
    return stream() + ":" + sequence() + "@" + source.metaData().timestamp().toInstant();
  }

  @Override
  public int count() {
    return (int) Math.min(Integer.MAX_VALUE, source.metaData().deliveredCount());
  }

  @Override
  public void ack() {
    settle(source::ack);
  }

  @Override
  public void nak(Duration delay) {
    settle(
        delay.isPositive()
            ? () -> source.nakWithDelay(Math.max(1, delay.toMillis()))
            : source::nak);
  }

  @Override
  public void term() {
    settle(source::term);
  }

  @Override
  public void inProgress() {
    if (!settled.get()) {
      touchedNanos = System.nanoTime();
      send(source::inProgress);
    }
  }

  /// Keeps the broker from handing it out again, if it last heard of it longer ago than this.
  void keep(Duration olderThan) {
    if (System.nanoTime() - touchedNanos > olderThan.toNanos()) {
      inProgress();
    }
  }

  private void settle(Runnable settlement) {
    if (settled.compareAndSet(false, true)) {
      send(settlement);
    }
  }

  /// Without a connection nothing is sent, and the message is delivered again.
  private void send(Runnable settlement) {
    try {
      settlement.run();
    } catch (IllegalStateException | IllegalArgumentException e) {
      log.debug("settlement not sent reason={}", e.getMessage());
    }
  }
}
