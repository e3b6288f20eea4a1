package dev.reeve.service.quantum;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.job.Job;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.distributed.Shard;
import dev.reeve.quantum.distributed.ShardNode;
import dev.reeve.quantum.distributed.ShardRecord;
import dev.reeve.quantum.distributed.ShardedRun;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.service.DistributedSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A quantum job whose shots are split over the processors of this server and its nodes: runs the
/// shards, and tells how they were split, who ran which, and how they were merged. For one attempt
/// of one job.
final class ShardedJob implements HybridRunner.LastRun {
  /// Of the manifest, by the contract of distributed jobs.
  private static final String CONTRACT_VERSION = "3.1.0";

  private static final long MICROS_PER_MS = 1_000;

  private final CircuitSimulator simulator;
  private final DistributedSettings settings;
  private final ShardHelpers helpers;
  private final ShardCounts counts;
  private final Job job;
  private final String target;
  private final SortedMap<String, String> facts = new TreeMap<>();

  /// @param helpers run shards elsewhere
  /// @param counts hears what became of the shards
  /// @param target the device as the job named it
  ShardedJob(
      CircuitSimulator simulator,
      DistributedSettings settings,
      ShardHelpers helpers,
      ShardCounts counts,
      Job job,
      String target) {
    this.simulator = simulator;
    this.settings = settings;
    this.helpers = helpers;
    this.counts = counts;
    this.job = job;
    this.target = target;
  }

  @Override
  public SimulationResult run(
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    String jobId = job.key().jobId();
    List<Shard> plan = Shard.split(jobId, options.shots(), options.seed(), settings.shards());
    ShardedRun run =
        new ShardedRun(simulator, simulator.workers(), plan, settings.policy(), target);
    PortableRun.Form form = PortableRun.of(circuit, choice, run.ofShards(options), cancel);
    List<ShardNode> nodes =
        form.run().map(portable -> helpers.of(jobId, portable)).orElse(List.of());
    ShardedRun.Outcome outcome;
    try {
      outcome = run.run(circuit, choice, options, nodes, cancel, listener);
    } catch (ProblemException e) {
      if (e.problem().kind() != ProblemKind.CANCELLED) {
        counts.notMerged();
      }
      throw e;
    }
    counts.merged(outcome.records(), target);
    facts.put("distributed.merge_policy", settings.policy().word());
    facts.put("distributed.merge_reason", outcome.merged().reason().word());
    facts.put("distributed.merged_shards", Integer.toString(outcome.merged().merged()));
    facts.put("distributed.split_plan", manifest(outcome.records()));
    if (!form.trouble().isEmpty()) {
      facts.put("distributed.stayed_here", form.trouble());
    }
    return outcome.merged().result().orElseThrow();
  }

  /// How the last run was split and merged, by name.
  SortedMap<String, String> facts() {
    return facts;
  }

  private String manifest(List<ShardRecord> records) {
    CanonicalWriter out =
        new CanonicalWriter(1_024)
            .beginObject()
            .member("created_at_ms", job.header().createdAtMicros() / MICROS_PER_MS)
            .member("parent_job_id", job.key().jobId())
            .member("scheduler_decision_version", "reeve/" + job.verdict().snapshot())
            .key("shard_plans")
            .beginArray();
    for (ShardRecord record : records) {
      Shard shard = record.last().shard();
      out.beginObject()
          .member("attempt", record.last().attempt())
          .member("backend_id", record.last().runner())
          .member("lease_timeout_ms", 0)
          .member("lineage_ref", job.key().jobId() + "/attempt-" + job.attempts());
      if (!record.losses().isEmpty()) {
        losses(record, out);
      }
      out.member("resource_profile", "cpu")
          .member("seed", Long.toString(shard.seed()))
          .member("shard_id", shard.id())
          .member("shots", shard.shots())
          .member("task_ids", List.of(shard.id()))
          .endObject();
    }
    return out.endArray()
        .member("trace_id", job.header().origin().traceId())
        .member("version", CONTRACT_VERSION)
        .endObject()
        .toBytes()
        .utf8();
  }

  private static void losses(ShardRecord record, CanonicalWriter out) {
    out.key("lost").beginArray();
    for (ShardRecord.Loss loss : record.losses()) {
      out.beginObject()
          .member("attempt", loss.turn().attempt())
          .member("backend_id", loss.turn().runner())
          .member("reason", loss.reason())
          .endObject();
    }
    out.endArray();
  }
}
