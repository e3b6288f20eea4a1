package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.PublishReceipt;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A bus for each test, and what tests of it share.
abstract class BusFixture {
  static final Duration SHORT = Duration.ofSeconds(1);
  static final Duration LONG = Duration.ofSeconds(20);
  static final int SIZE_MAX = 64 * 1024;

  Bus bus;

  /// A part of subjects and names that no other test uses.
  String own;

  /// A bus that is connected.
  abstract Bus open(BusLimits limits);

  @BeforeEach
  void open() {
    own = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    bus = open(new BusLimits(SIZE_MAX, 4, 1_024, 16L * 1024 * 1024));
    Await.until("connected", () -> bus.health().isConnected());
  }

  @AfterEach
  void close() {
    bus.close();
  }

  String subject(String rest) {
    return own + "." + rest;
  }

  static Bytes text(String text) {
    return Bytes.utf8(text);
  }

  BusMessage message(String rest, String text) {
    return BusMessage.of(subject(rest), text(text));
  }

  List<String> heard(SubscriptionSpec spec) {
    List<String> heard = new CopyOnWriteArrayList<>();
    BusSubscription subscription = bus.subscribe(spec, m -> heard.add(m.bytes().utf8()));
    Await.until("subscribed", subscription::isActive);
    settleIn();
    return heard;
  }

  /// After an answer has come back, the broker knows of all that was said before.
  void settleIn() {
    String echo = subject("echo." + UUID.randomUUID());
    try (BusSubscription _ = bus.subscribe(echo, m -> bus.publish(m.reply(m.bytes())))) {
      Await.until(
          "settled",
          () -> {
            try {
              bus.request(BusMessage.of(echo, Bytes.EMPTY), Duration.ofSeconds(1)).join();
              return true;
            } catch (CompletionException _) {
              return false;
            }
          });
    }
  }

  static void assertProblem(CompletableFuture<?> future, ProblemCode code) {
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  static void assertProblem(Runnable call, ProblemCode code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  String stream() {
    String name = own.toUpperCase(Locale.ROOT);
    bus.ensureStream(StreamSpec.of(name, List.of(subject("jobs.>")))).join();
    return name;
  }

  PublishReceipt put(String rest, String text, String id) {
    return bus.publishDurably(message(rest, text), id).join();
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
