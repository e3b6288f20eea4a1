package dev.reeve.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.SubscriptionSpec;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import io.nats.client.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One who listens by NATS, at most once delivery, on whichever connection there is.
final class NatsSubscription implements BusMeter.Listening {
  private final SubscriptionSpec spec;
  private final Mailbox<BusMessage> mailbox;
  private final BusMeter meter;
  private final Consumer<NatsSubscription> forget;

  @GuardedBy("this")
  private @Nullable Connection connection;

  @GuardedBy("this")
  private @Nullable Dispatcher dispatcher;

  @GuardedBy("this")
  private @Nullable Subscription subscription;

  @GuardedBy("this")
  private boolean closed;

  NatsSubscription(
      SubscriptionSpec spec,
      Mailbox<BusMessage> mailbox,
      BusMeter meter,
      Consumer<NatsSubscription> forget) {
    this.spec = spec;
    this.mailbox = mailbox;
    this.meter = meter;
    this.forget = forget;
  }

  /// Subscribes on a connection that is new; the client itself does so again on one that was lost.
  synchronized void attach(Connection current, Dispatcher through) {
    if (closed || current.equals(connection)) {
      return;
    }
    connection = current;
    dispatcher = through;
    MessageHandler hand = message -> mailbox.offer(NatsMessages.in(message));
    subscription =
        spec.queueGroup().isEmpty()
            ? through.subscribe(spec.pattern(), hand)
            : through.subscribe(spec.pattern(), spec.queueGroup(), hand);
  }

  @Override
  public String name() {
    return spec.pattern();
  }

  @Override
  public long pending() {
    return mailbox.pending();
  }

  @Override
  public long dropped() {
    return mailbox.dropped();
  }

  @Override
  public boolean isSlow() {
    return mailbox.isSlow();
  }

  @Override
  public synchronized boolean isActive() {
    return !closed && connection != null && connection.getStatus() == Connection.Status.CONNECTED;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (dispatcher != null && subscription != null && dispatcher.isActive()) {
        dispatcher.unsubscribe(subscription);
      }
    }
    mailbox.close();
    meter.droppedBefore.add(mailbox.dropped());
    forget.accept(this);
  }
}
