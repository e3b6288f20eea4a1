package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.PublishReceipt;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every bus does with messages that must not be lost.
abstract class StreamContract extends BusFixture {
  // Streams.

  @Test
  void a_durable_message_is_acknowledged_with_its_place() {
    String stream = stream();

    PublishReceipt first = put("jobs.a", "1", "id-1");
    PublishReceipt second = put("jobs.b", "2", "id-2");

    assertThat(first).isEqualTo(new PublishReceipt(stream, 1, false));
    assertThat(second).isEqualTo(new PublishReceipt(stream, 2, false));
    Await.until("released", () -> bus.health().outstandingPublishes() == 0);
  }

  @Test
  void a_repeated_id_is_the_same_message() {
    String stream = stream();
    put("jobs.a", "1", "id-1");

    PublishReceipt again = put("jobs.a", "1", "id-1");

    assertThat(again).isEqualTo(new PublishReceipt(stream, 1, true));
    List<String> got = new CopyOnWriteArrayList<>();
    bus.consume(spec(stream), ackInto(got));
    put("jobs.a", "2", "id-2");
    Await.untilAsserted(() -> assertThat(got).containsExactly("1", "2"));
  }

  @Test
  void a_durable_message_that_no_stream_keeps_is_refused_by_name() {
    assertProblem(bus.publishDurably(message("nowhere", ""), "id"), BusProblems.BUS_NO_STREAM);
  }

  @Test
  void who_listens_hears_durable_messages_too() {
    stream();
    List<String> heard = heard(SubscriptionSpec.of(subject("jobs.>")));

    put("jobs.a", "1", "id-1");

    Await.untilAsserted(() -> assertThat(heard).containsExactly("1"));
  }

  @Test
  void a_stream_may_be_made_again_with_more_subjects() {
    String stream = stream();
    put("jobs.a", "1", "id-1");

    bus.ensureStream(StreamSpec.of(stream, List.of(subject("jobs.>"), subject("more")))).join();

    assertThat(put("more", "2", "id-2")).isEqualTo(new PublishReceipt(stream, 2, false));
  }

  @Test
  void a_subject_stays_with_the_stream_that_keeps_it() {
    String stream = stream();
    String other = own + "other";

    bus.ensureStream(StreamSpec.of(other, List.of(subject("jobs.a"), subject("free")))).join();

    assertThat(put("jobs.a", "1", "id-1").stream()).isEqualTo(stream);
    assertThat(put("free", "2", "id-2").stream()).isEqualTo(other);
    List<String> got = new CopyOnWriteArrayList<>();
    bus.consume(ConsumerSpec.of("MISSING" + own, "elsewhere", subject("jobs.a")), ackInto(got));
    Await.untilAsserted(() -> assertThat(got).containsExactly("1"));
  }

  @Test
  void the_newest_message_of_a_subject_can_be_looked_up() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    put("jobs.a", "2", "id-2");
    put("jobs.b", "3", "id-3");

    assertThat(bus.newest(stream, subject("jobs.a")).join())
        .map(m -> m.bytes().utf8())
        .contains("2");
    assertThat(bus.newest(stream, subject("jobs.c")).join()).isEmpty();
    assertProblem(bus.newest("NONE" + own, subject("jobs.a")), BusProblems.BUS_NO_STREAM);
  }

  // Consumers.

  private ConsumerSpec spec(String stream) {
    return ConsumerSpec.of(stream, "dur_" + own, subject("jobs.>"));
  }

  private static Consumer<Delivery> ackInto(List<String> got) {
    return delivery -> {
      got.add(delivery.message().bytes().utf8());
      delivery.ack();
    };
  }

  @Test
  void a_consumer_gets_what_was_kept_and_what_comes_in_order() {
    String stream = stream();
    for (int i = 0; i < 50; i++) {
      put("jobs." + (i % 3), "m" + i, "id-" + i);
    }
    List<String> got = new CopyOnWriteArrayList<>();

    bus.consume(spec(stream), ackInto(got));
    for (int i = 50; i < 100; i++) {
      put("jobs.x", "m" + i, "id-" + i);
    }

    Await.until("all", () -> got.size() >= 100);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add("m" + i);
    }
    assertThat(got).isEqualTo(all);
  }

  @Test
  void a_delivery_names_its_place_and_its_id() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    List<Delivery> got = new CopyOnWriteArrayList<>();

    bus.consume(spec(stream), got::add);

    Await.until("delivered", () -> got.size() == 1);
    Delivery delivery = got.getFirst();
    assertThat(delivery.stream()).isEqualTo(stream);
    assertThat(delivery.sequence()).isEqualTo(1);
    assertThat(delivery.identity()).startsWith(stream + ":1@");
    assertThat(delivery.count()).isEqualTo(1);
    assertThat(delivery.message().headers()).containsEntry(DeadLetters.DEDUPE_HEADER, "id-1");
    assertThat(delivery.message().wantsReply()).isFalse();
    delivery.ack();
  }

  @Test
  void a_consumer_may_begin_with_what_is_new() {
    String stream = stream();
    put("jobs.a", "old", "id-1");
    List<String> got = new CopyOnWriteArrayList<>();

    BusSubscription consumer =
        bus.consume(spec(stream).withFrom(ConsumerSpec.From.NEW), ackInto(got));
    Await.until("active", consumer::isActive);
    put("jobs.a", "new", "id-2");

    Await.untilAsserted(() -> assertThat(got).containsExactly("new"));
  }

  @Test
  void a_position_outlives_its_consumer() {
    String stream = stream();
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    put("jobs.a", "1", "id-1");
    BusSubscription consumer = bus.consume(spec(stream), ackInto(first));
    Await.until("delivered", () -> first.size() == 1);
    settleIn();
    consumer.close();
    put("jobs.a", "2", "id-2");

    bus.consume(spec(stream), ackInto(second));

    Await.untilAsserted(() -> assertThat(second).containsExactly("2"));
    assertThat(first).containsExactly("1");
  }

  @Test
  void a_message_given_back_comes_again_after_the_delay() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    List<Long> times = new CopyOnWriteArrayList<>();
    List<Integer> counts = new CopyOnWriteArrayList<>();

    bus.consume(
        spec(stream),
        delivery -> {
          times.add(System.nanoTime());
          counts.add(delivery.count());
          if (delivery.count() < 3) {
            delivery.nak(SHORT);
          } else {
            delivery.ack();
          }
        });

    Await.untilAsserted(() -> assertThat(counts).containsExactly(1, 2, 3));
    assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
        .isGreaterThanOrEqualTo(SHORT.minusMillis(50));
  }

  @Test
  void a_message_that_nobody_settles_comes_again() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    List<Integer> counts = new CopyOnWriteArrayList<>();

    bus.consume(
        spec(stream).withAckWait(SHORT),
        delivery -> {
          counts.add(delivery.count());
          if (delivery.count() == 2) {
            delivery.ack();
          }
        });

    Await.untilAsserted(() -> assertThat(counts).containsExactly(1, 2));
  }

  @Test
  void a_message_at_work_does_not_come_again() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    AtomicInteger deliveries = new AtomicInteger();
    List<Delivery> got = new CopyOnWriteArrayList<>();
    bus.consume(
        spec(stream).withAckWait(SHORT),
        delivery -> {
          deliveries.incrementAndGet();
          got.add(delivery);
        });
    Await.until("delivered", () -> got.size() == 1);
    long begin = System.nanoTime();

    Await.until(
        "three times the wait",
        () -> {
          got.getFirst().inProgress();
          return System.nanoTime() - begin > 3 * SHORT.toNanos();
        });

    assertThat(deliveries.get()).isEqualTo(1);
    got.getFirst().ack();
  }

  @Test
  void the_time_to_settle_begins_when_the_handler_gets_the_message() {
    String stream = stream();
    for (int i = 0; i < 6; i++) {
      put("jobs.a", "m" + i, "id-" + i);
    }
    List<String> got = new CopyOnWriteArrayList<>();
    CountDownLatch never = new CountDownLatch(1);

    bus.consume(
        spec(stream).withAckWait(SHORT),
        delivery -> {
          // Six of these take four times as long as one may.
          awaitAtMost(never, SHORT.multipliedBy(2).dividedBy(3));
          got.add(delivery.message().bytes().utf8());
          delivery.ack();
        });

    Await.until("all", () -> got.size() >= 6);
    assertThat(got).containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
  }

  private static void awaitAtMost(CountDownLatch latch, Duration most) {
    try {
      assertThat(latch.await(most.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_message_given_up_never_comes_again() {
    String stream = stream();
    put("jobs.a", "bad", "id-1");
    put("jobs.a", "good", "id-2");
    List<String> got = new CopyOnWriteArrayList<>();

    bus.consume(
        spec(stream).withAckWait(SHORT),
        delivery -> {
          String text = delivery.message().bytes().utf8();
          got.add(text);
          if (text.equals("bad")) {
            delivery.term();
            delivery.nak(Duration.ZERO);
          } else {
            delivery.ack();
          }
        });

    Await.untilAsserted(() -> assertThat(got).containsExactly("bad", "good"));
    put("jobs.a", "later", "id-3");
    Await.untilAsserted(() -> assertThat(got).containsExactly("bad", "good", "later"));
  }

  @Test
  void a_message_is_delivered_so_often_at_most() {
    String stream = stream();
    put("jobs.a", "1", "id-1");
    AtomicInteger deliveries = new AtomicInteger();

    bus.consume(
        spec(stream).withDeliveriesMax(3),
        delivery -> {
          if (delivery.message().bytes().utf8().equals("1")) {
            deliveries.incrementAndGet();
            delivery.nak(Duration.ofMillis(20));
          } else {
            delivery.ack();
          }
        });

    Await.until("three", () -> deliveries.get() == 3);
    put("jobs.a", "2", "id-2");
    settleIn();
    assertThat(deliveries.get()).isEqualTo(3);
  }

  @Test
  void no_more_is_handed_out_than_may_be_open() {
    String stream = stream();
    for (int i = 0; i < 20; i++) {
      put("jobs.a", "m" + i, "id-" + i);
    }
    List<Delivery> got = new CopyOnWriteArrayList<>();

    bus.consume(spec(stream).withAckPendingMax(5), got::add);

    Await.until("five", () -> got.size() == 5);
    settleIn();
    assertThat(got).hasSize(5);
    Await.until(
        "all",
        () -> {
          got.forEach(Delivery::ack);
          return got.size() == 20;
        });
  }

  @Test
  void consumers_of_one_name_share_the_messages() {
    String stream = stream();
    List<String> one = new CopyOnWriteArrayList<>();
    List<String> other = new CopyOnWriteArrayList<>();
    ConsumerSpec spec = spec(stream).withAckPendingMax(8);
    BusSubscription first = bus.consume(spec, ackInto(one));
    BusSubscription second = bus.consume(spec, ackInto(other));
    Await.until("active", () -> first.isActive() && second.isActive());

    for (int i = 0; i < 200; i++) {
      put("jobs.a", "m" + i, "id-" + i);
    }

    Await.until("all", () -> one.size() + other.size() >= 200);
    assertThat(one.size() + other.size()).isEqualTo(200);
    assertThat(new HashSet<>(one)).doesNotContainAnyElementsOf(other);
  }

  @Test
  void what_a_closed_consumer_left_goes_to_the_next() {
    String stream = stream();
    for (int i = 0; i < 5; i++) {
      put("jobs.a", "m" + i, "id-" + i);
    }
    CountDownLatch go = new CountDownLatch(1);
    BusSubscription stuck =
        bus.consume(spec(stream).withAckWait(SHORT.multipliedBy(2)), _ -> awaitQuietly(go));
    Await.until("stuck", () -> stuck.pending() >= 1);

    stuck.close();
    List<String> got = new CopyOnWriteArrayList<>();
    bus.consume(spec(stream).withAckWait(SHORT.multipliedBy(2)), ackInto(got));

    Await.untilAsserted(() ->
        assertThat(new HashSet<>(got)).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4"));
    go.countDown();
  }

  @Test
  void a_consumer_waits_for_its_stream() {
    String name = own.toUpperCase(Locale.ROOT);
    List<String> got = new CopyOnWriteArrayList<>();
    BusSubscription consumer = bus.consume(spec(name), ackInto(got));
    assertThat(consumer.isActive()).isFalse();

    stream();
    put("jobs.a", "1", "id-1");

    Await.untilAsserted(() -> assertThat(got).containsExactly("1"));
    assertThat(consumer.isActive()).isTrue();
  }

  // Dead letters.

  private List<BusMessage> letters(String stream) {
    List<BusMessage> letters = new CopyOnWriteArrayList<>();
    bus.consume(
        ConsumerSpec.of(stream, "letters_" + own, subject("jobs.*.dlq")),
        delivery -> {
          letters.add(delivery.message());
          delivery.ack();
        });
    return letters;
  }

  private ConsumerSpec narrow(String stream) {
    return ConsumerSpec.of(stream, "dur_" + own, subject("jobs.*"));
  }

  @Test
  void a_message_that_cannot_be_handled_becomes_one_dead_letter() {
    String stream = stream();
    List<BusMessage> letters = letters(stream);
    put("jobs.a", "poison", "id-1");
    put("jobs.a", "good", "id-2");
    List<String> handled = new CopyOnWriteArrayList<>();

    new DeadLetters(bus)
        .consume(
            narrow(stream).withDeliveriesMax(3),
            delivery -> {
              handled.add(delivery.message().bytes().utf8());
              if (delivery.message().bytes().utf8().equals("poison")) {
                delivery.nak(Duration.ofMillis(10));
              } else {
                delivery.ack();
              }
            });

    Await.until("a letter", () -> letters.size() == 1);
    BusMessage letter = letters.getFirst();
    assertThat(letter.subject()).isEqualTo(subject("jobs.a.dlq"));
    assertThat(letter.bytes()).isEqualTo(text("poison"));
    assertThat(letter.headers())
        .containsEntry(DeadLetters.REASON_HEADER, "maxdeliver_exhausted")
        .containsEntry(DeadLetters.MESSAGE_ID_HEADER, "id-1")
        .containsEntry(DeadLetters.SUBJECT_HEADER, subject("jobs.a"));
    assertThat(handled.stream().filter("poison"::equals)).hasSize(3);
    assertThat(handled).contains("good");
  }

  @Test
  void a_message_whose_last_delivery_nobody_settled_becomes_a_dead_letter() {
    String stream = stream();
    List<BusMessage> letters = letters(stream);
    put("jobs.a", "lost", "id-1");

    new DeadLetters(bus).consume(narrow(stream).withDeliveriesMax(1).withAckWait(SHORT), _ -> {});

    Await.until("a letter", () -> letters.size() == 1);
    assertThat(letters.getFirst().bytes()).isEqualTo(text("lost"));
  }

  @Test
  void a_message_given_up_becomes_a_dead_letter_at_once() {
    String stream = stream();
    List<BusMessage> letters = letters(stream);
    put("jobs.a", "garbage", "id-1");

    new DeadLetters(bus).consume(narrow(stream), Delivery::term);

    Await.until("a letter", () -> letters.size() == 1);
    assertThat(letters.getFirst().headers())
        .containsEntry(DeadLetters.REASON_HEADER, "validation_failed");
  }

  @Test
  void a_payload_that_does_not_fit_beside_the_reasons_is_left_out_of_the_letter() {
    String stream = stream();
    List<BusMessage> letters = letters(stream);
    Bytes large = Bytes.wrap(new byte[SIZE_MAX - 100]);
    bus.publishDurably(BusMessage.of(subject("jobs.a"), large), "id-1").join();

    new DeadLetters(bus).consume(narrow(stream), Delivery::term);

    Await.until("a letter", () -> letters.size() == 1);
    assertThat(letters.getFirst().bytes().isEmpty()).isTrue();
    assertThat(letters.getFirst().headers())
        .containsEntry(DeadLetters.OMITTED_HEADER, Integer.toString(large.size()));
  }
}
