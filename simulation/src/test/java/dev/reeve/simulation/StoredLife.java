package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobState;
import dev.reeve.job.OutcomeCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that is stored of one job, read by an outsider: events folded into the job, visible
/// ones in their order.
///
/// @param job the job that the events make
/// @param events all of them, internal ones too
/// @param visible what watchers may see
record StoredLife(Job job, List<JobEvent> events, List<SequencedEvent> visible) {
  StoredLife {
    events = List.copyOf(events);
    visible = List.copyOf(visible);
  }

  /// Empty when nothing is stored under that number.
  static Optional<StoredLife> read(JobArchive archive, long jobNo) throws StoreException {
    Optional<StoredJob> stored = archive.find(jobNo);
    return stored.isEmpty()
        ? Optional.empty()
        : Optional.of(read(stored.get(), archive.events(jobNo, 1, Integer.MAX_VALUE)));
  }

  private static StoredLife read(StoredJob stored, List<Bytes> documents) {
    Admission admission = AdmissionCodec.read(stored.admission());
    List<JobEvent> events = new ArrayList<>();
    List<SequencedEvent> visible = new ArrayList<>();
    for (Bytes bytes : documents) {
      EventDocument document = EventDocument.read(bytes);
      events.addAll(document.events());
      visible.addAll(document.sequenced());
    }
    Job job = JobEvolution.evolve(Job.created(stored.jobNo(), admission), events);
    Promise.holds(
        stored.isFinished() == job.isFinished(),
        "job %s: outcome and events disagree on its end",
        stored.jobNo());
    if (stored.isFinished()) {
      Job summary = OutcomeCodec.read(stored.jobNo(), admission, stored.outcome());
      Promise.holds(summary.equals(job), "job %s: %s (expected: %s)", stored.jobNo(), summary, job);
    }
    return new StoredLife(job, events, visible);
  }

  /// Whether the log hands this attempt to this worker.
  boolean wasDispatched(DispatchId dispatch, String worker) {
    return events.stream()
        .anyMatch(event ->
            event instanceof JobEvent.Dispatched(_, DispatchId id, String to)
                && id.equals(dispatch)
                && to.equals(worker));
  }

  /// Whether one of these happened while this attempt was the current one.
  boolean hadEffect(DispatchId dispatch, List<Class<? extends JobEvent>> effects) {
    boolean current = false;
    for (JobEvent event : events) {
      if (event instanceof JobEvent.Dispatched dispatched) {
        current = dispatched.dispatch().equals(dispatch);
      } else if (current && effects.stream().anyMatch(effect -> effect.isInstance(event))) {
        return true;
      }
    }
    return false;
  }

  /// How the job ended, in words.
  String end() {
    String state = job.state().name().name();
    return switch (job.state()) {
      case JobState.Failed failed -> state + " " + failed.code();
      case JobState.Denied denied -> state + " " + denied.code();
      case JobState.TimedOut timedOut -> state + " " + timedOut.code();
      default -> state;
    };
  }

  void check() {
    checkOrder();
    checkOnce();
  }

  /// Numbers from 1 without gaps, and at most one end, which is the last.
  private void checkOrder() {
    for (int i = 0; i < visible.size(); i++) {
      SequencedEvent event = visible.get(i);
      Promise.holds(
          event.seq() == i + 1, "job %s: event %s at place %s", job.jobNo(), event.seq(), i + 1);
      boolean last = i == visible.size() - 1;
      Promise.holds(
          event.isTerminal() == (last && job.isFinished()),
          "job %s: event %s of %s ends it",
          job.jobNo(),
          event.seq(),
          visible.size());
    }
    Promise.holds(job.lastEventSeq() == visible.size(), "job %s: last event", job.jobNo());
  }

  /// A job that may run once only is not handed out again after a sign that it ran, nor after an
  /// attempt of which nothing is known.
  private void checkOnce() {
    boolean mayHaveRun = false;
    for (JobEvent event : events) {
      Promise.holds(
          !mayHaveRun
              || !job.header().limits().atMostOnce()
              || !(event instanceof JobEvent.Dispatched),
          "job %s: runs again and may run once only",
          job.jobNo());
      mayHaveRun |=
          event instanceof JobEvent.Started
              || event instanceof JobEvent.Progressed
              || event instanceof JobEvent.Interrupted;
    }
  }
}
