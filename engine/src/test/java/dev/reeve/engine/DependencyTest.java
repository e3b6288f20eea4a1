package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.JobCommand;
import dev.reeve.job.StateName;
import org.junit.jupiter.api.Test;

class DependencyTest {
  private final Rig rig = new Rig();

  @Test
  void a_child_runs_when_all_its_parents_completed() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("p1"));
    rig.submit(Sketch.job("p2"));
    rig.submit(Sketch.job("child").after("p1", "p2"));
    assertThat(rig.state(Sketch.job("child"))).isEqualTo(StateName.PENDING);

    rig.complete(worker.assigned.get(0).dispatch(), "one");
    rig.settle();
    assertThat(rig.state(Sketch.job("child"))).isEqualTo(StateName.PENDING);
    rig.complete(worker.assigned.get(1).dispatch(), "two");
    rig.settle();

    assertThat(worker.jobIds()).containsExactly("p1", "p2", "child");
    assertThat(rig.eventNames(Sketch.job("child")))
        .containsExactly("Waiting", "Queued", "Dispatched");
    rig.audit();
  }

  @Test
  void the_end_of_the_parent_and_the_dispatch_of_the_child_share_a_commit() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("parent"));
    rig.submit(Sketch.job("child").after("parent"));
    long before = rig.position();

    rig.complete(worker.only().dispatch(), "done");
    rig.settle();

    assertThat(worker.jobIds()).containsExactly("parent", "child");
    assertThat(rig.position()).isEqualTo(before + 1);
  }

  @Test
  void a_failing_parent_fails_a_whole_chain() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("b").after("a"));
    rig.submit(Sketch.job("c").after("b"));
    rig.submit(Sketch.job("d").held().after("c"));

    rig.fail(worker.only().dispatch(), false);
    rig.settle();

    for (String id : new String[] {"b", "c", "d"}) {
      assertThat(rig.failure(Sketch.job(id)).code()).isEqualTo("DEPENDENCY_FAILED");
      assertThat(rig.failure(Sketch.job(id)).deadLetter()).isFalse();
    }
    rig.audit();
  }

  @Test
  void a_cancelled_parent_fails_its_children() {
    rig.submit(Sketch.job("parent"));
    rig.submit(Sketch.job("child").after("parent"));

    rig.cancel(Sketch.job("parent"));
    rig.settle();

    assertThat(rig.failure(Sketch.job("child")).message()).contains("parent");
  }

  @Test
  void a_parent_that_completed_before_holds_up_nothing() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("parent"));
    rig.complete(worker.only().dispatch(), "done");
    rig.settle();
    rig.restart();

    rig.submit(Sketch.job("child").after("parent"));

    assertThat(rig.state(Sketch.job("child"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_parent_that_failed_before_fails_the_job_at_once() {
    rig.submit(Sketch.job("parent"));
    rig.cancel(Sketch.job("parent"));
    rig.settle();
    rig.restart();

    rig.submit(Sketch.job("child").after("parent"));

    assertThat(rig.failure(Sketch.job("child")).code()).isEqualTo("DEPENDENCY_FAILED");
  }

  @Test
  void an_unknown_parent_is_refused() {
    rig.submit(Sketch.job("theirs").tenant("globex").given());

    Reply<SubmitOutcome> unknown = rig.offer(Sketch.job("a").after("nobody"));
    Reply<SubmitOutcome> foreign = rig.offer(Sketch.job("b").after("theirs"));
    Reply<SubmitOutcome> itself = rig.offer(Sketch.job("c").given().after("c"));
    rig.settle();

    assertThat(unknown.problem().reason()).isEqualTo("DEPENDENCY_NOT_FOUND");
    assertThat(unknown.problem().message())
        .isEqualTo("dependencies: \"nobody\" (expected: ids of jobs of this tenant)");
    assertThat(foreign.problem().reason()).isEqualTo("DEPENDENCY_NOT_FOUND");
    assertThat(itself.problem().reason()).isEqualTo("DEPENDENCY_NOT_FOUND");
  }

  @Test
  void parent_and_child_may_come_in_one_group() {
    rig.offer(Sketch.job("parent"));
    rig.offer(Sketch.job("child").after("parent"));
    rig.offer(Sketch.job("grandchild").after("parent", "child"));
    rig.group();

    assertThat(rig.state(Sketch.job("child"))).isEqualTo(StateName.PENDING);
    assertThat(rig.state(Sketch.job("grandchild"))).isEqualTo(StateName.PENDING);
    rig.audit();
  }

  @Test
  void a_parent_may_end_in_the_group_of_its_child() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("parent"));

    rig.offer(Sketch.job("early").after("parent"));
    rig.complete(worker.only().dispatch(), "done");
    rig.offer(Sketch.job("late").after("parent"));
    rig.group();

    assertThat(rig.state(Sketch.job("early"))).isEqualTo(StateName.QUEUED);
    assertThat(rig.state(Sketch.job("late"))).isEqualTo(StateName.QUEUED);
    rig.audit();
  }

  @Test
  void a_held_child_remembers_which_parents_completed() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("p1"));
    rig.submit(Sketch.job("p2"));
    rig.submit(Sketch.job("child").held().after("p1", "p2"));
    rig.complete(worker.assigned.get(0).dispatch(), "one");
    rig.settle();

    rig.ask(Sketch.job("child"), new JobCommand.Approve("bob", ""));
    rig.settle();
    assertThat(rig.state(Sketch.job("child"))).isEqualTo(StateName.PENDING);
    rig.complete(worker.assigned.get(1).dispatch(), "two");
    rig.settle();

    assertThat(worker.jobIds()).endsWith("child");
  }

  @Test
  void many_children_are_told_in_several_commits_of_bounded_size() {
    int children = 1_000;
    rig.submit(Sketch.job("parent"));
    for (int i = 0; i < children; i++) {
      rig.offer(Sketch.job("child-" + i).after("parent"));
    }
    rig.settle();
    long before = rig.position();

    rig.cancel(Sketch.job("parent"));
    rig.group();
    assertThat(rig.position()).isEqualTo(before + 1);
    assertThat(rig.state(Sketch.job("child-0"))).isEqualTo(StateName.FAILED);
    assertThat(rig.state(Sketch.job("child-999"))).isEqualTo(StateName.PENDING);
    rig.settle();

    assertThat(rig.state(Sketch.job("child-999"))).isEqualTo(StateName.FAILED);
    rig.audit();
  }

  @Test
  void children_that_were_not_told_before_a_restart_are_told_after_it() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("good"));
    rig.submit(Sketch.job("bad").route("job.other"));
    for (int i = 0; i < 300; i++) {
      rig.offer(Sketch.job("of-good-" + i).after("good"));
      rig.offer(Sketch.job("of-bad-" + i).after("bad"));
    }
    rig.settle();
    rig.complete(worker.only().dispatch(), "done");
    rig.cancel(Sketch.job("bad"));
    rig.group();
    assertThat(rig.state(Sketch.job("of-bad-299"))).isEqualTo(StateName.PENDING);

    rig.restart();
    rig.settle();

    assertThat(rig.state(Sketch.job("of-good-299"))).isEqualTo(StateName.QUEUED);
    assertThat(rig.failure(Sketch.job("of-bad-299")).code()).isEqualTo("DEPENDENCY_FAILED");
    rig.audit();
  }
}
