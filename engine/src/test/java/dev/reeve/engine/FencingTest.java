package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FencingTest {
  private static final Content RESULT = Content.of("text/plain", Bytes.utf8("late"));

  private final Rig rig = new Rig();

  static List<JobCommand> lateReports() {
    DispatchId old = new DispatchId(1, 1, 1);
    return List.of(
        new JobCommand.Start(old),
        new JobCommand.ReportProgress(old, new Progress("LATE", 1, "")),
        new JobCommand.SubmitResult(old, RESULT),
        new JobCommand.Complete(old, RESULT),
        new JobCommand.CompleteRedacted(old, RESULT, RESULT),
        new JobCommand.CompleteQuarantined(old, RESULT, "CODE", "words"),
        new JobCommand.Fail(old, "CODE", "words", true, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("lateReports")
  void a_report_of_an_old_attempt_is_refused_and_changes_nothing(JobCommand late) {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));
    rig.fail(worker.last(), true);
    rig.settle();
    rig.pass(Duration.ofSeconds(2));
    assertThat(worker.last()).isEqualTo(new DispatchId(1, 1, 2));
    Job before = rig.job(Sketch.job("a"));

    Reply<Job> reply = rig.ask(new DispatchId(1, 1, 1), late);
    rig.settle();

    assertThat(reply.problem().reason()).isEqualTo("DISPATCH_FENCED");
    assertThat(rig.job(Sketch.job("a"))).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("lateReports")
  void a_report_on_a_finished_job_is_refused(JobCommand late) {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));
    rig.complete(worker.last(), "first");
    rig.settle();

    Reply<Job> reply = rig.ask(new DispatchId(1, 1, 1), late);
    rig.settle();

    assertThat(reply.problem().reason()).isEqualTo("DISPATCH_FENCED");
    assertThat(rig.events(Sketch.job("a")).stream().filter(SequencedEvent::isTerminal)).hasSize(1);
  }

  @Test
  void the_second_of_two_reports_in_a_group_is_refused() {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));

    Reply<Job> first = rig.complete(worker.last(), "first");
    Reply<Job> second = rig.complete(worker.last(), "second");
    rig.group();

    assertThat(first.outcome().state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(second.problem().reason()).isEqualTo("DISPATCH_FENCED");
  }

  @Test
  void an_attempt_made_before_a_takeover_has_another_epoch() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    assertThat(worker.last()).isEqualTo(new DispatchId(1, 1, 1));
    rig.restart();
    Worker again = rig.worker("w1", 1);

    assertThat(again.last()).isEqualTo(new DispatchId(2, 1, 2));
    Reply<Job> late = rig.complete(worker.last(), "late");
    rig.settle();

    assertThat(late.problem().reason()).isEqualTo("DISPATCH_FENCED");
  }

  @Test
  void an_invented_attempt_is_refused() {
    rig.submit(Sketch.job("a"));

    Reply<Job> unknownJob = rig.complete(new DispatchId(1, 99, 1), "x");
    Reply<Job> notDispatched = rig.complete(new DispatchId(1, 1, 1), "x");
    rig.settle();

    assertThat(unknownJob.problem().reason()).isEqualTo("DISPATCH_FENCED");
    assertThat(notDispatched.problem().reason()).isEqualTo("DISPATCH_FENCED");
  }

  @Test
  void a_late_progress_does_not_hold_back_that_of_the_current_attempt() {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));
    DispatchId old = worker.last();
    rig.progress(old, "RUN", 1);
    rig.fail(old, true);
    rig.settle();
    rig.pass(Duration.ofSeconds(2));

    Reply<Job> late = rig.progress(old, "RUN", 500_000);
    rig.progress(worker.last(), "RUN", 7);
    rig.settle();

    assertThat(late.problem().reason()).isEqualTo("DISPATCH_FENCED");
    assertThat(rig.job(Sketch.job("a")).progress().partsPerMillion()).isEqualTo(7);
  }
}
