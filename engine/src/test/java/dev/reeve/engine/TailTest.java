package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TailTest {
  private final Rig rig = new Rig();

  @Test
  void events_are_read_from_any_sequence_number() {
    runToTheEnd("a");

    assertThat(seqs(rig.tail.read(1, 0, 10).orElseThrow())).containsExactly(1L, 2L, 3L);
    assertThat(seqs(rig.tail.read(1, 1, 1).orElseThrow())).containsExactly(2L);
    assertThat(rig.tail.read(1, 3, 10)).contains(List.of());
  }

  @Test
  void what_is_not_here_must_be_asked_from_the_archive() {
    runToTheEnd("a");
    rig.restart();
    rig.submit(Sketch.job("b"));

    assertThat(rig.tail.read(1, 0, 10)).isEmpty();
    assertThat(rig.tail.read(99, 0, 10)).isEmpty();
  }

  @Test
  void after_a_restart_only_what_came_since_is_here() {
    rig.submit(Sketch.job("a"));
    rig.restart();
    rig.worker("w1", 1);

    assertThat(rig.tail.read(1, 0, 10)).isEmpty();
    assertThat(seqs(rig.tail.read(1, 1, 10).orElseThrow())).containsExactly(2L);
  }

  @Test
  void the_oldest_events_make_room_and_the_rest_has_no_gap() {
    Tail tail = new Tail(10_000);
    for (long seq = 1; seq <= 1_000; seq++) {
      tail.append(1, List.of(event(seq)), 100);
    }

    assertThat(tail.read(1, 0, 10)).isEmpty();
    long first = 1_000;
    while (tail.read(1, first - 1, 1).isPresent()) {
      first--;
    }
    assertThat(first).isBetween(940L, 960L);
    assertThat(seqs(tail.read(1, first, 2_000).orElseThrow()))
        .hasSize((int) (1_000 - first))
        .isSorted()
        .endsWith(1_000L);
  }

  @Test
  void what_is_kept_is_measured_by_the_size_of_the_events() {
    Tail small = new Tail(100_000);
    Tail large = new Tail(100_000);
    for (long seq = 1; seq <= 100; seq++) {
      small.append(1, List.of(event(seq)), 100);
      large.append(1, List.of(event(seq)), 10_000);
    }

    assertThat(small.read(1, 0, 1)).isPresent();
    assertThat(large.read(1, 80, 1)).isEmpty();
  }

  @Test
  void a_finished_job_makes_room_like_any_other() {
    Tail tail = new Tail(1_000);
    tail.append(1, List.of(event(1)), 500);
    tail.append(2, List.of(event(1)), 500);
    tail.append(3, List.of(event(1)), 500);

    assertThat(tail.read(1, 0, 1)).isEmpty();
    assertThat(tail.read(2, 0, 1)).isEmpty();
    assertThat(tail.read(3, 0, 1)).isPresent();
  }

  @Test
  void a_watcher_that_reads_after_it_registered_misses_nothing() {
    Worker worker = rig.worker("w1", 1);
    List<Long> seen = new ArrayList<>();
    AtomicLong cursor = new AtomicLong();
    rig.submit(Sketch.job("a"));

    Tail.Watch watch = rig.tail.watch(1, () -> read(cursor, seen));
    read(cursor, seen);
    rig.progress(worker.last(), "RUN", 1);
    rig.settle();
    rig.complete(worker.last(), "done");
    rig.settle();
    watch.close();

    assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void a_watcher_is_woken_after_the_commit_and_no_more_after_it_closed() {
    AtomicInteger wakes = new AtomicInteger();
    rig.submit(Sketch.job("a"));
    Tail.Watch watch = rig.tail.watch(1, wakes::incrementAndGet);

    rig.cancel(Sketch.job("a"));
    rig.writer.drain();
    assertThat(wakes).hasValue(0);
    rig.deliver();
    assertThat(wakes).hasValue(1);
    watch.close();

    assertThat(rig.tail.isWatched(1)).isFalse();
    assertThat(rig.tail.watched()).isEmpty();
  }

  @Test
  void a_watcher_that_fails_does_not_keep_the_others_asleep() {
    AtomicInteger wakes = new AtomicInteger();
    AtomicInteger groups = new AtomicInteger();
    rig.submit(Sketch.job("a"));
    rig.tail.watch(
        1,
        () -> {
          throw new IllegalStateException("broken watcher");
        });
    rig.tail.watch(1, wakes::incrementAndGet);
    rig.tail.listen(_ -> groups.incrementAndGet());

    rig.cancel(Sketch.job("a"));
    rig.settle();

    assertThat(wakes).hasValue(1);
    assertThat(groups).hasValue(1);
  }

  @Test
  void a_listener_hears_of_every_job_of_a_group_in_order() {
    List<String> heard = new ArrayList<>();
    rig.tail.listen(
        jobs -> jobs.forEach(one -> heard.add(one.job().key().jobId() + one.events().size())));
    rig.worker("w1", 1);

    rig.offer(Sketch.job("a"));
    rig.offer(Sketch.job("b"));
    rig.group();

    assertThat(heard).containsExactly("a2", "b1");
  }

  private void read(AtomicLong cursor, List<Long> seen) {
    for (SequencedEvent event : rig.tail.read(1, cursor.get(), 1).orElseThrow()) {
      seen.add(event.seq());
      cursor.set(event.seq());
      read(cursor, seen);
    }
  }

  private void runToTheEnd(String id) {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job(id));
    rig.complete(worker.last(), "done");
    rig.settle();
  }

  private static SequencedEvent event(long seq) {
    return new SequencedEvent(seq, new JobEvent.Started(seq), -1, Bytes.EMPTY);
  }

  private static List<Long> seqs(List<SequencedEvent> events) {
    return events.stream().map(SequencedEvent::seq).toList();
  }
}
