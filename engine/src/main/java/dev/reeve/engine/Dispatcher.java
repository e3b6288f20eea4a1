package dev.reeve.engine;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.job.Needs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings waiting jobs and executors with credit together, in the same commit as whatever made it
/// possible. Writer's thread only; assignments leave after the commit.
final class Dispatcher {
  /// Dispatches of one group at most, so that a burst of credit cannot make a commit large.
  private static final int DISPATCHES_MAX = 64;

  private final LogState state;
  private final Follower follower;
  private final PayloadLoader loader;

  /// Needs on the route at hand for which nobody has credit; credit only falls within a group.
  private final Set<Needs> untaken = new HashSet<>();

  private int turn;

  Dispatcher(LogState state, Follower follower, PayloadLoader loader) {
    this.state = state;
    this.follower = follower;
    this.loader = loader;
  }

  /// @return whether more could be dispatched at once by another group
  boolean dispatch(Group group) {
    List<String> routes = routes();
    if (routes.isEmpty() || !state.generation.holdsBack().isEmpty()) {
      return false;
    }
    int left = DISPATCHES_MAX;
    for (String route : routes) {
      untaken.clear();
      while (left > 0 && dispatchOne(group, route)) {
        left--;
      }
    }
    return left == 0;
  }

  /// Routes with both a job and an executor. Each time another one is first, so that a busy route
  /// does not use up every group.
  private List<String> routes() {
    Set<String> ready = state.ready.routes();
    Set<String> served = state.executors.routes();
    List<String> routes =
        ready.size() <= served.size() ? common(ready, served) : common(served, ready);
    if (routes.size() > 1) {
      turn = (turn + 1) % routes.size();
      Collections.rotate(routes, -turn);
    }
    return routes;
  }

  private static List<String> common(Set<String> few, Set<String> many) {
    List<String> common = new ArrayList<>(few.size());
    for (String route : few) {
      if (many.contains(route)) {
        common.add(route);
      }
    }
    return common;
  }

  private boolean dispatchOne(Group group, String route) {
    long jobNo =
        state.executors.hasCredit(route)
            ? state.ready.next(route, needs -> isTaken(route, needs))
            : -1;
    if (jobNo >= 0 && state.standing.isInDoubt(jobNo)) {
      state.standing.ask(group, jobNo);
      return false;
    }
    if (jobNo < 0) {
      return false;
    }
    Job queued = follower.find(group, jobNo);
    if (queued == null) {
      throw new IllegalStateException("job " + jobNo + " is queued and unknown");
    }
    ExecutorSession session = state.executors.next(route, queued.header().placement().needs());
    if (session == null) {
      return false;
    }
    charge(group, queued);
    JobCommand command = new JobCommand.Dispatch(group.head.epoch(), session.workerId());
    Optional<Problem> refused = follower.carryOut(group, queued, command, false);
    Check.state(refused.isEmpty(), "job %s: ready and refused: %s", jobNo, refused);
    state.executors.use(session, 1);
    group.onUndo(() -> state.executors.use(session, -1));
    hand(group, session, group.current(queued));
    return true;
  }

  private boolean isTaken(String route, Needs needs) {
    if (untaken.contains(needs)) {
      return false;
    }
    boolean taken = state.executors.takes(route, needs);
    if (!taken) {
      untaken.add(needs);
    }
    return taken;
  }

  private void charge(Group group, Job queued) {
    String tenant = queued.key().tenant();
    String groupName = queued.header().placement().group();
    state.ready.started(queued);
    state.running.started(tenant, groupName);
    group.onUndo(() -> state.running.notStarted(tenant, groupName));
  }

  private void hand(Group group, ExecutorSession session, Job job) {
    DispatchId dispatch = ((JobState.Executing) job.state()).dispatch();
    PayloadCache.Entry entry = state.payloads.take(job.jobNo());
    if (entry == null) {
      group.deliver(() -> loader.load(session, job, dispatch));
      return;
    }
    group.onUndo(() -> state.payloads.put(job.jobNo(), entry));
    group.deliver(() ->
        session.assign(
            new ExecutorSession.Assignment(dispatch, job, entry.admission(), entry.payload())));
  }
}
