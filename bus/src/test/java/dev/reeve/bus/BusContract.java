package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What every bus does with messages that are delivered at most once, and with requests.
abstract class BusContract extends BusFixture {
  // Messages that are delivered at most once.

  @Test
  void everybody_who_listens_hears_a_message_once_and_in_order() {
    List<String> one = heard(SubscriptionSpec.of(subject("a.b")));
    List<String> other = heard(SubscriptionSpec.of(subject("a.b")));
    List<String> elsewhere = heard(SubscriptionSpec.of(subject("a.c")));

    for (int i = 0; i < 200; i++) {
      bus.publish(message("a.b", "m" + i));
    }
    settleIn();

    List<String> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add("m" + i);
    }
    Await.untilAsserted(() -> assertThat(one).isEqualTo(all));
    Await.untilAsserted(() -> assertThat(other).isEqualTo(all));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void patterns_hear_what_they_match() {
    List<String> star = heard(SubscriptionSpec.of(subject("*.x")));
    List<String> rest = heard(SubscriptionSpec.of(subject("w.>")));

    bus.publish(message("w.x", "1"));
    bus.publish(message("w.x.y", "2"));
    bus.publish(message("v.x", "3"));

    Await.untilAsserted(() -> assertThat(star).containsExactly("1", "3"));
    Await.untilAsserted(() -> assertThat(rest).containsExactly("1", "2"));
  }

  @Test
  void one_of_a_group_hears_each_message() {
    List<String> one = heard(SubscriptionSpec.shared(subject("g"), "workers"));
    List<String> other = heard(SubscriptionSpec.shared(subject("*"), "workers"));
    List<String> alone = heard(SubscriptionSpec.of(subject("g")));

    for (int i = 0; i < 100; i++) {
      bus.publish(message("g", "m" + i));
    }

    Await.untilAsserted(() -> assertThat(alone).hasSize(100));
    Await.untilAsserted(() -> assertThat(one.size() + other.size()).isEqualTo(100));
    assertThat(one).isNotEmpty();
    assertThat(new HashSet<>(one)).doesNotContainAnyElementsOf(other);
  }

  @Test
  void bytes_headers_and_the_address_for_answers_arrive_as_sent() {
    List<BusMessage> heard = new CopyOnWriteArrayList<>();
    bus.subscribe(subject("h"), heard::add);
    settleIn();
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    BusMessage sent =
        new BusMessage(
            subject("h"),
            subject("answers"),
            Map.of("trace_id", "abc", "X-Trace-Id", "with blanks: and colons"),
            Bytes.wrap(all));

    bus.publish(sent);

    Await.untilAsserted(() -> assertThat(heard).containsExactly(sent));
  }

  @Test
  void a_handler_that_fails_hears_the_next_message() {
    List<String> heard = new CopyOnWriteArrayList<>();
    bus.subscribe(
        subject("f"),
        m -> {
          heard.add(m.bytes().utf8());
          throw new IllegalStateException("on purpose");
        });
    settleIn();

    bus.publish(message("f", "1"));
    bus.publish(message("f", "2"));

    Await.untilAsserted(() -> assertThat(heard).containsExactly("1", "2"));
    Await.until("counted", () -> bus.health().handlerFailures() == 2);
  }

  @Test
  void a_slow_handler_loses_the_newest_messages_and_is_named_while_others_hear_all()
      throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<String> slow = new CopyOnWriteArrayList<>();
    BusSubscription subscription =
        bus.subscribe(
            SubscriptionSpec.of(subject("s")).withPendingMax(10),
            m -> {
              awaitQuietly(go);
              slow.add(m.bytes().utf8());
            });
    List<String> quick = heard(SubscriptionSpec.of(subject("s")));

    for (int i = 0; i < 100; i++) {
      bus.publish(message("s", "m" + i));
    }

    Await.untilAsserted(() -> assertThat(quick).hasSize(100));
    Await.until("lost", () -> subscription.dropped() >= 85);
    assertThat(bus.health().slowSubscriptions()).isEqualTo(1);
    assertThat(bus.health().dropped()).isEqualTo(subscription.dropped());
    go.countDown();
    Await.until("handled", () -> subscription.pending() == 0);
    assertThat(slow).startsWith("m0", "m1").hasSize(100 - (int) subscription.dropped());
  }

  @Test
  void who_stopped_listening_hears_nothing() {
    List<String> heard = new CopyOnWriteArrayList<>();
    BusSubscription subscription = bus.subscribe(subject("c"), m -> heard.add(m.bytes().utf8()));
    settleIn();
    subscription.close();
    List<String> other = heard(SubscriptionSpec.of(subject("c")));

    bus.publish(message("c", "1"));

    Await.untilAsserted(() -> assertThat(other).containsExactly("1"));
    assertThat(heard).isEmpty();
    assertThat(subscription.isActive()).isFalse();
  }

  @Test
  void a_message_over_the_limit_is_refused_by_name() {
    BusMessage largest = BusMessage.of(subject("l"), Bytes.wrap(new byte[SIZE_MAX]));
    BusMessage larger = BusMessage.of(subject("l"), Bytes.wrap(new byte[SIZE_MAX + 1]));
    List<String> heard = heard(SubscriptionSpec.of(subject("l")));

    bus.publish(largest);
    assertProblem(() -> bus.publish(larger), BusProblems.BUS_MESSAGE_TOO_LARGE);
    assertProblem(bus.publishDurably(larger, "id"), BusProblems.BUS_MESSAGE_TOO_LARGE);
    assertProblem(bus.request(larger, LONG), BusProblems.BUS_MESSAGE_TOO_LARGE);

    Await.untilAsserted(() -> assertThat(heard).hasSize(1));
    assertThat(bus.health().publishFailures()).isEqualTo(3);
    assertThat(bus.health().isConnected()).isTrue();
  }

  @Test
  void subjects_and_headers_that_no_broker_takes_are_refused_by_name() {
    assertProblem(
        () -> bus.publish(BusMessage.of("a.*", Bytes.EMPTY)), BusProblems.BUS_SUBJECT_INVALID);
    assertProblem(
        () -> bus.publish(BusMessage.of("a b", Bytes.EMPTY)), BusProblems.BUS_SUBJECT_INVALID);
    assertProblem(
        () -> bus.publish(message("a", "").withHeaders(Map.of("a b", "c"))),
        BusProblems.BUS_HEADER_INVALID);
    assertProblem(
        () -> bus.publish(message("a", "").withHeaders(Map.of("a", "b\r\nc: d"))),
        BusProblems.BUS_HEADER_INVALID);
  }

  // Requests.

  @Test
  void a_request_gets_its_answer() {
    bus.subscribe(subject("r"), m -> bus.publish(m.reply(text("re: " + m.bytes().utf8()))));
    settleIn();

    CompletableFuture<BusMessage> answer = bus.request(message("r", "hello"), LONG);

    assertThat(answer.join().bytes().utf8()).isEqualTo("re: hello");
    Await.until("released", () -> bus.health().outstandingRequests() == 0);
  }

  @Test
  void a_request_that_nobody_hears_fails_at_once() {
    assertProblem(bus.request(message("nobody", ""), LONG), BusProblems.BUS_NO_RESPONDERS);
  }

  @Test
  void a_request_that_nobody_answers_fails_in_time() {
    heard(SubscriptionSpec.of(subject("silent")));
    long begin = System.nanoTime();

    assertProblem(bus.request(message("silent", ""), SHORT), BusProblems.BUS_REQUEST_TIMEOUT);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, SHORT.plusSeconds(5));
    Await.until("released", () -> bus.health().outstandingRequests() == 0);
  }

  @Test
  void too_many_requests_at_once_are_refused_by_name() {
    heard(SubscriptionSpec.of(subject("silent")));
    List<CompletableFuture<BusMessage>> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(bus.request(message("silent", ""), SHORT));
    }

    assertProblem(bus.request(message("silent", ""), SHORT), BusProblems.BUS_BUSY);

    open.forEach(request -> assertProblem(request, BusProblems.BUS_REQUEST_TIMEOUT));
    Await.until("released", () -> bus.health().outstandingRequests() == 0);
  }

  @Test
  void what_follows_an_answer_may_block() {
    bus.subscribe(subject("r"), m -> bus.publish(m.reply(m.bytes())));
    settleIn();

    CompletableFuture<String> twice =
        bus.request(message("r", "1"), LONG)
            .thenApply(first ->
                first.bytes().utf8() + bus.request(message("r", "2"), LONG).join().bytes().utf8());

    assertThat(twice.join()).isEqualTo("12");
  }

  @Test
  void an_inbox_takes_many_answers() {
    bus.subscribe(
        subject("many"),
        m -> {
          for (int i = 0; i < 5; i++) {
            bus.publish(m.reply(text("part " + i)));
          }
        });
    String inbox = bus.newInbox();
    List<String> parts = heard(SubscriptionSpec.of(inbox));

    bus.publish(message("many", "").withReplyTo(inbox));

    Await.untilAsserted(() -> assertThat(parts).hasSize(5).endsWith("part 4"));
  }

  // The end.

  @Test
  void a_closed_bus_says_so() {
    bus.close();
    bus.close();

    assertProblem(() -> bus.publish(message("a", "")), BusProblems.BUS_CLOSED);
    assertProblem(bus.publishDurably(message("a", ""), "id"), BusProblems.BUS_CLOSED);
    assertProblem(bus.request(message("a", ""), LONG), BusProblems.BUS_CLOSED);
    assertThat(bus.health().isConnected()).isFalse();
  }
}
