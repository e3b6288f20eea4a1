package dev.reeve.bench;

import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import dev.reeve.testing.TempDirs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What `/v1/chat/completions` adds to a call of a model, 16 callers at once: beside the same calls
/// to the model server itself and through LiteLLM's proxy, turn by turn. The model takes 50 ms.
final class OpenAiScenario implements Scenario {
  private static final Duration MODEL_TIME = Duration.ofMillis(50);
  private static final int CALLERS = 16;
  private static final int CALLS_MAX = 100_000;
  private static final int WARM_UP_CALLS = 60_000;
  private static final double WARM_UP_SECONDS = 2;
  private static final int WARM_UP_ROUNDS_MAX = 30;
  private static final double PEER_WARM_UP_SECONDS = 5;
  private static final double ROUND_SECONDS = 5;
  private static final int ROUNDS = 3;
  private static final String WORDS =
      "A control plane decides what may run, watches it, and keeps a record that anyone can check.";

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = TempDirs.create("bench-openai");
    try (FakeModelServer model = FakeModelServer.start()) {
      model.say(WORDS);
      Optional<LiteLlmPeer> peer =
          report.wants(name() + ".peer") ? LiteLlmPeer.start(model.baseUrl()) : Optional.empty();
      try {
        for (String mode : new String[] {"durable", "counted"}) {
          if (report.wants(name() + "." + mode)) {
            measure(report, name() + "." + mode, mode, folder, model, peer);
          }
        }
      } finally {
        peer.ifPresent(LiteLlmPeer::close);
      }
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static void measure(
      Report report,
      String name,
      String mode,
      Path folder,
      FakeModelServer model,
      Optional<LiteLlmPeer> peer)
      throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("reeve.yaml"),
            "providers: [{id: local, kind: openai, base_url: \"%s\", models: [m]}]%n"
                .formatted(model.baseUrl()));
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            version: "1"
            default_decision: deny
            rules:
              - {id: chat, match: {topics: ["job.model.*"]}, decision: allow}
            """);
    try (Server server =
        Server.start(
            Map.of("REEVE_AUDIT_CHECKS", mode),
            name,
            "--http-port",
            "0",
            "--config",
            config.toString(),
            "--policy",
            policy.toString())) {
      Machine machine = new Machine();
      ModelCalls direct = new ModelCalls("127.0.0.1:" + model.port());
      ModelCalls ours = new ModelCalls(server.http());
      Optional<ModelCalls> theirs = peer.map(started -> new ModelCalls(started.address()));
      // Without a wait, so that code is compiled sooner.
      model.failAlways(null);
      long warm = 0;
      for (int i = 0; i < WARM_UP_ROUNDS_MAX && warm < WARM_UP_CALLS; i++) {
        warm += ours.run(CALLERS, WARM_UP_SECONDS, CALLS_MAX).count();
      }
      if (theirs.isPresent()) {
        Latencies _ = theirs.get().run(CALLERS, PEER_WARM_UP_SECONDS, CALLS_MAX);
      }
      model.failAlways(new ModelFault.Slow(MODEL_TIME));
      double cpuBefore = server.cpuSeconds();
      double calls = 0;
      AddedTimes rounds = new AddedTimes();
      for (int i = 0; i < ROUNDS; i++) {
        Latencies own = ours.run(CALLERS, ROUND_SECONDS, CALLS_MAX);
        calls += own.count();
        rounds.add(
            direct.run(CALLERS, ROUND_SECONDS, CALLS_MAX),
            own,
            theirs.isPresent()
                ? Optional.of(theirs.get().run(CALLERS, ROUND_SECONDS, CALLS_MAX))
                : Optional.empty());
      }
      rounds.report(report, name);
      report.add(
          Figure.of(name + ".cpu_server", (server.cpuSeconds() - cpuBefore) * 1e6 / calls, "us"));
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    }
  }
}
