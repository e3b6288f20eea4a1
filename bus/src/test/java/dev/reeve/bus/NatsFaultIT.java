package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.testing.Await;
import dev.reeve.testing.NatsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What becomes of messages when the broker is not well.
class NatsFaultIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JETSTREAM = "jetstream { store_dir: %STORE% }";

  private static Bus bus(NatsServer server) {
    return NatsBus.open(NatsSettings.of(server.uri()), BusLimits.standard());
  }

  private static void awaitConnected(Bus bus) {
    Await.until("connected", PATIENCE, () -> bus.health().isConnected());
  }

  @Test
  void what_was_wished_for_before_there_was_a_broker_is_there_with_it() {
    try (NatsServer server = NatsServer.stopped(JETSTREAM);
        Bus bus = bus(server)) {
      List<String> heard = new CopyOnWriteArrayList<>();
      List<String> consumed = new CopyOnWriteArrayList<>();
      BusSubscription listening = bus.subscribe("a", m -> heard.add(m.bytes().utf8()));
      CompletableFuture<Void> made = bus.ensureStream(StreamSpec.of("S", List.of("s.>")));
      BusSubscription consuming =
          bus.consume(
              ConsumerSpec.of("S", "d", "s.>"),
              delivery -> {
                consumed.add(delivery.message().bytes().utf8());
                delivery.ack();
              });

      assertThat(bus.health().state()).isEqualTo(BusHealth.State.CONNECTING);
      assertThatThrownBy(() -> bus.publish(BusMessage.of("a", Bytes.EMPTY)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().code()).isEqualTo(BusProblems.BUS_UNAVAILABLE);
                assertThat(e.problem().retryAfter()).isPresent();
              });
      Await.until("named", () -> bus.health().complaint().contains("not connected"));
      assertThat(bus.health().complaint()).contains(server.uri().toString());

      server.resume();

      made.join();
      Await.until("active", () -> listening.isActive() && consuming.isActive());
      assertThat(bus.health().complaint()).isEmpty();
      Await.until(
          "heard",
          () -> {
            bus.publish(BusMessage.of("a", Bytes.utf8("x")));
            return !heard.isEmpty();
          });
      bus.publishDurably(BusMessage.of("s.1", Bytes.utf8("y")), "1").join();
      Await.untilAsserted(() -> assertThat(consumed).containsExactly("y"));
    }
  }

  @Test
  void a_broker_killed_under_load_loses_no_acknowledged_message_and_no_effect_happens_twice()
      throws InterruptedException {
    try (NatsServer server = NatsServer.start();
        Bus sender = bus(server);
        Bus receiver = bus(server)) {
      awaitConnected(sender);
      awaitConnected(receiver);
      sender.ensureStream(StreamSpec.of("LOAD", List.of("load.>"))).join();
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
      AtomicInteger deliveries = new AtomicInteger();
      receiver.consume(
          ConsumerSpec.of("LOAD", "effects", "load.>")
              .withAckWait(Duration.ofSeconds(2))
              .withDeliveriesMax(1_000),
          delivery -> {
            deliveries.incrementAndGet();
            // As consumers must: an effect is known by the id of its message.
            String id = delivery.message().headers().get(DeadLetters.DEDUPE_HEADER);
            effects.computeIfAbsent(String.valueOf(id), _ -> new AtomicInteger(1));
            delivery.ack();
          });
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> senders = new ArrayList<>();
      for (int lane = 0; lane < 8; lane++) {
        String prefix = "m" + lane + "-";
        senders.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; !stop.get(); i++) {
                    sendUntilKept(sender, prefix + i);
                    acknowledged.add(prefix + i);
                  }
                }));
      }
      for (int round = 0; round < 4; round++) {
        int before = acknowledged.size();
        Await.until("load", PATIENCE, () -> acknowledged.size() > before + 200);
        server.killAndResume();
      }
      int before = acknowledged.size();
      Await.until("load after the last", PATIENCE, () -> acknowledged.size() > before + 200);
      stop.set(true);
      for (Thread thread : senders) {
        thread.join();
      }

      Await.untilAsserted(PATIENCE, () -> assertThat(effects.keySet()).containsAll(acknowledged));
      assertThat(effects.keySet()).isEqualTo(acknowledged);
      assertThat(effects.values()).allSatisfy(count -> assertThat(count.get()).isEqualTo(1));
      assertThat(sender.health().connects()).isGreaterThanOrEqualTo(5);
      assertThat(deliveries.get()).isGreaterThanOrEqualTo(acknowledged.size());
    }
  }

  /// Sends one message with one id, again and again, until it is acknowledged.
  private static void sendUntilKept(Bus bus, String id) {
    while (true) {
      try {
        bus.publishDurably(BusMessage.of("load.x", Bytes.utf8(id)), id).join();
        return;
      } catch (CompletionException e) {
        assertThat(e.getCause()).isInstanceOf(ProblemException.class);
        Await.reached(PATIENCE, () -> bus.health().isConnected());
      }
    }
  }

  @Test
  void listening_goes_on_after_a_restart() {
    try (NatsServer server = NatsServer.start();
        Bus bus = bus(server)) {
      awaitConnected(bus);
      bus.subscribe(
          SubscriptionSpec.shared("q", "group"), m -> bus.publish(m.reply(Bytes.utf8("answer"))));

      server.stop();
      Await.until("lost", PATIENCE, () -> !bus.health().isConnected());
      assertThat(bus.health().state()).isEqualTo(BusHealth.State.RECONNECTING);
      server.resume();
      awaitConnected(bus);

      Await.untilAsserted(
          PATIENCE,
          () -> {
            CompletableFuture<BusMessage> answer =
                bus.request(BusMessage.of("q", Bytes.utf8("?")), Duration.ofSeconds(1));
            assertThat(answer).succeedsWithin(Duration.ofSeconds(5));
          });
    }
  }

  @Test
  void a_broker_that_hangs_refuses_within_the_time_and_stops_nothing_else() {
    try (NatsServer server = NatsServer.start();
        Bus bus = bus(server)) {
      awaitConnected(bus);
      bus.ensureStream(StreamSpec.of("HANG", List.of("hang.>"))).join();

      server.freeze();
      long begin = System.nanoTime();
      CompletableFuture<?> kept = bus.publishDurably(BusMessage.of("hang.a", Bytes.EMPTY), "1");
      CompletableFuture<BusMessage> asked =
          bus.request(BusMessage.of("hang.q", Bytes.EMPTY), Duration.ofMillis(500));
      Duration calling = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(calling).isLessThan(Duration.ofSeconds(1));
      assertThat(asked)
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("BUS_REQUEST_TIMEOUT");
      assertThat(kept)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("BUS_UNAVAILABLE");

      server.thaw();
      awaitConnected(bus);
      Await.untilAsserted(
          PATIENCE,
          () ->
              assertThat(bus.publishDurably(BusMessage.of("hang.a", Bytes.EMPTY), "1"))
                  .succeedsWithin(Duration.ofSeconds(10)));
    }
  }

  @Test
  void the_brokers_own_size_limit_is_ours() {
    try (NatsServer server = NatsServer.start("max_payload: 4096\n" + JETSTREAM);
        Bus bus = bus(server)) {
      awaitConnected(bus);
      bus.ensureStream(StreamSpec.of("SIZE", List.of("size.>"))).join();

      assertThat(bus.messageSizeMax()).isEqualTo(4_096);
      assertThatThrownBy(() -> bus.publish(BusMessage.of("size.a", Bytes.wrap(new byte[4_097]))))
          .hasMessageContaining("BUS_MESSAGE_TOO_LARGE");
      bus.publishDurably(BusMessage.of("size.a", Bytes.wrap(new byte[4_000])), "1").join();
      assertThat(bus.health().connects()).isEqualTo(1);
    }
  }

  @Test
  void without_jetstream_streams_are_refused_by_name_and_the_rest_works() {
    try (NatsServer server = NatsServer.start("");
        Bus bus = bus(server)) {
      awaitConnected(bus);
      List<String> heard = new CopyOnWriteArrayList<>();
      BusSubscription listening = bus.subscribe("a", m -> heard.add(m.bytes().utf8()));
      Await.until("subscribed", listening::isActive);

      CompletableFuture<Void> made = bus.ensureStream(StreamSpec.of("S", List.of("s.>")));

      assertThat(made)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("BUS_STREAM_REFUSED");
      assertThat(bus.health().complaint()).contains("no streams");
      Await.until(
          "heard",
          () -> {
            bus.publish(BusMessage.of("a", Bytes.utf8("x")));
            return !heard.isEmpty();
          });
    }
  }

  @Test
  void a_handler_that_never_ends_delays_nobody_else() throws InterruptedException {
    try (NatsServer server = NatsServer.start();
        Bus bus = bus(server)) {
      awaitConnected(bus);
      CountDownLatch never = new CountDownLatch(1);
      CountDownLatch entered = new CountDownLatch(1);
      bus.subscribe(
          "stuck",
          _ -> {
            entered.countDown();
            awaitQuietly(never);
          });
      bus.subscribe("echo", m -> bus.publish(m.reply(m.bytes())));
      Await.untilAsserted(() ->
          assertThat(bus.request(BusMessage.of("echo", Bytes.EMPTY), Duration.ofSeconds(1)))
              .succeedsWithin(Duration.ofSeconds(2)));

      for (int i = 0; i < 100; i++) {
        bus.publish(BusMessage.of("stuck", Bytes.EMPTY));
      }
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(bus.request(BusMessage.of("echo", Bytes.EMPTY), Duration.ofSeconds(5)))
          .succeedsWithin(Duration.ofSeconds(6));
      never.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
