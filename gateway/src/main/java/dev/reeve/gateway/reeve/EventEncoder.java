package dev.reeve.gateway.reeve;

import dev.reeve.engine.SequencedEvent;
import dev.reeve.gateway.ApprovalWords;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.job.StateName;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.Receipt;

/// An event in the words of `reeve.v1`; a pure function of the event, so that it reads the same
/// live, resumed and replayed.
final class EventEncoder {
  private EventEncoder() {}

  static JobEvent encode(String jobId, SequencedEvent sequenced) {
    JobEvent.Builder out =
        JobEvent.newBuilder()
            .setJobId(jobId)
            .setEventSeq(sequenced.seq())
            .setTime(ProtoTimes.timestamp(sequenced.event().atMicros()))
            .setTerminal(sequenced.isTerminal());
    if (sequenced.leafIndex() >= 0) {
      out.setReceipt(
          Receipt.newBuilder()
              .setLeafIndex(sequenced.leafIndex())
              .setLeafHash(sequenced.leafHash().hex()));
    }
    return facts(out, sequenced.event()).build();
  }

  private static JobEvent.Builder facts(JobEvent.Builder out, dev.reeve.job.JobEvent event) {
    return switch (event) {
      case dev.reeve.job.JobEvent.Waiting e ->
          state(out, StateName.PENDING)
              .setStage("WAITING")
              .setMessage("waits for " + e.parents().size() + " other jobs");
      case dev.reeve.job.JobEvent.Held _ -> state(out, StateName.AWAITING_APPROVAL);
      case dev.reeve.job.JobEvent.Throttled e ->
          state(out, StateName.THROTTLED).setMessage(e.reason());
      case dev.reeve.job.JobEvent.CompileStarted _ -> state(out, StateName.COMPILING);
      case dev.reeve.job.JobEvent.Queued e -> state(out, StateName.QUEUED).setStage(e.why());
      case dev.reeve.job.JobEvent.Dispatched e ->
          state(out, StateName.EXECUTING)
              .setStage("DISPATCHED")
              .setAttempt(e.dispatch().attempt())
              .setMessage(e.worker());
      case dev.reeve.job.JobEvent.Started _ -> state(out, StateName.EXECUTING).setStage("STARTED");
      case dev.reeve.job.JobEvent.Progressed e -> progress(out, e.progress());
      case dev.reeve.job.JobEvent.Heartbeat e -> progress(out, e.progress());
      case dev.reeve.job.JobEvent.ReviewStarted _ -> state(out, StateName.REVIEWING).setProgress(1);
      case dev.reeve.job.JobEvent.Completed _ -> state(out, StateName.COMPLETED).setProgress(1);
      case dev.reeve.job.JobEvent.Denied e -> error(out, StateName.DENIED, e.code(), e.message());
      case dev.reeve.job.JobEvent.Quarantined e ->
          error(out, StateName.QUARANTINED, e.code(), e.message());
      case dev.reeve.job.JobEvent.Failed e ->
          error(out, StateName.FAILED, e.code(), e.message())
              .setError(JobEncoder.error(e.code(), e.message(), e.fatal()));
      case dev.reeve.job.JobEvent.Cancelled e ->
          error(
              out, StateName.CANCELLED, dev.reeve.job.JobState.Cancelled.code(e.by()), e.reason());
      case dev.reeve.job.JobEvent.TimedOut e ->
          error(out, StateName.TIMED_OUT, e.code(), e.message());
      case dev.reeve.job.JobEvent.ApprovalGiven e ->
          state(out, StateName.AWAITING_APPROVAL)
              .setStage("APPROVED")
              .setMessage(ApprovalWords.of(e));
      case dev.reeve.job.JobEvent.Approved _,
          dev.reeve.job.JobEvent.HeldOutputReleased _,
          dev.reeve.job.JobEvent.HeldOutputDeleted _,
          dev.reeve.job.JobEvent.Judged _,
          dev.reeve.job.JobEvent.ParentCompleted _,
          dev.reeve.job.JobEvent.AttemptFailed _,
          dev.reeve.job.JobEvent.Interrupted _ ->
          throw new IllegalArgumentException(
              event.getClass().getSimpleName() + " (expected: a visible event)");
    };
  }

  private static JobEvent.Builder state(JobEvent.Builder out, StateName state) {
    return out.setState(ReeveStates.toWire(state));
  }

  private static JobEvent.Builder progress(JobEvent.Builder out, dev.reeve.job.Progress progress) {
    return state(out, StateName.EXECUTING)
        .setStage(progress.stage())
        .setProgress(JobEncoder.fraction(progress))
        .setMessage(progress.message());
  }

  private static JobEvent.Builder error(
      JobEvent.Builder out, StateName state, String code, String message) {
    out.setError(JobEncoder.error(code, message, false));
    return state(out, state).setMessage(message);
  }
}
