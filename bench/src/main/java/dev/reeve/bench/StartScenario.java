package dev.reeve.bench;

import dev.reeve.testing.RepositoryRoot;
import dev.reeve.testing.TempDirs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// From typing `reeve up` to its ready line, in milliseconds: with the start-up cache and without,
/// on a new data folder and on one with data. Median of several starts.
final class StartScenario implements Scenario {
  private static final int STARTS = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Report report) throws Exception {
    report.add(Figure.of("start.java", median(StartScenario::java), "ms"));
    double limit = median(StartScenario::java);
    Path used = TempDirs.create("bench-start");
    try {
      double _ = up(used, Map.of());
      report.add(Figure.of("start.used", median(() -> up(used, Map.of())), "ms").withLimit(limit));
    } finally {
      TempDirs.delete(used);
    }
    report.add(Figure.of("start.new", median(() -> fresh(Map.of())), "ms").withLimit(limit));
    report.add(
        Figure.of("start.new.no_cache", median(() -> fresh(Map.of("REEVE_AOT", "off"))), "ms")
            .withLimit(limit));
  }

  /// One start.
  private interface Start {
    double millis() throws IOException, InterruptedException;
  }

  private static double median(Start start) throws IOException, InterruptedException {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      millis[i] = start.millis();
    }
    Arrays.sort(millis);
    return millis[STARTS / 2];
  }

  private static double fresh(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path data = TempDirs.create("bench-start");
    try {
      return up(data, environment);
    } finally {
      TempDirs.delete(data);
    }
  }

  private static double up(Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    String reeve = RepositoryRoot.path().resolve("reeve").toString();
    ProcessBuilder builder =
        new ProcessBuilder(reeve, "up", "--data", data.resolve("data").toString(), "--port", "0");
    builder.environment().putAll(environment);
    builder.environment().put("REEVE_BUILD", "off");
    return untilFirstLine(builder);
  }

  /// The limit: a JVM that prints its version.
  private static double java() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return untilFirstLine(new ProcessBuilder(List.of(java, "--version")));
  }

  private static double untilFirstLine(ProcessBuilder builder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      if (out.readLine() == null) {
        throw new IllegalStateException(builder.command() + ": ended before it was ready");
      }
      return (System.nanoTime() - start) / 1e6;
    } finally {
      process.destroy();
      int _ = process.waitFor();
    }
  }
}
