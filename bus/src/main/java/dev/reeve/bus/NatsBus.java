package dev.reeve.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.PublishReceipt;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus by NATS: core messages, and JetStream for what must not be lost.
public final class NatsBus implements Bus {
  private static final Logger log = LoggerFactory.getLogger(NatsBus.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final long ATTEND_MILLIS = 1_000;
  private static final long KEEP_MILLIS = 200;
  private static final int OUTGOING_MESSAGES_MAX = 60_000;
  private static final long OUTGOING_BYTES_MAX = 64L * 1024 * 1024;

  /// A stream that is wished for.
  ///
  /// @param made completes when it was made for the first time, or refused
  /// @param there whether it was seen on this connection
  private record Stream(StreamSpec spec, CompletableFuture<Void> made, AtomicBoolean there) {}

  private final NatsSettings settings;
  private final BusLimits limits;
  private final BusMeter meter;
  private final NatsLink link;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("bus-", 0).factory());

  /// What follows acknowledgements.
  private final SerialExecutor followers = new SerialExecutor(threads);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("bus-timer").daemon(true).factory());
  private final Set<NatsSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<NatsConsumer> consumers = ConcurrentHashMap.newKeySet();
  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private final Object attending = new Object();
  private volatile String streamTrouble = "";
  private volatile boolean closed;

  @GuardedBy("this")
  private @Nullable Connection dispatching;

  @GuardedBy("this")
  private @Nullable Dispatcher dispatcher;

  private NatsBus(NatsSettings settings, BusLimits limits) {
    this.settings = settings;
    this.limits = limits;
    this.meter = new BusMeter(limits);
    this.link = new NatsLink(settings, meter, this::connected, this::suspect);
    timer.setRemoveOnCancelPolicy(true);
  }

  /// A bus that connects as soon as a broker is there. Returns at once.
  public static NatsBus open(NatsSettings settings, BusLimits limits) {
    NatsBus bus = new NatsBus(settings, limits);
    bus.link.open();
    var _ =
        bus.timer.scheduleWithFixedDelay(
            () -> bus.threads.execute(bus::attend),
            ATTEND_MILLIS,
            ATTEND_MILLIS,
            TimeUnit.MILLISECONDS);
    var _ =
        bus.timer.scheduleWithFixedDelay(
            () -> bus.consumers.forEach(NatsConsumer::keepWaiting),
            KEEP_MILLIS,
            KEEP_MILLIS,
            TimeUnit.MILLISECONDS);
    return bus;
  }

  private void connected(Connection connection) {
    if (closed) {
      return;
    }
    Dispatcher through = dispatcher(connection);
    subscriptions.forEach(subscription -> subscription.attach(connection, through));
    consumers.forEach(NatsConsumer::suspect);
    synchronized (streams) {
      // A broker that came back may have lost its disk.
      streams.values().forEach(stream -> stream.there.set(false));
    }
    threads.execute(this::attend);
  }

  private void suspect() {
    consumers.forEach(NatsConsumer::suspect);
    if (!closed) {
      threads.execute(this::attend);
    }
  }

  private synchronized Dispatcher dispatcher(Connection connection) {
    Dispatcher known = dispatcher;
    if (known == null || !connection.equals(dispatching)) {
      known = connection.createDispatcher();
      dispatcher = known;
      dispatching = connection;
    }
    return known;
  }

  /// Makes streams and consumers that are wished for and not there.
  private void attend() {
    synchronized (attending) {
      link.connected()
          .ifPresent(connection -> {
            attendStreams(connection);
            consumers.forEach(consumer -> consumer.attend(connection, dispatcher(connection)));
          });
    }
  }

  private void attendStreams(Connection connection) {
    List<Stream> wanted;
    synchronized (streams) {
      wanted = streams.values().stream().filter(stream -> !stream.there.get()).toList();
    }
    for (Stream stream : wanted) {
      try {
        NatsStreams.ensure(connection, stream.spec);
        streamTrouble = "";
        stream.there.set(true);
        threads.execute(() -> stream.made.complete(null));
      } catch (ProblemException e) {
        streamTrouble = e.problem().message();
        threads.execute(() -> stream.made.completeExceptionally(e));
      } catch (IOException | JetStreamApiException | RuntimeException e) {
        log.warn("stream not made name={} reason={}", stream.spec.name(), e.getMessage());
        streamTrouble = "stream " + stream.spec.name() + " is not made: " + e.getMessage();
        return;
      }
    }
  }

  @Override
  public void publish(BusMessage message) {
    try {
      ready(message).publish(NatsMessages.out(message));
      meter.published.increment();
    } catch (ProblemException e) {
      meter.publishFailures.increment();
      throw e;
    } catch (IllegalStateException | IllegalArgumentException e) {
      meter.publishFailures.increment();
      throw Outgoing.unavailable("the message was not sent", String.valueOf(e.getMessage()));
    }
  }

  /// The connection, ready to take this message.
  private Connection ready(BusMessage message) {
    if (closed) {
      throw BusProblems.BUS_CLOSED.because("the bus was closed").toException();
    }
    Outgoing.check(message, messageSizeMax());
    Connection connection =
        link.connected()
            .orElseThrow(() -> Outgoing.unavailable("the broker is not connected", link.trouble()));
    if (connection.outgoingPendingMessageCount() > OUTGOING_MESSAGES_MAX
        || connection.outgoingPendingBytes() > OUTGOING_BYTES_MAX) {
      throw BusProblems.BUS_BUSY.because("the broker does not keep up").toException();
    }
    return connection;
  }

  @Override
  public CompletableFuture<PublishReceipt> publishDurably(BusMessage message, String messageId) {
    CompletableFuture<PublishReceipt> receipt = new CompletableFuture<>();
    try {
      BusMessage named = Outgoing.named(message, messageId);
      Connection connection = ready(named);
      meter.publishBegins();
      CompletableFuture<Void> _ =
          send(connection, named, settings.ackWait())
              .handleAsync(
                  (answer, failure) ->
                      failure == null
                          ? NatsReceipts.read(answer, message.subject())
                          : notKept(failure, message.subject()),
                  followers)
              .handle((kept, failure) -> {
                meter.publishEnded();
                (failure == null ? meter.published : meter.publishFailures).increment();
                complete(receipt, kept, failure);
                return null;
              });
    } catch (ProblemException e) {
      meter.publishFailures.increment();
      fail(receipt, e);
    }
    return receipt;
  }

  private static PublishReceipt notKept(Throwable failure, String subject) {
    throw switch (NatsAnswers.of(failure)) {
      case NO_RESPONDERS -> Outgoing.noStream(subject);
      case TIMEOUT, LOST ->
          Outgoing.unavailable("the broker did not acknowledge", String.valueOf(failure));
    };
  }

  @Override
  public CompletableFuture<BusMessage> request(BusMessage message, Duration timeout) {
    CompletableFuture<BusMessage> answer = new CompletableFuture<>();
    try {
      Connection connection = ready(message);
      meter.requestBegins();
      CompletableFuture<Message> asked = ask(connection, message, timeout);
      meter.published.increment();
      CompletableFuture<Void> _ =
          asked
              .handleAsync(
                  (reply, failure) ->
                      failure == null
                          ? NatsMessages.in(reply)
                          : notAnswered(failure, message.subject(), timeout),
                  threads)
              .handle((reply, failure) -> {
                meter.requestEnded();
                complete(answer, reply, failure);
                return null;
              });
    } catch (ProblemException e) {
      meter.publishFailures.increment();
      fail(answer, e);
    }
    return answer;
  }

  private static BusMessage notAnswered(Throwable failure, String subject, Duration timeout) {
    throw switch (NatsAnswers.of(failure)) {
      case NO_RESPONDERS -> Outgoing.noResponders(subject);
      case TIMEOUT -> Outgoing.timeout(subject, timeout);
      case LOST -> Outgoing.answerLost("the broker was lost", String.valueOf(failure));
    };
  }

  /// As [#send], with a timeout that is kept to the millisecond.
  private CompletableFuture<Message> ask(
      Connection connection, BusMessage message, Duration timeout) {
    CompletableFuture<Message> answer = send(connection, message, timeout);
    var timing =
        timer.schedule(
            () -> answer.completeExceptionally(new TimeoutException()),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    CompletableFuture<Message> _ = answer.whenComplete((_, _) -> timing.cancel(false));
    return answer;
  }

  /// Sends with an inbox of the client's; the future fails with what [NatsAnswers] knows. The
  /// client looks about once a second what has waited longer than its timeout.
  private static CompletableFuture<Message> send(
      Connection connection, BusMessage message, Duration timeout) {
    try {
      return connection.requestWithTimeout(NatsMessages.out(message.withReplyTo("")), timeout);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> void complete(
      CompletableFuture<T> future, @Nullable T value, @Nullable Throwable failure) {
    if (value != null) {
      future.complete(value);
    } else {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      future.completeExceptionally(
          cause instanceof ProblemException
              ? cause
              : Outgoing.unavailable("the bus was closed meanwhile", String.valueOf(cause)));
    }
  }

  private void fail(CompletableFuture<?> future, ProblemException problem) {
    if (closed) {
      future.completeExceptionally(problem);
    } else {
      threads.execute(() -> future.completeExceptionally(problem));
    }
  }

  @Override
  public String newInbox() {
    return "_INBOX." + UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public BusSubscription subscribe(SubscriptionSpec spec, Consumer<BusMessage> handler) {
    NatsSubscription subscription =
        new NatsSubscription(
            spec,
            new Mailbox<>(
                spec.pattern(), spec.pendingMax(), BusMessage::size, handler, threads, meter),
            meter,
            subscriptions::remove);
    subscriptions.add(subscription);
    link.connected()
        .ifPresent(connection -> subscription.attach(connection, dispatcher(connection)));
    return subscription;
  }

  @Override
  public BusSubscription consume(ConsumerSpec spec, Consumer<Delivery> handler) {
    NatsConsumer consumer =
        new NatsConsumer(
            spec,
            handle ->
                new Mailbox<>(
                    spec.durable(),
                    2 * spec.ackPendingMax(),
                    delivery -> delivery.message().size(),
                    handle,
                    threads,
                    meter),
            handler::accept,
            consumers::remove);
    consumers.add(consumer);
    threads.execute(this::attend);
    return consumer;
  }

  @Override
  public CompletableFuture<Void> ensureStream(StreamSpec spec) {
    Stream stream;
    synchronized (streams) {
      stream = new Stream(spec, new CompletableFuture<>(), new AtomicBoolean());
      streams.put(spec.name() + ' ' + spec.patterns(), stream);
    }
    threads.execute(this::attend);
    return stream.made;
  }

  @Override
  public CompletableFuture<Optional<BusMessage>> newest(String stream, String subject) {
    CompletableFuture<Optional<BusMessage>> found = new CompletableFuture<>();
    if (closed) {
      fail(found, BusProblems.BUS_CLOSED.because("the bus was closed").toException());
      return found;
    }
    threads.execute(() -> {
      try {
        Connection connection =
            link.connected()
                .orElseThrow(
                    () -> Outgoing.unavailable("the broker is not connected", link.trouble()));
        found.complete(NatsStreams.newest(connection, stream, subject));
      } catch (ProblemException e) {
        found.completeExceptionally(e);
      } catch (IOException | JetStreamApiException | RuntimeException e) {
        found.completeExceptionally(
            Outgoing.unavailable("the broker did not answer", String.valueOf(e.getMessage())));
      }
    });
    return found;
  }

  @Override
  public int messageSizeMax() {
    return link.known()
        .map(Connection::getMaxPayload)
        .filter(size -> size > 0 && size < limits.messageSizeMax())
        .map(Long::intValue)
        .orElse(limits.messageSizeMax());
  }

  @Override
  public long connects() {
    return meter.connects.get();
  }

  @Override
  public BusHealth health() {
    List<BusMeter.Listening> all = new ArrayList<>(subscriptions);
    all.addAll(consumers);
    return meter.health(link.state(), link.address(), trouble(), all);
  }

  private String trouble() {
    String why = link.trouble();
    if (why.isEmpty()) {
      why = streamTrouble;
    }
    for (NatsConsumer consumer : consumers) {
      why = why.isEmpty() ? consumer.trouble() : why;
    }
    return why;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.shutdownNow();
    List.copyOf(subscriptions).forEach(NatsSubscription::close);
    List.copyOf(consumers).forEach(NatsConsumer::close);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.close(CLOSE_WAIT);
    synchronized (streams) {
      ProblemException problem = BusProblems.BUS_CLOSED.because("the bus was closed").toException();
      streams.values().forEach(stream -> stream.made.completeExceptionally(problem));
    }
  }
}
