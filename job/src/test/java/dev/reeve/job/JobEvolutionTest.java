package dev.reeve.job;

import static dev.reeve.job.JobSamples.CREATED;
import static dev.reeve.job.JobSamples.NOW;
import static dev.reeve.job.JobSamples.SECOND;
import static dev.reeve.job.JobSamples.after;
import static dev.reeve.job.JobSamples.dispatched;
import static dev.reeve.job.JobSamples.queued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.testing.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JobEvolutionTest {
  /// Rows are events, columns are states; a cell is the state that follows, or that the event is
  /// refused as damaged.
  @Test
  void every_event_on_every_state_is_as_written() {
    Map<String, Job> columns = new LinkedHashMap<>();
    columns.put("(new)", after());
    for (StateCase row : StateCase.all()) {
      columns.putIfAbsent(row.state().name(), row.job());
    }
    StringBuilder text = new StringBuilder();
    String last = "";
    for (JobEvent event : EventSamples.all()) {
      String type = event.getClass().getSimpleName();
      if (type.equals(last)) {
        continue;
      }
      last = type;
      text.append(type).append('\n');
      columns.forEach((state, job) -> {
        if (EventOrder.canFollow(job, event)) {
          StateName next = JobEvolution.evolve(job, event).state().name();
          text.append("  %-18s -> %s%n".formatted(state, next));
        } else {
          assertThatThrownBy(() -> JobEvolution.evolve(job, event))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining(type + " cannot follow");
        }
      });
    }

    Golden.hold("evolution.txt", text.toString());
  }

  @Test
  void an_event_of_another_job_or_attempt_cannot_follow() {
    Job job = after(queued());

    assertThat(EventOrder.canFollow(job, dispatched(1))).isTrue();
    assertThat(EventOrder.canFollow(job, dispatched(2))).isFalse();
    assertThat(
            EventOrder.canFollow(job, new JobEvent.Dispatched(NOW, new DispatchId(2, 8, 1), "w1")))
        .isFalse();
  }

  @Test
  void a_job_is_not_ready_while_a_parent_is_open() {
    Job waiting = after(new JobEvent.Waiting(CREATED, List.of("p1", "p2")));
    Job one = JobEvolution.evolve(waiting, new JobEvent.ParentCompleted(NOW, "p1"));
    Job none = JobEvolution.evolve(one, new JobEvent.ParentCompleted(NOW, "p2"));

    assertThat(one.state()).isEqualTo(new JobState.Pending(Set.of("p2")));
    assertThat(EventOrder.canFollow(one, queued())).isFalse();
    assertThat(EventOrder.canFollow(one, new JobEvent.ParentCompleted(NOW, "p1"))).isFalse();
    assertThat(EventOrder.canFollow(none, queued())).isTrue();
  }

  @Test
  void waiting_time_counts_from_the_first_time_it_was_ready_also_after_a_retry() {
    Job job =
        after(
            queued(),
            dispatched(1),
            new JobEvent.AttemptFailed(NOW, "EXIT_1", ""),
            new JobEvent.Queued(NOW, NOW + SECOND, "RETRY"));

    assertThat(job.state()).isEqualTo(new JobState.Queued(CREATED, NOW + SECOND));
    assertThat(job.failures()).isEqualTo(1);
  }

  @Test
  void waiting_time_counts_on_through_throttling_and_compiling() {
    Job throttled = after(queued(), new JobEvent.Throttled(NOW, NOW + SECOND, "busy"));
    Job again =
        JobEvolution.evolve(
            throttled,
            List.of(
                new JobEvent.Throttled(NOW, NOW + SECOND, "busy"),
                new JobEvent.Queued(NOW + SECOND, 0, "ADMITTED"),
                new JobEvent.CompileStarted(NOW + SECOND),
                new JobEvent.Queued(NOW + SECOND, 0, "COMPILED")));

    assertThat(throttled.state()).isEqualTo(new JobState.Throttled(NOW + SECOND, 1, CREATED));
    assertThat(again.state()).isEqualTo(new JobState.Queued(CREATED, 0));
  }

  @Test
  void a_new_attempt_begins_without_progress_and_unstarted() {
    Progress half = new Progress("RUNNING", 500_000, "half");
    Job first = after(queued(), dispatched(1), new JobEvent.Progressed(NOW, half));
    Job second =
        JobEvolution.evolve(
            first,
            List.of(
                new JobEvent.Interrupted(NOW, "DRAINED"),
                new JobEvent.Queued(NOW, 0, "INTERRUPTED"),
                dispatched(2)));

    assertThat(first.progress()).isEqualTo(half);
    assertThat(((JobState.Executing) first.state()).started()).isTrue();
    assertThat(second.progress()).isEqualTo(Progress.NONE);
    assertThat(((JobState.Executing) second.state()).started()).isFalse();
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(second.failures()).isZero();
    assertThat(second.interruptions()).isEqualTo(1);
  }

  @Test
  void only_visible_events_take_a_sequence_number_and_a_run_of_heartbeats_takes_one_each() {
    Job job = after(new JobEvent.Held(CREATED, 0, List.of()));
    Job approved = JobEvolution.evolve(job, new JobEvent.Approved(NOW, "bob", ""));
    Job beaten =
        JobEvolution.evolve(
            approved,
            List.of(queued(), dispatched(1), new JobEvent.Heartbeat(NOW, 5, Progress.NONE)));

    assertThat(job.lastEventSeq()).isEqualTo(1);
    assertThat(approved.lastEventSeq()).isEqualTo(1);
    assertThat(beaten.lastEventSeq()).isEqualTo(8);
    assertThat(beaten.updatedAtMicros()).isEqualTo(NOW);
  }
}
