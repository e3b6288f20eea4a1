package dev.reeve.engine;

import dev.reeve.base.Check;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.Needs;
import dev.reeve.job.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Queued jobs of every route, in the order in which they are handed out.
///
/// Between tenants: the one that got least, measured by starts divided by weight, so each waiting
/// tenant gets its share whatever the others queue. Within a tenant: priority, where waiting raises
/// it (one point each [EngineLimits#agingPerPoint]), so nothing starves. A group at its limit is
/// stepped over and holds up nobody else.
final class ReadyQueue implements JobIndex {
  /// Rank is fixed when the job is queued: waiting time and priority trade at a constant rate, so
  /// the order of two waiting jobs never changes.
  private record Entry(long rankMicros, long jobNo) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byRank = Long.compare(rankMicros, other.rankMicros);
      return byRank != 0 ? byRank : Long.compare(jobNo, other.jobNo);
    }
  }

  private record Delayed(long notBeforeMicros, long jobNo, Job job) implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      int byTime = Long.compare(notBeforeMicros, other.notBeforeMicros);
      return byTime != 0 ? byTime : Long.compare(jobNo, other.jobNo);
    }
  }

  /// Jobs of a tenant that the same limits hold back.
  ///
  /// @param runningMax jobs of the tenant that may run, this one included; 0 for no limit
  /// @param needs what only some executors have; [Needs#NONE] when it is nothing
  private record Lane(String group, int runningMax, Needs needs) {
    static Lane of(Job job) {
      Needs needs = job.header().placement().needs();
      return new Lane(
          job.header().placement().group(),
          job.grant().runningMax(),
          needs.areStrict() ? needs : Needs.NONE);
    }
  }

  private static final class TenantLine implements Comparable<TenantLine> {
    private final String tenant;
    private final double weight;
    private final Map<Lane, TreeSet<Entry>> byLane = new HashMap<>();
    private double served;
    private int size;

    private TenantLine(String tenant, double weight) {
      this.tenant = tenant;
      this.weight = weight;
    }

    @Override
    public int compareTo(TenantLine other) {
      int byServed = Double.compare(served, other.served);
      return byServed != 0 ? byServed : tenant.compareTo(other.tenant);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return tenant.hashCode();
    }
  }

  private static final int IDLE_LINES_MAX = 64;

  private static final class Route {
    private final Map<String, TenantLine> lines = new HashMap<>();
    private final TreeSet<TenantLine> waiting = new TreeSet<>();
    private double servedFloor;
    private int size;
  }

  private final EngineLimits limits;
  private final Running running;
  private final long agingMicrosPerPoint;
  private final Map<String, Route> routes = new HashMap<>();
  private final TreeSet<Delayed> delayed = new TreeSet<>();

  ReadyQueue(EngineLimits limits, Running running) {
    this.limits = limits;
    this.running = running;
    agingMicrosPerPoint = limits.agingPerPoint().toNanos() / 1_000;
  }

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    if (before != null && before.state() instanceof JobState.Queued queued) {
      boolean wasDelayed =
          delayed.remove(new Delayed(queued.notBeforeMicros(), before.jobNo(), before));
      if (!wasDelayed) {
        remove(before, queued);
      }
    }
    if (after != null && after.state() instanceof JobState.Queued queued) {
      if (queued.notBeforeMicros() > after.updatedAtMicros()) {
        delayed.add(new Delayed(queued.notBeforeMicros(), after.jobNo(), after));
      } else {
        add(after, queued);
      }
    }
  }

  /// Waiting jobs with their place, ready or delayed: which of the two depends on when [#wake] was
  /// called.
  @Override
  public Object content() {
    TreeSet<String> waiting = new TreeSet<>();
    for (Delayed entry : delayed) {
      if (entry.job().state() instanceof JobState.Queued queued) {
        JobKey key = entry.job().key();
        Placement at = entry.job().header().placement();
        Lane lane = Lane.of(entry.job());
        waiting.add(place(at.route(), key.tenant(), lane, entry(entry.job(), queued)));
      }
    }
    routes.forEach((name, route) -> {
      int size = 0;
      for (TenantLine line : route.lines.values()) {
        line.byLane.forEach((lane, entries) ->
            entries.forEach(entry -> waiting.add(place(name, line.tenant, lane, entry))));
        size += line.size;
        boolean waits = route.waiting.contains(line);
        Check.state(waits == line.size > 0, "tenant %s: %s wait", line.tenant, line.size);
      }
      Check.state(size == route.size, "route %s: %s wait (expected: %s)", name, route.size, size);
    });
    return waiting;
  }

  private static String place(String route, String tenant, Lane lane, Entry entry) {
    return route + "/" + tenant + "/" + lane + "/" + entry;
  }

  /// Makes those ready whose wait is over.
  void wake(long nowMicros) {
    while (!delayed.isEmpty() && delayed.first().notBeforeMicros() <= nowMicros) {
      Delayed entry = delayed.removeFirst();
      if (entry.job().state() instanceof JobState.Queued queued) {
        add(entry.job(), queued);
      }
    }
  }

  /// When the next delayed one becomes ready; `Long.MAX_VALUE` for never.
  long nextWakeMicros() {
    return delayed.isEmpty() ? Long.MAX_VALUE : delayed.first().notBeforeMicros();
  }

  /// Routes on which something is ready.
  Set<String> routes() {
    return routes.keySet();
  }

  int size(String route) {
    Route queue = routes.get(route);
    return queue == null ? 0 : queue.size;
  }

  /// The job to start next on a route; it stays queued until its change arrives.
  ///
  /// @param taken whether an executor takes jobs with such needs now; asked of strict ones alone
  /// @return its number; -1 when nothing may start now
  long next(String route, Predicate<Needs> taken) {
    Route queue = routes.get(route);
    if (queue == null) {
      return -1;
    }
    for (TenantLine line : queue.waiting) {
      long jobNo = best(line, taken);
      if (jobNo >= 0) {
        return jobNo;
      }
    }
    return -1;
  }

  /// Counts a start for fairness. Called before the job leaves the queue: a tenant that never has
  /// more than one job waiting is charged like any other. Stays charged when the commit fails; the
  /// others gain one start by that.
  void started(Job job) {
    Route queue = routes.get(job.header().placement().route());
    TenantLine line = queue == null ? null : queue.lines.get(job.key().tenant());
    if (queue == null || line == null || !queue.waiting.remove(line)) {
      throw new IllegalStateException("job " + job.jobNo() + " starts and is not ready");
    }
    line.served += 1 / line.weight;
    queue.waiting.add(line);
    queue.servedFloor = Math.max(queue.servedFloor, queue.waiting.first().served);
  }

  /// How many would be handed out before this job on its route, counting only its own tenant.
  int ahead(Job job) {
    Route queue = routes.get(job.header().placement().route());
    TenantLine line = queue == null ? null : queue.lines.get(job.key().tenant());
    if (line == null || !(job.state() instanceof JobState.Queued queued)) {
      return 0;
    }
    Entry own = entry(job, queued);
    int ahead = 0;
    for (TreeSet<Entry> lane : line.byLane.values()) {
      ahead += lane.headSet(own).size();
    }
    return ahead;
  }

  /// Tenants that wait on a route.
  List<String> tenants(String route) {
    Route queue = routes.get(route);
    List<String> tenants = new ArrayList<>();
    if (queue != null) {
      queue.waiting.forEach(line -> tenants.add(line.tenant));
    }
    return tenants;
  }

  private long best(TenantLine line, Predicate<Needs> taken) {
    Entry best = null;
    for (Map.Entry<Lane, TreeSet<Entry>> entries : line.byLane.entrySet()) {
      Lane lane = entries.getKey();
      Entry first = entries.getValue().first();
      boolean better = best == null || first.compareTo(best) < 0;
      boolean fits = better && (!lane.needs().areStrict() || taken.test(lane.needs()));
      if (fits && !running.blocked(line.tenant, lane.group(), lane.runningMax()).isBlocked()) {
        best = first;
      }
    }
    return best == null ? -1 : best.jobNo();
  }

  private void add(Job job, JobState.Queued queued) {
    Route queue = routes.computeIfAbsent(job.header().placement().route(), _ -> new Route());
    String tenant = job.key().tenant();
    TenantLine line =
        queue.lines.computeIfAbsent(
            tenant, _ -> new TenantLine(tenant, limits.ofTenant(tenant).weight()));
    if (line.size == 0) {
      line.served = Math.max(line.served, queue.servedFloor);
      queue.waiting.add(line);
    }
    boolean added =
        line.byLane.computeIfAbsent(Lane.of(job), _ -> new TreeSet<>()).add(entry(job, queued));
    if (added) {
      line.size++;
      queue.size++;
    }
  }

  private void remove(Job job, JobState.Queued queued) {
    String route = job.header().placement().route();
    Route queue = routes.get(route);
    TenantLine line = queue == null ? null : queue.lines.get(job.key().tenant());
    if (queue == null || line == null) {
      return;
    }
    TreeSet<Entry> lane = line.byLane.get(Lane.of(job));
    if (lane == null || !lane.remove(entry(job, queued))) {
      return;
    }
    line.size--;
    queue.size--;
    if (lane.isEmpty()) {
      line.byLane.remove(Lane.of(job));
    }
    if (line.size == 0) {
      queue.waiting.remove(line);
      forgetIdle(queue);
    }
    if (queue.size == 0) {
      routes.remove(route);
    }
  }

  /// A tenant that waits for nothing is remembered until the others got as much as it did; looked
  /// at only now and then.
  private static void forgetIdle(Route queue) {
    if (queue.lines.size() > 2 * queue.waiting.size() + IDLE_LINES_MAX) {
      queue.lines.values().removeIf(line -> line.size == 0 && line.served <= queue.servedFloor);
    }
  }

  private Entry entry(Job job, JobState.Queued queued) {
    long bonus = job.header().placement().priority() * agingMicrosPerPoint;
    return new Entry(queued.sinceMicros() - bonus, job.jobNo());
  }
}
