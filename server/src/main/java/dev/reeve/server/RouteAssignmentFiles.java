package dev.reeve.server;

import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.gateway.beamline.worker.KeptAssignments;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Assignments of the last hour that followed decisions, in `DATA/routed/TIME.assigned.jsonl`. They
/// outlive this process; what an end of the machine takes only means that the router learns less.
final class RouteAssignmentFiles implements KeptAssignments, AutoCloseable {
  private final HourlyLines lines;

  RouteAssignmentFiles(Path data, InstantSource clock) {
    Path folder = data.resolve("routed");
    lines =
        new HourlyLines(
            "assigned", folder, ".assigned.jsonl", HourlyLines.Surety.WITH_SYSTEM, clock);
  }

  @Override
  public List<Kept> read() {
    Map<String, Kept> all = new LinkedHashMap<>();
    lines.read(line -> take(line, all));
    return List.copyOf(all.values());
  }

  private void take(CanonicalObject line, Map<String, Kept> all) {
    String id = line.text("assignment");
    if (line.has("sequence")) {
      long sequence = line.number("sequence");
      all.computeIfPresent(id, (_, kept) -> kept.endedBy(sequence));
    } else if (lines.isRecent(line.number("at"))) {
      all.putIfAbsent(
          id,
          new Kept(
              id,
              line.text("request"),
              line.text("tenant"),
              line.text("provider"),
              line.text("task"),
              line.text("policy"),
              line.number("version"),
              line.textOr("user", ""),
              line.textOr("key", ""),
              line.number("at"),
              line.number("deadline"),
              0));
    }
  }

  @Override
  public void keep(Kept kept) {
    CompletableFuture<Boolean> _ =
        lines.add(
            new CanonicalWriter(512)
                .beginObject()
                .member("assignment", kept.assignmentId())
                .member("at", kept.atMs())
                .member("deadline", kept.deadlineMs())
                .memberUnlessEmpty("key", kept.key())
                .member("policy", kept.policyId())
                .member("provider", kept.providerId())
                .member("request", kept.requestId())
                .member("task", kept.taskType())
                .member("tenant", kept.tenantId())
                .memberUnlessEmpty("user", kept.user())
                .member("version", kept.policyVersion())
                .endObject());
  }

  @Override
  public void ended(String assignmentId, long sequence) {
    CompletableFuture<Boolean> _ =
        lines.add(
            new CanonicalWriter(128)
                .beginObject()
                .member("assignment", assignmentId)
                .member("sequence", sequence)
                .endObject());
  }

  @Override
  public void close() {
    lines.close();
  }
}
