package dev.reeve.gateway;

import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.engine.WriterMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What the server counts, for [MetricsPage]: calls by method and code, calls in progress, and the
/// writer. Every label comes from a fixed set.
final class ServerMetrics implements MultiCollector {
  private final CallMetrics calls;
  private final LimitsStation limits;
  private final Writer writer;
  private final GovernanceStation governance;

  ServerMetrics(
      CallMetrics calls, LimitsStation limits, Writer writer, GovernanceStation governance) {
    this.calls = calls;
    this.limits = limits;
    this.writer = writer;
    this.governance = governance;
  }

  @Override
  public MetricSnapshots collect() {
    WriterMetrics counts = writer.metrics();
    double commitSeconds = (double) counts.commitNanos.sum() / TimeUnit.SECONDS.toNanos(1);
    return MetricSnapshots.of(
        callsByCode(),
        gauge("reeve_calls_in_progress", "Calls past the door.", limits.inProgress()),
        counter("reeve_commits", "Groups committed.", counts.commits),
        counter("reeve_commits_failed", "Commits that failed.", counts.failedCommits),
        counter("reeve_commands", "Commands decided.", counts.commands),
        counter("reeve_commands_refused_busy", "Commands over the bound.", counts.refusedBusy),
        counter("reeve_jobs_admitted", "Jobs admitted.", counts.jobsAdmitted),
        counter("reeve_jobs_finished", "Jobs finished.", counts.jobsFinished),
        counter("reeve_dispatches", "Attempts handed to executors.", counts.dispatches),
        counter("reeve_receipts", "Leaves written.", counts.receipts),
        counter("reeve_commit_seconds", "Time spent in commits.", commitSeconds),
        gauge("reeve_commands_waiting", "Commands that wait for the writer.", writer.waiting()),
        gauge(
            "reeve_governance_stands",
            "1 while the root of governance and the heartbeat stand.",
            governance.stands() ? 1 : 0),
        gauge(
            "reeve_posture",
            "0 lets all pass, 1 reads alone, 2 nothing.",
            governance.postureLevel()),
        gauge("reeve_writer_writing", "1 while commands are committed.", isWriting() ? 1 : 0));
  }

  private boolean isWriting() {
    return writer.health().state() == WriterHealth.State.WRITING;
  }

  private CounterSnapshot callsByCode() {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder().name("reeve_calls").help("Calls ended, by method and status.");
    for (Map.Entry<CallMetrics.Key, Long> entry : calls.snapshot().entrySet()) {
      CallMetrics.Key key = entry.getKey();
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("code", key.code().name(), "method", key.method()))
              .value(entry.getValue())
              .build());
    }
    return snapshot.build();
  }

  private static CounterSnapshot counter(String name, String help, LongAdder count) {
    return counter(name, help, (double) count.sum());
  }

  private static CounterSnapshot counter(String name, String help, double value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }
}
