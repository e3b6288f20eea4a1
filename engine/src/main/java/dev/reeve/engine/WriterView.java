package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a caller may see of the writer's own state, inside [LogCommand.Look]. Must not be kept.
public final class WriterView {
  private final LogState state;
  private final Group group;
  private final MonotonicClock clock;

  WriterView(LogState state, Group group, MonotonicClock clock) {
    this.state = state;
    this.group = group;
    this.clock = clock;
  }

  public List<ExecutorView> executors() {
    return state.executors.views();
  }

  /// The rules that the writer knows, and which jobs are older.
  ///
  /// @param generation of the rules
  /// @param belowJobNo jobs with a smaller number were admitted before them
  public record Rules(long generation, long belowJobNo) {}

  /// How the log stands to the rules in force.
  public Rules rules() {
    return new Rules(state.standing.generation(), state.standing.belowJobNo());
  }

  public int unfinished() {
    return state.backlog.total();
  }

  public int unfinished(String tenant) {
    return state.backlog.of(tenant);
  }

  /// Jobs of a route that are ready and wait for an executor.
  public int queued(String route) {
    return state.ready.size(route);
  }

  /// Routes on which jobs are ready and wait for an executor.
  public List<String> waitingRoutes() {
    return List.copyOf(state.ready.routes());
  }

  /// Unfinished jobs that wait for a person, by tenant, oldest first.
  public List<Job> held(String tenant) {
    List<Job> held = new ArrayList<>();
    state
        .table
        .all()
        .filter(job -> job.key().tenant().equals(tenant))
        .filter(job -> job.state() instanceof JobState.AwaitingApproval)
        .sorted((a, b) -> Long.compare(a.jobNo(), b.jobNo()))
        .forEach(held::add);
    return held;
  }

  /// Compares every index with one made anew from the jobs. Takes time with the number of jobs.
  ///
  /// @return what differs, one line each; empty when all is well
  public List<String> audit() {
    return IndexAudit.differences(state, group.unfinished(state.table.unfinished()), clock);
  }

  /// What keeps an unfinished job from running, nearest cause first.
  public Optional<WaitReport> explain(JobKey key) {
    return state.table.find(key).filter(job -> !job.isFinished()).map(this::report);
  }

  private WaitReport report(Job job) {
    String route = job.header().placement().route();
    Running.Blocked blocked =
        state.running.blocked(
            job.key().tenant(), job.header().placement().group(), job.grant().runningMax());
    return new WaitReport(
        job,
        state.generation.holdsBack(),
        state.executors.serving(route),
        state.executors.silent(route),
        state.executors.serves(route, job.header().placement().needs()),
        state.executors.takes(route, job.header().placement().needs()),
        state.ready.ahead(job),
        state.ready.tenants(route).size(),
        blocked.why(),
        blocked.waitNanos() / 1_000);
  }

  /// Why a job waits.
  ///
  /// @param job the job as committed
  /// @param heldBack why no job starts now; empty when jobs may start
  /// @param executors how many serve its route
  /// @param silent how many of these have been silent for longer than their lease
  /// @param fitting whether one of them takes jobs with such needs
  /// @param creditFree whether one of these takes a job now
  /// @param ahead jobs of its tenant that go first
  /// @param tenantsWaiting tenants that share the route now
  /// @param limit the limit that holds it; empty for none
  /// @param limitWaitMicros until that limit may let it go by time alone; 0 when something must end
  public record WaitReport(
      Job job,
      String heldBack,
      int executors,
      int silent,
      boolean fitting,
      boolean creditFree,
      int ahead,
      int tenantsWaiting,
      String limit,
      long limitWaitMicros) {}
}
