package dev.reeve.cli.worker;

import dev.reeve.base.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a worker is and how it runs.
///
/// @param workerId stays the same through reconnects; no other worker may have it
/// @param topics what it serves, at least one, each spelt out
/// @param command given to `sh -c` for each job
/// @param concurrency most runs at once, 1 to 1000
/// @param timeout longest run; empty: only the server's limits
/// @param stopGrace how long runs may go on after the worker was told to stop
/// @param killGrace how long a run that must end may take before it is killed
/// @param capabilities what it offers to jobs that require something
/// @param labels matched by placement labels of jobs
/// @param version of the program, for people
/// @param environment variables that the command inherits
public record WorkerSettings(
    String workerId,
    List<String> topics,
    String command,
    int concurrency,
    Optional<Duration> timeout,
    Duration stopGrace,
    Duration killGrace,
    List<String> capabilities,
    Map<String, String> labels,
    String version,
    Map<String, String> environment) {
  /// Most runs at once that a worker may be set to.
  public static final int CONCURRENCY_MAX = 1_000;

  public WorkerSettings {
    Check.argument(!topics.isEmpty(), "topics: none (expected: at least one)");
    Check.argument(
        concurrency >= 1 && concurrency <= CONCURRENCY_MAX,
        "concurrency: %s (expected: 1 to %s)",
        concurrency,
        CONCURRENCY_MAX);
    topics = List.copyOf(topics);
    capabilities = List.copyOf(capabilities);
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
  }
}
