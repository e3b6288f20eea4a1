package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.SharedParts;
import java.util.List;

/// All that the writer knows in memory: the committed jobs and what is derived from them. Confined
/// to the writer's thread, except for [JobTable#find].
final class LogState {
  final EngineLimits limits;
  final WriterPorts.Generation generation;
  final JobTable table = new JobTable();
  final DueQueue due = new DueQueue();
  final Dependents dependents = new Dependents();
  final Backlog backlog = new Backlog();
  final Running running;
  final ReadyQueue ready;
  final Executors executors;
  final Standing standing;
  final RateWindows rates = new RateWindows();
  final PayloadCache payloads = new PayloadCache();
  final SharedParts parts = new SharedParts();
  final List<JobIndex> indexes;

  LogState(EngineLimits limits, MonotonicClock monotonic, WriterPorts.Generation generation) {
    this.limits = limits;
    this.generation = generation;
    standing = new Standing(generation);
    running = new Running(limits, monotonic);
    ready = new ReadyQueue(limits, running);
    executors = new Executors(limits, monotonic);
    indexes = List.of(due, dependents, backlog, running, ready, executors);
  }

  /// Takes a job that was read from the store.
  void restore(Job stored) {
    Job job = parts.compact(stored);
    table.put(job);
    for (JobIndex index : indexes) {
      index.changed(null, job);
    }
  }
}
