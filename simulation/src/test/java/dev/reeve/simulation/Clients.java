package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Submission;
import dev.reeve.engine.SubmitOutcome;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Callers: they submit, ask again with the same key when they are not sure, cancel, approve and
/// reject. And those who decide about jobs on our side: policy at dispatch, the compiler, the
/// review.
final class Clients {
  private static final int RECENT_MAX = 20;

  private final World world;
  private final Requests requests;
  private final List<Submission> sent = new ArrayList<>();
  private final List<Job> known = new ArrayList<>();

  Clients(World world) {
    this.world = world;
    requests = new Requests(world);
  }

  /// A job that somebody was told of.
  @Nullable Job anyJob() {
    return known.isEmpty() ? null : world.pick(known);
  }

  /// One call.
  ///
  /// @param what which kind, 0 to 21
  void act(int what) {
    if (what < 10) {
      Submission submission = requests.next(known);
      sent.add(submission);
      submit(submission);
    } else if (what < 13) {
      submitAgain();
    } else if (what < 15) {
      decide(new JobCommand.Cancel("alice", "enough"), JobState.Cancelled.class);
    } else if (what < 17) {
      decide(new JobCommand.Approve("bob", ""), null);
    } else if (what < 18) {
      decide(new JobCommand.Reject("bob", "no"), JobState.Denied.class);
    } else if (what < 20) {
      somethingElse();
    } else {
      @Nullable Job job = anyJob();
      if (job != null) {
        world.node().writer.table().find(job.key()).ifPresent(this::decideAbout);
      }
    }
  }

  /// Does what a job waits for, if it waits for somebody on our side.
  void decideAbout(Job job) {
    switch (job.state()) {
      case JobState.AwaitingApproval _ -> {
        ask(job.key(), new JobCommand.Approve("bob", ""), null);
        ask(job.key(), new JobCommand.Approve("carol", ""), null);
      }
      case JobState.Compiling _ -> ask(job.key(), new JobCommand.FinishCompile(), null);
      case JobState.Reviewing reviewing ->
          ask(job.key(), new JobCommand.Release(reviewing.result()), JobState.Completed.class);
      case JobState.Pending _,
          JobState.Throttled _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ -> {}
    }
  }

  /// Keeps a job from being dispatched, or its result from being released.
  private void somethingElse() {
    switch (world.random.nextInt(3)) {
      case 0 -> changeRules();
      case 1 -> decide(new JobCommand.StartCompile(), null);
      default ->
          decide(new JobCommand.Quarantine("SECRET", "held back"), JobState.Quarantined.class);
    }
  }

  private void changeRules() {
    world.rules.change();
    world.trace.step("the rules change", world.rules.generation());
    world.happened.count("rules changed");
  }

  /// The same as before, as a caller does who got no answer. An id that the caller did not choose
  /// is made anew, as the server does for each call.
  private void submitAgain() {
    if (!sent.isEmpty()) {
      int back = 1 + world.random.nextInt(Math.min(sent.size(), RECENT_MAX));
      Submission before = sent.get(sent.size() - back);
      submit(before.idGiven() ? before : requests.again(before));
    }
  }

  private void submit(Submission submission) {
    JobKey key = submission.admission().spec().key();
    world.trace.step("submit", key);
    world
        .node()
        .offer(
            new LogCommand.Submit(
                submission, world.answer(key, outcome -> submitted(submission, outcome), _ -> {})));
  }

  private void submitted(Submission submission, SubmitOutcome outcome) {
    switch (outcome) {
      case SubmitOutcome.Admitted(Job job) -> {
        world.oracle.acknowledge(job);
        known.add(job);
        if (!(job.state() instanceof JobState.Denied)) {
          named(submission, job.key());
        }
      }
      case SubmitOutcome.Throttled _ -> world.happened.count("throttled at submit");
      case SubmitOutcome.Replayed(JobKey key) -> {
        world.happened.count("replayed");
        named(submission, key);
      }
    }
  }

  private void named(Submission submission, JobKey key) {
    submission.idempotency().ifPresent(taken -> world.oracle.named(taken.scope(), key));
  }

  private void decide(JobCommand command, @Nullable Class<? extends JobState> end) {
    @Nullable Job job = anyJob();
    if (job != null) {
      ask(job.key(), command, end);
    }
  }

  /// @param end the state in which the job is stored when the answer is yes; null for any
  private void ask(JobKey key, JobCommand command, @Nullable Class<? extends JobState> end) {
    world.ask(
        new LogCommand.Target.ByKey(key),
        command,
        Bytes.EMPTY,
        _ -> {
          if (end != null) {
            world.oracle.ended(key, end);
          }
        },
        _ -> {});
  }
}
