package dev.reeve.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.bus.ConsumerSpec;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One who takes messages from a JetStream stream: a durable pull consumer, begun anew on each
/// connection.
///
/// A message that waits for the handler is kept alive at the broker, so that the time to settle
/// begins when the handler gets it.
final class NatsConsumer implements BusMeter.Listening {
  private static final Logger log = LoggerFactory.getLogger(NatsConsumer.class);
  private static final int BATCH_MAX = 256;
  private static final Duration PULL_EXPIRES = Duration.ofSeconds(10);

  private final ConsumerSpec spec;
  private final Mailbox<NatsDelivery> mailbox;
  private final Consumer<NatsConsumer> forget;
  private final Map<NatsDelivery, Boolean> waiting = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private @Nullable MessageConsumer pulling;

  @GuardedBy("this")
  private boolean wanted = true;

  @GuardedBy("this")
  private boolean closed;

  private volatile String trouble = "";

  /// @param mailboxOf makes the place where deliveries wait, given what to do with each
  NatsConsumer(
      ConsumerSpec spec,
      Function<Consumer<NatsDelivery>, Mailbox<NatsDelivery>> mailboxOf,
      Consumer<NatsDelivery> handler,
      Consumer<NatsConsumer> forget) {
    this.spec = spec;
    this.forget = forget;
    Duration keptAlive = spec.ackWait().dividedBy(4);
    this.mailbox =
        mailboxOf.apply(delivery -> {
          waiting.remove(delivery);
          delivery.keep(keptAlive);
          handler.accept(delivery);
        });
  }

  /// Says that it must begin anew at the next [#attend].
  synchronized void suspect() {
    wanted = true;
  }

  /// Begins to pull if it does not yet, or must anew. Blocks for calls to the broker.
  synchronized void attend(Connection connection, Dispatcher dispatcher) {
    if (closed || !(wanted || pulling == null || pulling.isFinished())) {
      return;
    }
    stop();
    try {
      pulling =
          context(connection)
              .consume(
                  ConsumeOptions.builder()
                      .batchSize(Math.min(BATCH_MAX, spec.ackPendingMax()))
                      .expiresIn(PULL_EXPIRES.toMillis())
                      .build(),
                  dispatcher,
                  this::arrived);
      wanted = false;
      trouble = "";
    } catch (IOException | JetStreamApiException | RuntimeException e) {
      String why = "consumer " + spec.durable() + " does not get messages: " + e.getMessage();
      if (!why.equals(trouble)) {
        log.warn("consumer waits durable={} reason={}", spec.durable(), e.getMessage());
      }
      trouble = why;
    }
  }

  private void arrived(Message message) {
    NatsDelivery delivery = new NatsDelivery(message);
    waiting.put(delivery, true);
    if (!mailbox.offer(delivery)) {
      waiting.remove(delivery);
    }
  }

  private ConsumerContext context(Connection connection) throws IOException, JetStreamApiException {
    String stream = NatsStreams.keeping(connection, spec.stream(), spec.pattern());
    ConsumerConfiguration wish = configuration();
    return connection
        .getStreamContext(stream)
        .createOrUpdateConsumer(NatsStreams.adopted(connection, stream, wish));
  }

  private ConsumerConfiguration configuration() {
    return ConsumerConfiguration.builder()
        .durable(spec.durable())
        .filterSubject(spec.pattern())
        .deliverPolicy(
            switch (spec.from()) {
              case OLDEST -> DeliverPolicy.All;
              case NEW -> DeliverPolicy.New;
            })
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(spec.ackWait())
        .maxDeliver(spec.deliveriesMax())
        .maxAckPending(spec.ackPendingMax())
        .build();
  }

  /// Tells the broker that what waits here is not lost. Called now and then.
  void keepWaiting() {
    Duration old = spec.ackWait().dividedBy(4);
    waiting.keySet().forEach(delivery -> delivery.keep(old));
  }

  /// How often [#keepWaiting] must be called.
  Duration ackWait() {
    return spec.ackWait();
  }

  /// Why it gets nothing; empty when it does.
  String trouble() {
    return trouble;
  }

  @GuardedBy("this")
  private void stop() {
    MessageConsumer old = pulling;
    pulling = null;
    if (old != null) {
      try {
        old.close();
      } catch (Exception e) {
        log.debug("consumer not closed in order", e);
      }
    }
  }

  @Override
  public String name() {
    return spec.durable();
  }

  @Override
  public long pending() {
    return mailbox.pending();
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  @Override
  public synchronized boolean isActive() {
    return !closed && !wanted && pulling != null && !pulling.isFinished();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stop();
    }
    mailbox.close();
    waiting.keySet().forEach(delivery -> delivery.nak(Duration.ZERO));
    waiting.clear();
    forget.accept(this);
  }
}
