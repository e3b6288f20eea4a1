package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.StateName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubmitTest {
  private final Rig rig = new Rig();

  @Test
  void a_submit_and_its_dispatch_share_a_commit() {
    Worker worker = rig.worker("w1", 1);
    long before = rig.position();

    Job job = rig.submit(Sketch.job("a"));

    assertThat(rig.position()).isEqualTo(before + 1);
    assertThat(worker.only().job().key()).isEqualTo(job.key());
    assertThat(rig.eventNames(Sketch.job("a"))).containsExactly("Queued", "Dispatched");
  }

  @Test
  void a_worker_gets_what_was_submitted() {
    Worker worker = rig.worker("w1", 1);

    rig.submit(Sketch.job("a").payload(Bytes.utf8("hello")));

    assertThat(worker.only().payload()).isEqualTo(Bytes.utf8("hello"));
    assertThat(worker.only().admission().spec().work().topic()).isEqualTo(Sketch.ROUTE);
  }

  @Test
  void nobody_is_told_and_nothing_is_seen_before_the_commit() {
    Reply<SubmitOutcome> reply = rig.offer(Sketch.job("a"));

    rig.writer.drain();
    assertThat(reply.isAnswered()).isFalse();
    rig.deliver();

    assertThat(reply.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(rig.log.head().position()).isEqualTo(1);
  }

  @Test
  void many_submits_share_a_commit() {
    for (int i = 0; i < Writer.GROUP_COMMANDS_MAX; i++) {
      rig.offer(Sketch.job("job-" + i));
    }

    rig.group();

    assertThat(rig.position()).isEqualTo(1);
    assertThat(rig.log.head().nextJobNo()).isEqualTo(1 + Writer.GROUP_COMMANDS_MAX);
  }

  @Test
  void a_group_takes_no_more_than_its_bounds() {
    for (int i = 0; i < 20; i++) {
      rig.offer(Sketch.job("job-" + i).payload(Bytes.wrap(new byte[60 * 1024])));
    }

    rig.group();

    assertThat(rig.log.head().nextJobNo()).isBetween(5L, 7L);
  }

  @Test
  void a_denied_job_is_stored_without_its_payload() throws StoreException {
    Bytes payload = Bytes.wrap(new byte[20_000]);
    Sketch sketch = Sketch.job("a").denied().payload(payload);

    Job job = rig.submit(sketch);

    assertThat(job.state().name()).isEqualTo(StateName.DENIED);
    assertThat(rig.eventNames(sketch)).containsExactly("Denied");
    assertThat(
            rig.store
                .archive()
                .payload(job.jobNo(), Sketch.TENANT, Content.of("application/json", payload)))
        .isEmpty();
  }

  @Test
  void a_denied_job_whose_payload_was_never_stored_refers_to_no_blob() {
    Sketch sketch = Sketch.job("a").denied().payload(Bytes.wrap(new byte[80_000])).storedBefore();

    assertThat(rig.submit(sketch).state().name()).isEqualTo(StateName.DENIED);
  }

  @Test
  void a_large_payload_reaches_the_worker_from_the_store() throws StoreException {
    Bytes payload = Bytes.wrap(new byte[100_000]);
    Sketch sketch = Sketch.job("a").payload(payload).storedBefore();
    Worker worker = rig.worker("w1", 1);
    rig.store.blobs().put(Sketch.TENANT, Content.of("", payload).sha256(), payload);

    rig.submit(sketch);

    assertThat(worker.only().payload()).isEqualTo(payload);
  }

  @Test
  void a_given_id_is_taken_once() {
    rig.submit(Sketch.job("mine").given());

    Reply<SubmitOutcome> again = rig.offer(Sketch.job("mine").given());
    rig.settle();

    assertThat(again.problem().reason()).isEqualTo("JOB_ID_TAKEN");
  }

  @Test
  void a_generated_id_never_takes_the_place_of_another_job() {
    rig.submit(Sketch.job("same"));

    Reply<SubmitOutcome> again = rig.offer(Sketch.job("same"));
    rig.settle();

    assertThat(again.problem().reason()).isEqualTo("JOB_ID_TAKEN");
    assertThat(rig.eventNames(Sketch.job("same"))).containsExactly("Queued");
  }

  @Test
  void a_given_id_is_taken_once_within_a_group() {
    Reply<SubmitOutcome> first = rig.offer(Sketch.job("mine").given());
    Reply<SubmitOutcome> second = rig.offer(Sketch.job("mine").given());
    rig.group();

    assertThat(first.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(second.problem().reason()).isEqualTo("JOB_ID_TAKEN");
  }

  @Test
  void a_given_id_of_a_finished_job_is_taken_after_a_restart() {
    rig.submit(Sketch.job("mine").given());
    rig.cancel(Sketch.job("mine"));
    rig.settle();
    rig.restart();

    Reply<SubmitOutcome> again = rig.offer(Sketch.job("mine").given());
    rig.settle();

    assertThat(again.problem().reason()).isEqualTo("JOB_ID_TAKEN");
  }

  @Test
  void two_tenants_may_give_the_same_id() {
    rig.submit(Sketch.job("mine").given());

    Job other = rig.submit(Sketch.job("mine").given().tenant("globex"));

    assertThat(other.key().tenant()).isEqualTo("globex");
  }

  @Test
  void a_permit_of_older_rules_is_refused() {
    rig.generation = 7;

    Reply<SubmitOutcome> stale = rig.offer(Sketch.job("a").generation(6));
    Reply<SubmitOutcome> current = rig.offer(Sketch.job("b").generation(7));
    rig.settle();

    assertThat(stale.problem().reason()).isEqualTo("PERMIT_STALE");
    assertThat(stale.problem().retryAfter()).isPresent();
    assertThat(current.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
  }

  @Test
  void a_tenant_has_no_more_unfinished_jobs_than_it_may() {
    rig.submit(Sketch.job("a").backlogMax(2));
    rig.submit(Sketch.job("b").backlogMax(2));

    Reply<SubmitOutcome> third = rig.offer(Sketch.job("c").backlogMax(2));
    Reply<SubmitOutcome> other = rig.offer(Sketch.job("d").tenant("globex").backlogMax(2));
    rig.settle();

    assertThat(third.problem().reason()).isEqualTo("BACKLOG_FULL");
    assertThat(third.problem().message())
        .isEqualTo("tenant has 2 unfinished jobs (expected: fewer than 2)");
    assertThat(other.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
  }

  @Test
  void a_finished_job_makes_room_in_the_backlog() {
    rig.submit(Sketch.job("a").backlogMax(1));
    rig.cancel(Sketch.job("a"));
    rig.settle();

    assertThat(rig.submit(Sketch.job("b").backlogMax(1)).state().name())
        .isEqualTo(StateName.QUEUED);
  }

  @Test
  void the_backlog_is_exact_within_a_group() {
    Reply<SubmitOutcome> first = rig.offer(Sketch.job("a").backlogMax(1));
    Reply<SubmitOutcome> second = rig.offer(Sketch.job("b").backlogMax(1));
    rig.group();

    assertThat(first.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(second.problem().reason()).isEqualTo("BACKLOG_FULL");
  }

  @Test
  void the_whole_log_has_a_bound_of_its_own() {
    EngineLimits limits = Limits.unfinished(1);
    Rig small = new Rig(limits);
    small.submit(Sketch.job("a"));

    Reply<SubmitOutcome> second = small.offer(Sketch.job("b").tenant("globex"));
    Reply<SubmitOutcome> denied = small.offer(Sketch.job("c").denied());
    small.settle();

    assertThat(second.problem().message())
        .isEqualTo("log has 1 unfinished jobs (expected: fewer than 1)");
    assertThat(denied.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
  }

  @Test
  void a_restart_brings_back_the_same_jobs() {
    rig.worker("w1", 1);
    Job running = rig.submit(Sketch.job("a").priority(80).group("g"));
    Job held = rig.submit(Sketch.job("b").held());
    Map<String, Job> before = Map.of("a", rig.job(running.key()), "b", rig.job(held.key()));

    rig.restart();

    assertThat(rig.job(running.key())).isEqualTo(before.get("a"));
    assertThat(rig.job(held.key())).isEqualTo(before.get("b"));
    rig.audit();
  }
}
