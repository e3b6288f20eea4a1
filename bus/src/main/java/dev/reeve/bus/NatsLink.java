package dev.reeve.bus;

import dev.reeve.service.bus.BusHealth.State;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.support.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to the broker, kept up for as long as the bus lives: also when the broker is not
/// there at first, is killed, or turns our credentials down for a while. Safe on any thread.
final class NatsLink {
  private static final Logger log = LoggerFactory.getLogger(NatsLink.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
  private static final long WAIT_FIRST_MILLIS = 100;
  private static final long WAIT_MAX_MILLIS = 4_000;
  private static final int OUTGOING_MESSAGES_MAX = 65_536;

  /// What to do when the connection is there, again or for the first time.
  @FunctionalInterface
  interface Up {
    /// Must not block.
    void connected(Connection connection);
  }

  private final NatsSettings settings;
  private final BusMeter meter;
  private final Up listener;

  /// Whether the last thing heard was good.
  private final AtomicBoolean up = new AtomicBoolean();

  private final Runnable suspect;

  /// The client wants platform threads for its sockets.
  private final ExecutorService clientThreads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().name("nats-client-", 0).daemon(true).factory());

  private volatile @Nullable Connection connection;
  private volatile String lastError = "";
  private volatile String lastLogged = "";
  private volatile boolean closed;

  /// @param listener called on a thread of the client
  /// @param suspect called when a consumer may have lost its stream
  NatsLink(NatsSettings settings, BusMeter meter, Up listener, Runnable suspect) {
    this.settings = settings;
    this.meter = meter;
    this.listener = listener;
    this.suspect = suspect;
  }

  /// Begins to connect; returns at once.
  void open() {
    Thread.ofVirtual().name("nats-connect").start(this::connect);
  }

  private void connect() {
    int attempt = 0;
    while (!closed) {
      try {
        Connection made = Nats.connect(options());
        if (closed) {
          made.close();
        }
        return;
      } catch (IOException | IllegalArgumentException e) {
        failed(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      LockSupport.parkNanos(pause(attempt++).toNanos());
    }
  }

  private void failed(Exception e) {
    // What the client told before is closer to the cause than its own summary.
    String why = lastError.isEmpty() ? reason(e) : lastError;
    if (!why.equals(lastLogged)) {
      log.warn("broker not reached, tried again address={} reason={}", address(), why);
    }
    lastLogged = why;
    lastError = why;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /// Doubling, with half of it by chance, so that many clients do not come back at once.
  private static Duration pause(long attempt) {
    long most = Math.min(WAIT_MAX_MILLIS, WAIT_FIRST_MILLIS << Math.min(attempt, 10));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  private Options options() throws IOException {
    Options.Builder options =
        new Options.Builder()
            .servers(settings.servers().stream().map(URI::toString).toArray(String[]::new))
            .connectionName(settings.name())
            .connectionTimeout(CONNECT_TIMEOUT)
            .pingInterval(PING_INTERVAL)
            .maxReconnects(-1)
            .reconnectDelayHandler(NatsLink::pause)
            .requestCleanupInterval(Duration.ofSeconds(1))
            .maxMessagesInOutgoingQueue(OUTGOING_MESSAGES_MAX)
            .reportNoResponders()
            .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
            .executor(clientThreads)
            .errorListener(new Errors())
            .connectionListener(this::event);
    if (settings.tls().isPresent()) {
      options.sslContext(NatsTls.context(settings.tls().get()));
    }
    NatsLogin.identify(options, settings.credentials());
    return options.build();
  }

  private void event(Connection from, Events event) {
    switch (event) {
      case CONNECTED, RECONNECTED -> {
        connection = from;
        up.set(true);
        lastError = "";
        lastLogged = "";
        meter.connects.incrementAndGet();
        log.info("broker connected address={} connects={}", from.getConnectedUrl(), meter.connects);
        listener.connected(from);
      }
      case DISCONNECTED -> {
        if (from.equals(connection) && up.compareAndSet(true, false) && !closed) {
          log.warn("broker lost address={}", address());
        }
      }
      case CLOSED -> {
        if (!closed && from.equals(connection)) {
          // The client has given up, for instance because of credentials; we never do.
          open();
        }
      }
      case RESUBSCRIBED, DISCOVERED_SERVERS, LAME_DUCK -> log.debug("broker event={}", event);
    }
  }

  /// The connection, while messages go through.
  Optional<Connection> connected() {
    Connection known = connection;
    return known != null && known.getStatus() == Connection.Status.CONNECTED
        ? Optional.of(known)
        : Optional.empty();
  }

  /// The connection, also while it is being made again.
  Optional<Connection> known() {
    return Optional.ofNullable(connection);
  }

  State state() {
    if (closed) {
      return State.CLOSED;
    }
    if (connected().isPresent()) {
      return State.CONNECTED;
    }
    return connection == null ? State.CONNECTING : State.RECONNECTING;
  }

  String address() {
    return settings.address();
  }

  /// Why there is no connection; empty when there is one.
  String trouble() {
    if (closed || connected().isPresent()) {
      return "";
    }
    String why = lastError.isEmpty() ? "" : ": " + lastError;
    return "the broker at " + address() + " is not connected" + why;
  }

  void close(Duration drain) {
    closed = true;
    Connection open = connection;
    try {
      if (open != null) {
        if (open.getStatus() == Connection.Status.CONNECTED) {
          open.flush(drain);
        }
        open.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | IllegalStateException e) {
      log.warn("broker did not take all before the end reason={}", e.getMessage());
      closeNow(open);
    }
    clientThreads.shutdown();
  }

  private static void closeNow(@Nullable Connection open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the client tells besides.
  private final class Errors implements ErrorListener {
    @Override
    public void errorOccurred(Connection from, String error) {
      lastError = error;
      log.warn("broker error={}", error);
    }

    @Override
    public void exceptionOccurred(Connection from, Exception e) {
      lastError = reason(e);
      log.debug("broker connection failed", e);
    }

    @Override
    public void slowConsumerDetected(Connection from, Consumer consumer) {
      log.warn("slow consumer in the client dropped={}", consumer.getDroppedCount());
    }

    @Override
    public void messageDiscarded(Connection from, Message message) {
      meter.publishFailures.increment();
    }

    @Override
    public void heartbeatAlarm(
        Connection from, JetStreamSubscription subscription, long stream, long consumer) {
      suspect.run();
    }

    @Override
    public void pullStatusError(
        Connection from, JetStreamSubscription subscription, Status status) {
      log.warn("a consumer was ended by the broker status={}", status.getMessageWithCode());
      suspect.run();
    }

    @Override
    public void unhandledStatus(
        Connection from, JetStreamSubscription subscription, Status status) {
      log.debug("broker status={}", status.getMessageWithCode());
    }
  }
}
