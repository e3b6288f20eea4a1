package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.port.IdempotencyScope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final Rig rig = new Rig();

  @Test
  void the_same_request_gives_the_first_job() {
    rig.submit(Sketch.job("a").idempotent("key", "request"));

    Reply<SubmitOutcome> again = rig.offer(Sketch.job("b").idempotent("key", "request"));
    rig.settle();

    assertThat(again.outcome()).isEqualTo(new SubmitOutcome.Replayed(Sketch.job("a").key()));
    assertThat(rig.writer.table().find(Sketch.job("b").key())).isEmpty();
  }

  @Test
  void the_same_request_twice_in_a_group_is_one_job() {
    Reply<SubmitOutcome> first = rig.offer(Sketch.job("a").idempotent("key", "request"));
    Reply<SubmitOutcome> second = rig.offer(Sketch.job("b").idempotent("key", "request"));
    rig.group();

    assertThat(first.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(second.outcome()).isEqualTo(new SubmitOutcome.Replayed(Sketch.job("a").key()));
  }

  @Test
  void another_request_under_the_key_is_refused_and_named() {
    rig.submit(Sketch.job("a").idempotent("key", "request"));

    Reply<SubmitOutcome> other = rig.offer(Sketch.job("b").idempotent("key", "other"));
    rig.settle();

    assertThat(other.problem().reason()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(other.problem().metadata()).containsEntry("job_id", "a");
  }

  @Test
  void a_mismatch_may_be_answered_with_the_first_job() {
    Sketch first =
        Sketch.job("a").idempotent("key", "request", DAY, Idempotency.OnMismatch.RETURN_FIRST);
    rig.submit(first);

    Reply<SubmitOutcome> other =
        rig.offer(
            Sketch.job("b").idempotent("key", "other", DAY, Idempotency.OnMismatch.RETURN_FIRST));
    rig.settle();

    assertThat(other.outcome()).isEqualTo(new SubmitOutcome.Replayed(first.key()));
  }

  @Test
  void a_conflict_with_a_finished_job_after_a_restart_is_still_a_conflict() {
    rig.submit(Sketch.job("a").idempotent("key", "request"));
    rig.cancel(Sketch.job("a"));
    rig.settle();
    rig.restart();

    Reply<SubmitOutcome> same = rig.offer(Sketch.job("b").idempotent("key", "request"));
    Reply<SubmitOutcome> other = rig.offer(Sketch.job("c").idempotent("key", "other"));
    rig.settle();

    assertThat(same.outcome()).isEqualTo(new SubmitOutcome.Replayed(Sketch.job("a").key()));
    assertThat(other.problem().reason()).isEqualTo("IDEMPOTENCY_CONFLICT");
  }

  @Test
  void an_expired_key_may_be_taken_anew() {
    Duration hour = Duration.ofHours(1);
    rig.submit(Sketch.job("a").idempotent("key", "request", hour, Idempotency.OnMismatch.REFUSE));
    rig.pass(hour);

    rig.submit(Sketch.job("b").idempotent("key", "other", hour, Idempotency.OnMismatch.REFUSE));
    Reply<SubmitOutcome> again =
        rig.offer(Sketch.job("c").idempotent("key", "other", hour, Idempotency.OnMismatch.REFUSE));
    rig.settle();

    assertThat(again.outcome()).isEqualTo(new SubmitOutcome.Replayed(Sketch.job("b").key()));
  }

  @Test
  void keys_of_two_tenants_are_two_keys() {
    rig.submit(Sketch.job("a").idempotent("key", "request"));

    assertThat(rig.submit(Sketch.job("b").tenant("globex").idempotent("key", "request")).key())
        .isEqualTo(Sketch.job("b").tenant("globex").key());
  }

  @Test
  void a_repeat_consumes_nothing() {
    rig.submit(Sketch.job("a").idempotent("key", "request").backlogMax(1));
    rig.generation = 5;
    long before = rig.position();

    Reply<SubmitOutcome> again =
        rig.offer(Sketch.job("b").idempotent("key", "request").backlogMax(1).generation(0));
    rig.settle();

    assertThat(again.outcome()).isInstanceOf(SubmitOutcome.Replayed.class);
    assertThat(rig.position()).isEqualTo(before);
  }

  @Test
  void a_refused_submit_takes_no_key() {
    rig.submit(Sketch.job("full").backlogMax(1));
    Reply<SubmitOutcome> refused =
        rig.offer(Sketch.job("a").idempotent("key", "request").backlogMax(1));
    Reply<SubmitOutcome> denied = rig.offer(Sketch.job("b").idempotent("key", "request").denied());
    rig.settle();
    assertThat(refused.problem().reason()).isEqualTo("BACKLOG_FULL");
    assertThat(Rig.admitted(denied).isFinished()).isTrue();

    assertThat(rig.submit(Sketch.job("c").idempotent("key", "request")).isFinished()).isFalse();
  }

  @Test
  void whose_a_key_is_can_be_asked_without_a_request() {
    rig.submit(Sketch.job("a").idempotent("key", "request"));
    IdempotencyScope taken =
        Sketch.job("a")
            .idempotent("key", "request")
            .submission()
            .idempotency()
            .orElseThrow()
            .scope();
    rig.restart();
    long before = rig.position();

    Reply<Optional<String>> known = new Reply<>();
    Reply<Optional<String>> unknown = new Reply<>();
    rig.writer.offer(new LogCommand.Recall(taken, known));
    rig.writer.offer(
        new LogCommand.Recall(
            new IdempotencyScope(taken.tenant(), taken.project(), taken.dialect(), "free"),
            unknown));
    rig.settle();

    assertThat(known.outcome()).contains("a");
    assertThat(unknown.outcome()).isEmpty();
    assertThat(rig.position()).isEqualTo(before);
  }
}
