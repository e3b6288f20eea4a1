package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.job.Needs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Executors that are connected, their credit, and the leases of the attempts in their hands. Only
/// this node's business: nothing here is stored. Confined to the writer's thread.
///
/// An attempt belongs to a holder: a session, or the worker's id while it is away. When a holder
/// has been silent for the lease, its attempts are interrupted, and until it is heard of again it
/// gets no others. Attempts found at start belong to their worker's id, with a lease that begins
/// anew.
final class Executors implements JobIndex {
  private final class Holder implements ExecutorLine.Member {
    private final String workerId;
    private @Nullable ExecutorSession session;
    private Set<String> routes = Set.of();
    private int credit;

    /// Attempts that this group hands to it and that are not committed yet.
    private int handed;

    private long silentSinceNanos;
    private final Set<Long> attempts = new HashSet<>();

    private Holder(String workerId, long nowNanos) {
      this.workerId = workerId;
      silentSinceNanos = nowNanos;
    }

    @Override
    public ExecutorSession session() {
      return Objects.requireNonNull(session, workerId);
    }

    @Override
    public int inHand() {
      return attempts.size() + handed;
    }

    @Override
    public boolean takesJobs() {
      ExecutorSession connected = session;
      return credit > 0 && connected != null && connected.takesMore() && !isSilent();
    }

    /// A built-in executor that is attached needs no sign of life: it lives as long as we do.
    @Override
    public boolean isSilent() {
      boolean livesWithUs = session != null && session.isBuiltIn();
      return !livesWithUs && clock.nanos() - silentSinceNanos > leaseNanos;
    }
  }

  private final MonotonicClock clock;
  private final long leaseNanos;
  private final Map<String, Holder> byWorker = new HashMap<>();
  private final IdentityHashMap<ExecutorSession, Holder> bySession = new IdentityHashMap<>();
  private final Map<String, ExecutorLine> byRoute = new HashMap<>();

  Executors(EngineLimits limits, MonotonicClock clock) {
    this.clock = clock;
    leaseNanos = limits.lease().toNanos();
  }

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    JobState.Executing was = executing(before);
    JobState.Executing is = executing(after);
    if (was != null && before != null && (is == null || !is.dispatch().equals(was.dispatch()))) {
      Holder holder = byWorker.get(was.worker());
      if (holder != null) {
        holder.attempts.remove(before.jobNo());
        forgetIfIdle(holder);
      }
    }
    if (is != null && after != null) {
      Holder holder = byWorker.computeIfAbsent(is.worker(), id -> new Holder(id, clock.nanos()));
      if (holder.attempts.add(after.jobNo()) && holder.handed > 0) {
        holder.handed--;
      }
    }
  }

  /// Attempts by worker. Sessions and credit are not derived from jobs.
  @Override
  public Object content() {
    Map<String, Set<Long>> attempts = new TreeMap<>();
    for (Holder holder : byWorker.values()) {
      if (!holder.attempts.isEmpty()) {
        attempts.put(holder.workerId, holder.attempts);
      }
    }
    return attempts;
  }

  /// A session of a worker id replaces an earlier one, which is told to stop. Attaching again with
  /// other routes begins anew without credit.
  ///
  /// @return the other session that was replaced, or null
  @Nullable ExecutorSession attach(ExecutorSession session, Set<String> routes) {
    Holder holder =
        byWorker.computeIfAbsent(session.workerId(), id -> new Holder(id, clock.nanos()));
    boolean again = bySession.containsKey(session);
    ExecutorSession replaced = holder.session;
    if (replaced != null) {
      detach(replaced);
    }
    byWorker.put(holder.workerId, holder);
    holder.session = session;
    holder.routes = Set.copyOf(routes);
    holder.credit = 0;
    holder.handed = 0;
    holder.silentSinceNanos = clock.nanos();
    bySession.put(session, holder);
    for (String route : routes) {
      byRoute.computeIfAbsent(route, _ -> new ExecutorLine()).add(holder);
    }
    return again ? null : replaced;
  }

  /// Whether this very session speaks for its worker.
  boolean isAttached(ExecutorSession session) {
    return bySession.containsKey(session);
  }

  /// The connection is gone; the attempts stay with the worker's id until its lease ends.
  void detach(ExecutorSession session) {
    Holder holder = bySession.remove(session);
    if (holder == null) {
      return;
    }
    for (String route : holder.routes) {
      ExecutorLine line = byRoute.get(route);
      if (line != null) {
        line.remove(holder);
        if (line.isEmpty()) {
          byRoute.remove(route);
        }
      }
    }
    holder.session = null;
    holder.routes = Set.of();
    holder.credit = 0;
    forgetIfIdle(holder);
  }

  void grant(ExecutorSession session, int credit) {
    Holder holder = bySession.get(session);
    if (holder != null) {
      holder.credit = (int) Math.min((long) holder.credit + credit, 1_000_000);
      holder.silentSinceNanos = clock.nanos();
    }
  }

  void renew(ExecutorSession session) {
    Holder holder = bySession.get(session);
    if (holder != null) {
      holder.silentSinceNanos = clock.nanos();
    }
  }

  /// The holder of a running attempt reported: it is alive.
  void heardFrom(String workerId) {
    Holder holder = byWorker.get(workerId);
    if (holder != null) {
      holder.silentSinceNanos = clock.nanos();
    }
  }

  /// Numbers of the jobs whose attempts this worker holds.
  List<Long> attemptsOf(String workerId) {
    Holder holder = byWorker.get(workerId);
    return holder == null ? List.of() : List.copyOf(holder.attempts);
  }

  /// The executor on the route that gets a job with these needs, among those with credit.
  ///
  /// @return null when there is none
  @Nullable ExecutorSession next(String route, Needs needs) {
    ExecutorLine line = byRoute.get(route);
    ExecutorLine.Member member = line == null ? null : line.next(needs);
    return member == null ? null : member.session();
  }

  /// Whether an executor on the route would take a job now.
  boolean hasCredit(String route) {
    ExecutorLine line = byRoute.get(route);
    return line != null && line.hasCredit();
  }

  /// Whether an executor on the route would take a job with these needs now.
  boolean takes(String route, Needs needs) {
    ExecutorLine line = byRoute.get(route);
    return line != null && line.takes(needs);
  }

  /// Whether an executor on the route could take a job with these needs at all.
  boolean serves(String route, Needs needs) {
    ExecutorLine line = byRoute.get(route);
    return line != null && line.serves(needs);
  }

  /// Takes one credit, or gives it back with -1.
  void use(ExecutorSession session, int credits) {
    Holder holder = bySession.get(session);
    if (holder != null) {
      holder.credit -= credits;
      holder.handed = Math.max(0, holder.handed + credits);
    }
  }

  /// The session that works on this attempt, if it is connected.
  @Nullable ExecutorSession sessionOf(Job job) {
    JobState.Executing executing = executing(job);
    Holder holder = executing == null ? null : byWorker.get(executing.worker());
    return holder == null ? null : holder.session;
  }

  /// Numbers of jobs whose holder has been silent for longer than the lease.
  List<Long> expired() {
    List<Long> expired = new ArrayList<>();
    for (Holder holder : byWorker.values()) {
      if (!holder.attempts.isEmpty() && holder.isSilent()) {
        expired.addAll(holder.attempts);
      }
    }
    return expired;
  }

  /// How many executors serve the route, with credit or without.
  int serving(String route) {
    ExecutorLine line = byRoute.get(route);
    return line == null ? 0 : line.size();
  }

  /// How many of them have been silent for longer than their lease.
  int silent(String route) {
    ExecutorLine line = byRoute.get(route);
    return line == null ? 0 : line.silent();
  }

  Set<String> routes() {
    return byRoute.keySet();
  }

  /// What is known of every connected executor, for listings.
  List<ExecutorView> views() {
    List<ExecutorView> views = new ArrayList<>();
    long now = clock.nanos();
    for (Holder holder : byWorker.values()) {
      views.add(
          new ExecutorView(
              holder.workerId,
              holder.routes.stream().sorted().toList(),
              holder.session != null,
              holder.credit,
              holder.attempts.size(),
              (now - holder.silentSinceNanos) / 1_000_000));
    }
    return views;
  }

  private static JobState.@Nullable Executing executing(@Nullable Job job) {
    return job != null && job.state() instanceof JobState.Executing executing ? executing : null;
  }

  private void forgetIfIdle(Holder holder) {
    if (holder.session == null && holder.attempts.isEmpty()) {
      byWorker.remove(holder.workerId);
    }
  }
}
