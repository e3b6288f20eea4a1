package dev.reeve.simulation;

import dev.reeve.base.Problem;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.LogCommand;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A worker that connects, works, reports, and gets everything wrong that a worker can: it crashes,
/// hangs, comes back, answers late, twice, and about attempts that are long over.
final class SimWorker {
  private static final int REMEMBERED_MAX = 40;

  final String id;
  private final Set<String> routes;
  private final World world;
  private final RandomGenerator random;
  private final List<DispatchId> attempts = new ArrayList<>();
  private final List<DispatchId> remembered = new ArrayList<>();
  private @Nullable Session session;
  private boolean hangs;

  SimWorker(String id, Set<String> routes, World world) {
    this.id = id;
    this.routes = routes;
    this.world = world;
    random = world.random;
  }

  boolean isBuiltIn() {
    return id.startsWith(ExecutorSession.BUILT_IN);
  }

  /// Whether it is connected to the present owner.
  boolean isConnected() {
    @Nullable Session own = session;
    return own != null && own.node == world.node() && !own.node.isDead();
  }

  /// Connects anew, naming what it still works on.
  void connect() {
    world.trace.step("connects", id);
    Session fresh = new Session(world.node());
    session = fresh;
    hangs = false;
    List<DispatchId> resumed = List.copyOf(attempts);
    world
        .node()
        .offer(
            new LogCommand.Attach(
                fresh,
                routes,
                resumed,
                world.answer(
                    "attach " + id, kept -> keep(fresh, kept), _ -> keep(fresh, List.of()))));
    grant(1 + random.nextInt(4));
  }

  /// Stops most of what is not its own any more. What an old connection is told says nothing of the
  /// new one.
  private void keep(Session asked, List<Job> kept) {
    if (session != asked) {
      return;
    }
    Set<Long> jobs = kept.stream().map(Job::jobNo).collect(Collectors.toSet());
    attempts.removeIf(attempt -> !jobs.contains(attempt.jobNo()) && random.nextBoolean());
  }

  /// Credit that it granted over this connection and that was not used yet.
  int creditLeft() {
    @Nullable Session own = session;
    return own == null ? 0 : own.granted - own.got;
  }

  void grant(int credit) {
    @Nullable Session own = session;
    if (own != null) {
      own.granted += credit;
      own.node.offer(new LogCommand.Grant(own, credit));
    }
  }

  void renew() {
    @Nullable Session own = session;
    if (own != null && !hangs) {
      own.node.offer(new LogCommand.Renew(own));
    }
  }

  /// From now on it gives no sign of life and does nothing.
  void hang() {
    hangs = true;
  }

  void wakeUp() {
    hangs = false;
  }

  /// It will never be heard of again, whether its connection stays open or not. One inside the
  /// process cannot hang up without the process knowing.
  void retire() {
    hangs = true;
    if (isBuiltIn() || random.nextBoolean()) {
      disconnect(/* inOrder= */ false, random.nextBoolean());
    }
  }

  /// The connection ends.
  ///
  /// @param inOrder it says goodbye and hands its work back
  /// @param told whether the server notices at all; it does when the worker is part of it
  void disconnect(boolean inOrder, boolean told) {
    @Nullable Session own = session;
    session = null;
    if (own != null && (told || inOrder || isBuiltIn())) {
      own.node.offer(new LogCommand.Detach(own, inOrder));
    }
    if (inOrder) {
      attempts.clear();
    }
  }

  /// The process of the worker is gone with all it knew.
  void crash() {
    disconnect(/* inOrder= */ false, random.nextBoolean());
    attempts.clear();
  }

  /// Says something about one of its attempts, or about an old one.
  void report() {
    boolean late = attempts.isEmpty() || random.nextInt(8) == 0;
    List<DispatchId> from = late ? remembered : attempts;
    if (!hangs && !from.isEmpty()) {
      DispatchId attempt = world.pick(from);
      report(attempt, Reports.any(attempt, random));
    }
  }

  /// Ends everything that it has in its hands.
  void finishAll() {
    for (DispatchId attempt : List.copyOf(attempts)) {
      report(attempt, Reports.completion(attempt, random));
    }
  }

  private void report(DispatchId attempt, Reports.Report report) {
    world.ask(
        new LogCommand.Target.ByNumber(attempt.jobNo()),
        report.command(),
        report.body(),
        _ -> {
          if (report.isFinal()) {
            attempts.remove(attempt);
            world.oracle.reported(attempt, report.effects());
          }
        },
        problem -> refused(attempt, problem));
  }

  private void refused(DispatchId attempt, Problem problem) {
    if (problem.reason().equals("DISPATCH_FENCED")) {
      attempts.remove(attempt);
    }
  }

  /// One connection.
  private final class Session implements ExecutorSession {
    private final Node node;
    private final Set<DispatchId> cancelled = new HashSet<>();
    private int granted;
    private int got;

    private Session(Node node) {
      this.node = node;
    }

    @Override
    public String workerId() {
      return id;
    }

    @Override
    public void assign(Assignment assignment) {
      world.trace.step(id + " gets", assignment.dispatch());
      got++;
      Promise.holds(got <= granted, "%s: %s jobs for a credit of %s", id, got, granted);
      Promise.holds(
          !cancelled.contains(assignment.dispatch()),
          "%s: gets %s after it was taken from it",
          id,
          assignment.dispatch());
      world.oracle.assigned(assignment, id);
      if (session == this) {
        attempts.add(assignment.dispatch());
        remembered.add(assignment.dispatch());
        if (remembered.size() > REMEMBERED_MAX) {
          remembered.removeFirst();
        }
      }
    }

    @Override
    public void cancel(DispatchId dispatch, String reason) {
      cancelled.add(dispatch);
      if (random.nextInt(4) > 0) {
        attempts.remove(dispatch);
      }
    }
  }
}
