package dev.reeve.engine;

import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Carries out what executors say of themselves. It touches memory alone and takes effect at once,
/// whatever becomes of the commit; attempts that end by it are interrupted by the next commit that
/// succeeds. Writer's thread only.
final class SessionHandler {
  private final LogState state;
  private final Timers timers;
  private final Consumer<List<Runnable>> delivery;
  private final ArrayDeque<LogCommand.OfSession> setAside = new ArrayDeque<>();

  /// @param delivery has answers delivered in order
  SessionHandler(LogState state, Timers timers, Consumer<List<Runnable>> delivery) {
    this.state = state;
    this.timers = timers;
    this.delivery = delivery;
  }

  void handle(LogCommand.OfSession command) {
    switch (command) {
      case LogCommand.Attach attach -> attach(attach);
      case LogCommand.Grant grant -> state.executors.grant(grant.session(), grant.credit());
      case LogCommand.Renew renew -> state.executors.renew(renew.session());
      case LogCommand.Detach detach -> detach(detach);
    }
  }

  /// Keeps a command until the store answers: while nobody knows what the last commit did, nobody
  /// knows who holds which attempt. Signs of life count at once.
  void setAside(LogCommand.OfSession command) {
    if (command instanceof LogCommand.Renew renew) {
      state.executors.renew(renew.session());
    } else {
      setAside.addLast(command);
    }
  }

  void handleSetAside() {
    while (!setAside.isEmpty()) {
      handle(setAside.removeFirst());
    }
  }

  /// What was set aside and will not be handled any more.
  List<LogCommand.OfSession> takeSetAside() {
    List<LogCommand.OfSession> taken = List.copyOf(setAside);
    setAside.clear();
    return taken;
  }

  private void attach(LogCommand.Attach attach) {
    ExecutorSession session = attach.session();
    ExecutorSession replaced = state.executors.attach(session, attach.routes());
    List<Runnable> told = new ArrayList<>(2);
    if (replaced != null) {
      told.add(() -> replaced.cancel(ExecutorSession.NO_DISPATCH, "REPLACED"));
    }
    List<Job> kept = new ArrayList<>();
    for (long jobNo : state.executors.attemptsOf(session.workerId())) {
      Job job = state.table.byNumber(jobNo);
      if (job != null && job.state() instanceof JobState.Executing executing) {
        if (session.keepsAttempts() || attach.resumed().contains(executing.dispatch())) {
          kept.add(job);
        } else {
          timers.interruptSoon(executing.dispatch(), "WORKER_GONE");
        }
      }
    }
    List<Job> answer = List.copyOf(kept);
    told.add(() -> attach.answer().done(answer));
    delivery.accept(told);
  }

  private void detach(LogCommand.Detach detach) {
    ExecutorSession session = detach.session();
    if (detach.handBack() && state.executors.isAttached(session)) {
      for (long jobNo : state.executors.attemptsOf(session.workerId())) {
        timers.interruptSoon(dispatchOf(jobNo), "DRAINED");
      }
    }
    state.executors.detach(session);
  }

  private DispatchId dispatchOf(long jobNo) {
    Job job = state.table.byNumber(jobNo);
    return job != null && job.state() instanceof JobState.Executing executing
        ? executing.dispatch()
        : ExecutorSession.NO_DISPATCH;
  }
}
