package dev.reeve.gateway.eigen;

import dev.reeve.engine.SequencedEvent;
import dev.reeve.gateway.ApprovalWords;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import java.util.Locale;
import java.util.Optional;

/// Puts jobs and events into the neutral records of this dialect. Pure: an event looks the same
/// whenever and however often it is read.
final class EigenEncoder {
  /// Nothing is whole before it has ended.
  private static final float PROGRESS_MAX = 0.99f;

  private final EigenProfile profile;

  EigenEncoder(EigenProfile profile) {
    this.profile = profile;
  }

  StatusView status(Job job) {
    StateName name = job.state().name();
    boolean executing = job.state() instanceof JobState.Executing;
    Ending ending = Ending.of(job.state());
    return new StatusView(
        job.key().jobId(),
        ClientState.of(name, profile),
        executing ? stage(job.progress()) : ClientState.stage(name),
        executing ? fraction(job.progress()) : fraction(name),
        executing ? job.progress().message() : ending.summary(),
        job.header().createdAtMicros(),
        job.updatedAtMicros(),
        ending,
        topology(job));
  }

  /// @throws IllegalStateException for an internal fact, which no client ever sees
  UpdateView update(String jobId, SequencedEvent sequenced) {
    JobEvent event = sequenced.event();
    return switch (event) {
      case JobEvent.Waiting e ->
          plain(jobId, sequenced, StateName.PENDING, "waits for jobs: " + e.parents().size());
      case JobEvent.Held _ ->
          plain(jobId, sequenced, StateName.AWAITING_APPROVAL, "waits for an approval");
      case JobEvent.Throttled e -> plain(jobId, sequenced, StateName.THROTTLED, e.reason());
      case JobEvent.CompileStarted _ -> plain(jobId, sequenced, StateName.COMPILING, "");
      case JobEvent.Queued e ->
          plain(jobId, sequenced, StateName.QUEUED, e.why().toLowerCase(Locale.ROOT));
      case JobEvent.Dispatched e -> dispatched(jobId, sequenced, e);
      case JobEvent.Started _ -> plain(jobId, sequenced, StateName.EXECUTING, "started");
      case JobEvent.Progressed e -> running(jobId, sequenced, e.progress());
      case JobEvent.Heartbeat e -> running(jobId, sequenced, e.progress());
      case JobEvent.ReviewStarted _ ->
          plain(jobId, sequenced, StateName.REVIEWING, "its output is being checked");
      case JobEvent.Completed _ -> plain(jobId, sequenced, StateName.COMPLETED, "");
      case JobEvent.Denied e ->
          ended(jobId, sequenced, StateName.DENIED, Ending.denied(e.code(), e.message()));
      case JobEvent.Quarantined e ->
          ended(jobId, sequenced, StateName.QUARANTINED, Ending.quarantined(e.code(), e.message()));
      case JobEvent.Failed e ->
          ended(jobId, sequenced, StateName.FAILED, Ending.failed(e.code(), e.message()));
      case JobEvent.Cancelled e ->
          ended(jobId, sequenced, StateName.CANCELLED, Ending.cancelled(e.by(), e.reason()));
      case JobEvent.TimedOut e ->
          ended(jobId, sequenced, StateName.TIMED_OUT, Ending.timedOut(e.message()));
      case JobEvent.ApprovalGiven e ->
          plain(jobId, sequenced, StateName.AWAITING_APPROVAL, ApprovalWords.of(e));
      case JobEvent.Approved _,
          JobEvent.HeldOutputReleased _,
          JobEvent.HeldOutputDeleted _,
          JobEvent.Judged _,
          JobEvent.ParentCompleted _,
          JobEvent.AttemptFailed _,
          JobEvent.Interrupted _ ->
          throw new IllegalStateException(
              event.getClass().getSimpleName() + " has no form for clients");
    };
  }

  private UpdateView dispatched(String jobId, SequencedEvent sequenced, JobEvent.Dispatched event) {
    int attempt = event.dispatch().attempt();
    return view(
        jobId,
        sequenced,
        StateName.EXECUTING,
        ClientState.stage(StateName.EXECUTING),
        0,
        "attempt " + attempt,
        Optional.of(new Topology(event.worker(), attempt)));
  }

  private UpdateView running(String jobId, SequencedEvent sequenced, Progress progress) {
    return view(
        jobId,
        sequenced,
        StateName.EXECUTING,
        stage(progress),
        fraction(progress),
        progress.message(),
        Optional.empty());
  }

  private UpdateView ended(String jobId, SequencedEvent sequenced, StateName state, Ending ending) {
    return plain(jobId, sequenced, state, ending.line());
  }

  private UpdateView plain(
      String jobId, SequencedEvent sequenced, StateName state, String message) {
    return view(
        jobId,
        sequenced,
        state,
        ClientState.stage(state),
        fraction(state),
        message,
        Optional.empty());
  }

  private UpdateView view(
      String jobId,
      SequencedEvent sequenced,
      StateName state,
      String stage,
      float progress,
      String message,
      Optional<Topology> topology) {
    return new UpdateView(
        jobId,
        ClientState.of(state, profile),
        stage,
        progress,
        message,
        sequenced.seq(),
        sequenced.event().atMicros(),
        topology);
  }

  private static Optional<Topology> topology(Job job) {
    return job.state() instanceof JobState.Executing executing
        ? Optional.of(new Topology(executing.worker(), executing.dispatch().attempt()))
        : Optional.empty();
  }

  private static String stage(Progress progress) {
    return progress.stage().isEmpty() ? ClientState.stage(StateName.EXECUTING) : progress.stage();
  }

  private static float fraction(Progress progress) {
    return Math.min(PROGRESS_MAX, progress.partsPerMillion() / (float) Progress.WHOLE);
  }

  private static float fraction(StateName state) {
    if (state.isTerminal()) {
      return 1;
    }
    return state == StateName.REVIEWING ? PROGRESS_MAX : 0;
  }
}
