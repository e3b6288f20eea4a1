package dev.reeve.server;

import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.gateway.beamline.BeamlineProblems;
import dev.reeve.gateway.beamline.KeptDecisions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Decisions of the last hour whose work was given away, in `DATA/routed/TIME.jsonl`.
final class RouteDecisionFiles implements KeptDecisions, AutoCloseable {
  private final HourlyLines lines;

  RouteDecisionFiles(Path data, InstantSource clock) {
    Path folder = data.resolve("routed");
    lines = new HourlyLines("routed", folder, ".jsonl", HourlyLines.Surety.ON_DISK, clock);
  }

  @Override
  public List<Kept> read() {
    Map<String, Kept> all = new LinkedHashMap<>();
    lines.read(line -> take(line, all));
    return List.copyOf(all.values());
  }

  private void take(CanonicalObject line, Map<String, Kept> all) {
    String name = line.text("name");
    if (line.has("assignment")) {
      all.computeIfPresent(name, (_, kept) -> given(kept, line.text("assignment")));
    } else if (lines.isRecent(line.number("at"))) {
      all.remove(name);
      all.put(
          name,
          new Kept(
              name,
              line.bytes("key"),
              line.bytes("task"),
              line.bytes("decision"),
              "",
              line.number("at")));
    }
  }

  private static Kept given(Kept kept, String assignmentId) {
    return new Kept(
        kept.name(), kept.key(), kept.task(), kept.decision(), assignmentId, kept.atMs());
  }

  @Override
  public CompletableFuture<Boolean> keep(Kept kept) {
    return lines
        .add(
            new CanonicalWriter(1_024)
                .beginObject()
                .member("at", kept.atMs())
                .member("decision", kept.decision())
                .member("key", kept.key())
                .member("name", kept.name())
                .member("task", kept.task())
                .endObject())
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(notKept(String.valueOf(failure))));
  }

  @Override
  public void given(String name, String assignmentId) {
    CompletableFuture<Boolean> _ =
        lines.add(
            new CanonicalWriter(256)
                .beginObject()
                .member("assignment", assignmentId)
                .member("name", name)
                .endObject());
  }

  private static RuntimeException notKept(String detail) {
    return BeamlineProblems.DECISION_NOT_KEPT
        .because("the decision could not be written down (expected: a disk that takes it)")
        .withDetail(detail)
        .withRetryAfter(Duration.ofSeconds(1))
        .toException();
  }

  @Override
  public void close() {
    lines.close();
  }
}
