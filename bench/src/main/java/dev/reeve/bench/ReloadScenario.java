package dev.reeve.bench;

import dev.reeve.testing.TempDirs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Decisions per second while the policy changes each second, every one compared with what the
/// policy that it names says offline; and how soon a changed file decides.
final class ReloadScenario implements Scenario {
  private static final int CHANGES = 30;
  private static final int WARM_UP_CHANGES = 5;
  private static final int IN_FLIGHT = 32;

  @Override
  public String name() {
    return "reload";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = TempDirs.create("bench-reload");
    Path file = folder.resolve("policy.yaml");
    try {
      measure(report, file);
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static void measure(Report report, Path file) throws Exception {
    ReloadRun run = new ReloadRun(file);
    try (Server server =
        Server.start(
            Map.of("REEVE_AUDIT_CHECKS", "counted"), "reload", "--policy", file.toString())) {
      ReloadRun.Result _ = run.run(server.address(), 8, WARM_UP_CHANGES, IN_FLIGHT);
      double empty = Limits.emptyCalls(server.address(), IN_FLIGHT);
      Machine machine = new Machine();
      ReloadRun.Result result = run.run(server.address(), 1, CHANGES, IN_FLIGHT);
      report.add(Figure.of("reload.others", machine.coresOfOthers(), "cores"));
      report.add(Figure.of("reload.checks", result.checksPerSecond(), "checks/s").withLimit(empty));
      report.add(Figure.of("reload.compared", (double) result.checks(), "checks"));
      report.add(Figure.of("reload.jobs", (double) result.jobs(), "jobs"));
      List<Double> sorted = result.changeMillis().stream().sorted().toList();
      report.add(Figure.of("reload.change.p50", sorted.get(sorted.size() / 2), "ms"));
      // Of 30 changes this is the slowest.
      report.add(Figure.of("reload.change.p99", sorted.getLast(), "ms"));
    }
  }
}
