package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings waiting jobs and executors with credit together, in the same commit as whatever made it
/// possible. Writer's thread only; assignments leave after the commit.
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /// Dispatches of one group at most, so that a burst of credit cannot make a commit large.
  private static final int DISPATCHES_MAX = 64;

  private final LogState state;
  private final Follower follower;
  private final WriterPorts ports;
  private final Consumer<LogCommand> later;

  /// @param later takes commands for a later group
  Dispatcher(LogState state, Follower follower, WriterPorts ports, Consumer<LogCommand> later) {
    this.state = state;
    this.follower = follower;
    this.ports = ports;
    this.later = later;
  }

  /// @return whether more could be dispatched at once by another group
  boolean dispatch(Group group) {
    int left = DISPATCHES_MAX;
    for (String route : List.copyOf(state.executors.routes())) {
      while (left > 0 && dispatchOne(group, route)) {
        left--;
      }
    }
    return left == 0;
  }

  private boolean dispatchOne(Group group, String route) {
    if (state.ready.size(route) == 0) {
      return false;
    }
    ExecutorSession session = state.executors.next(route);
    if (session == null) {
      return false;
    }
    long jobNo = state.ready.next(route);
    if (jobNo < 0) {
      return false;
    }
    Change change = group.change(jobNo);
    Job committed = change != null ? change.after : state.table.byNumber(jobNo);
    if (committed == null) {
      throw new IllegalStateException("job " + jobNo + " is queued and unknown");
    }
    JobCommand command = new JobCommand.Dispatch(group.head.epoch(), session.workerId());
    Optional<Problem> refused = follower.carryOut(group, committed, command, false);
    if (refused.isPresent()) {
      throw new IllegalStateException("job " + jobNo + " is queued and " + refused.get().message());
    }
    Job job = group.current(committed);
    state.ready.started(job);
    state.executors.use(session, 1);
    group.onUndo(() -> state.executors.use(session, -1));
    hand(group, session, job);
    return true;
  }

  private void hand(Group group, ExecutorSession session, Job job) {
    if (!(job.state() instanceof JobState.Executing executing)) {
      throw new IllegalStateException(
          "job " + job.jobNo() + " was dispatched and is not executing");
    }
    DispatchId dispatch = executing.dispatch();
    PayloadCache.Entry entry = state.payloads.take(job.jobNo());
    if (entry != null) {
      group.onUndo(() -> state.payloads.put(job.jobNo(), entry));
      group.deliver(() ->
          session.assign(
              new ExecutorSession.Assignment(dispatch, job, entry.admission(), entry.payload())));
    } else {
      group.deliver(() -> ports.loading().execute(() -> load(session, job, dispatch)));
    }
  }

  private void load(ExecutorSession session, Job job, DispatchId dispatch) {
    try {
      JobArchive archive = ports.log().archive();
      Optional<StoredJob> stored = archive.find(job.jobNo());
      Optional<Admission> admission = stored.map(row -> AdmissionCodec.read(row.admission()));
      Optional<Bytes> payload =
          admission.isEmpty() ? Optional.empty() : payload(archive, job, admission.get());
      if (admission.isEmpty() || payload.isEmpty()) {
        log.error("payload is gone job_id={}", job.key().jobId());
        giveBack(
            dispatch,
            new JobCommand.Fail(
                dispatch, "PAYLOAD_LOST", "the stored payload is gone", false, 0, 0));
        return;
      }
      session.assign(new ExecutorSession.Assignment(dispatch, job, admission.get(), payload.get()));
    } catch (StoreException e) {
      log.warn("payload not readable, attempt given back job_id={}", job.key().jobId(), e);
      giveBack(dispatch, new JobCommand.Interrupt(dispatch, "PAYLOAD_UNREADABLE"));
    }
  }

  private void giveBack(DispatchId dispatch, JobCommand command) {
    later.accept(
        new LogCommand.Ask(
            new LogCommand.Target.ByNumber(dispatch.jobNo()),
            command,
            Bytes.EMPTY,
            Optional.empty(),
            Answer.none()));
  }

  private static Optional<Bytes> payload(JobArchive archive, Job job, Admission admission)
      throws StoreException {
    Content content = admission.spec().payload();
    return content.sizeBytes() == 0
        ? Optional.of(Bytes.EMPTY)
        : archive.payload(job.jobNo(), job.key().tenant(), content);
  }
}
