package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.testing.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final LogCommand LOOK = new LogCommand.Look(_ -> {}, Answer.none());
  private static final LogCommand GRANT = new LogCommand.Grant(new Worker("w1"), 1);

  @Test
  void it_holds_no_more_commands_than_it_may() {
    Inbox inbox = new Inbox(2, 1_000_000);

    assertThat(inbox.offer(LOOK)).isTrue();
    assertThat(inbox.offer(LOOK)).isTrue();
    assertThat(inbox.offer(LOOK)).isFalse();
    inbox.take(1, 1_000);

    assertThat(inbox.offer(LOOK)).isTrue();
  }

  @Test
  void it_holds_no_more_bytes_than_it_may() {
    Inbox inbox = new Inbox(1_000, 100_000);
    LogCommand large =
        new LogCommand.Submit(
            Sketch.job("a").payload(Bytes.wrap(new byte[60_000])).submission(), Answer.none());

    assertThat(inbox.offer(large)).isTrue();
    assertThat(inbox.offer(large)).isTrue();
    assertThat(inbox.offer(large)).isFalse();
    assertThat(inbox.take(10, 60_000)).hasSize(1);

    assertThat(inbox.offer(large)).isTrue();
  }

  @Test
  void what_executors_say_of_themselves_is_never_refused() {
    Inbox inbox = new Inbox(1, 1);
    inbox.offer(LOOK);

    assertThat(inbox.offer(GRANT)).isTrue();
    assertThat(inbox.take(10, 10)).containsExactly(LOOK, GRANT);
  }

  @Test
  void a_waiting_writer_is_woken_by_a_command() throws InterruptedException {
    Inbox inbox = new Inbox(10, 1_000);
    CountDownLatch woken = new CountDownLatch(1);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              inbox.await(TimeUnit.MINUTES.toNanos(5));
              woken.countDown();
            });
    Await.until("writer waits", () -> writer.getState() == Thread.State.TIMED_WAITING);

    inbox.offer(LOOK);

    assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_writer_does_not_wait_when_something_is_there() {
    Inbox inbox = new Inbox(10, 1_000);
    inbox.offer(LOOK);

    inbox.await(TimeUnit.MINUTES.toNanos(5));

    assertThat(inbox.take(10, 10)).hasSize(1);
  }
}
