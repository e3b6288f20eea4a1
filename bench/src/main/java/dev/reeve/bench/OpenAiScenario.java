package dev.reeve.bench;

import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What `/v1/chat/completions` adds to a call of a model, 16 callers at once: beside the same calls
/// to the model server itself, through a process that hands bytes on unread ([PassThrough]), and
/// through LiteLLM's proxy, turn by turn. The model takes 50 ms on average, each time another time:
/// callers of a model that always takes as long fall into step with one another.
final class OpenAiScenario implements Scenario {
  private static final Duration MODEL_TIME = Duration.ofMillis(50);
  private static final ModelFault.Slow ANY_TIME =
      new ModelFault.Slow(Duration.ofMillis(25), Duration.ofMillis(75));
  private static final int CALLERS = 16;
  private static final double WARM_UP_SECONDS = 2;
  private static final double COMPILING_CORES_MAX = 0.05;
  private static final double RESTING_CORES_MAX = 0.01;
  // Some 5,000 calls: the first ones of 16 connections are no hundredth of them.
  private static final double ROUND_SECONDS = 15;
  private static final double SHORT_ROUND_SECONDS = 5;
  private static final int ROUNDS = 3;
  private static final String WORDS =
      "A control plane decides what may run, watches it, and keeps a record that anyone can check.";
  private static final String POLICY =
      """
      version: "1"
      default_decision: deny
      rules:
        - {id: chat, match: {topics: ["job.model.*"]}, decision: allow}
      """;

  /// Who is called.
  private record Sides(
      ModelCalls direct, ModelCalls ours, ModelCalls limit, Optional<ModelCalls> theirs) {}

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = TempDirs.create("bench-openai");
    try (FakeModelServer model = FakeModelServer.start();
        ChildServer limit = PassThrough.start(model.port())) {
      model.say(WORDS);
      Optional<LiteLlmPeer> peer =
          report.wants(name() + ".peer") ? LiteLlmPeer.start(model.baseUrl()) : Optional.empty();
      try {
        for (String mode : new String[] {"durable", "counted"}) {
          if (report.wants(name() + "." + mode)) {
            measure(report, name() + "." + mode, mode, folder, model, limit, peer);
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
      ChildServer limit,
      Optional<LiteLlmPeer> peer)
      throws Exception {
    try (Server server = server(mode, name, folder, model)) {
      Machine machine = new Machine();
      String direct = "127.0.0.1:" + model.port();
      Sides whole =
          new Sides(
              new ModelCalls(direct),
              new ModelCalls(server.http()),
              new ModelCalls(limit.address()),
              peer.map(started -> new ModelCalls(started.address())));
      Sides streams =
          new Sides(
              new ModelCalls(direct, true),
              new ModelCalls(server.http(), true),
              new ModelCalls(limit.address(), true),
              Optional.empty());
      // Without a wait, so that code is compiled sooner.
      model.failAlways(null);
      warmUp(server, whole, COMPILING_CORES_MAX);
      warmUp(server, streams, COMPILING_CORES_MAX);
      model.failAlways(ANY_TIME);
      warmUp(server, whole, RESTING_CORES_MAX);
      AddedTimes spread = new AddedTimes();
      double cpu = rounds(server, whole, ROUND_SECONDS, MODEL_TIME, spread);
      spread.reportWhole(report, name);
      report.add(Figure.of(name + ".cpu_server", cpu, "us"));
      model.failAlways(new ModelFault.Slow(MODEL_TIME));
      AddedTimes burst = new AddedTimes();
      double _ = rounds(server, whole, SHORT_ROUND_SECONDS, Duration.ZERO, burst);
      burst.reportWhole(report, name + ".burst");
      model.failAlways(ANY_TIME);
      AddedTimes pieces = new AddedTimes();
      double streaming = rounds(server, streams, SHORT_ROUND_SECONDS, MODEL_TIME, pieces);
      pieces.reportStreams(report, name + ".stream");
      report.add(Figure.of(name + ".stream.cpu_server", streaming, "us"));
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    }
  }

  private static Server server(String mode, String name, Path folder, FakeModelServer model)
      throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("reeve.yaml"),
            "providers: [{id: local, kind: openai, base_url: \"%s\", models: [m]}]%n"
                .formatted(model.baseUrl()));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    return Server.start(
        Map.of("REEVE_AUDIT_CHECKS", mode),
        name,
        "--http-port",
        "0",
        "--config",
        config.toString(),
        "--policy",
        policy.toString());
  }

  private static void warmUp(Server server, Sides sides, double coresMax)
      throws InterruptedException {
    WarmUp.untilCompilersRest(
        server,
        coresMax,
        () -> {
          ModelCalls.Times _ = sides.ours().run(CALLERS, WARM_UP_SECONDS, Duration.ZERO);
        });
    ModelCalls.Times _ = sides.limit().run(CALLERS, WARM_UP_SECONDS, Duration.ZERO);
    if (sides.theirs().isPresent()) {
      ModelCalls.Times _ = sides.theirs().get().run(CALLERS, WARM_UP_SECONDS, Duration.ZERO);
    }
  }

  /// Takes turns.
  ///
  /// @return processor time of the server for a call, in microseconds
  private static double rounds(
      Server server, Sides sides, double roundSeconds, Duration spread, AddedTimes into)
      throws InterruptedException {
    double seconds = 0;
    double calls = 0;
    for (int i = 0; i < ROUNDS; i++) {
      ModelCalls.Times direct = sides.direct().run(CALLERS, roundSeconds, spread);
      double before = server.cpuSeconds();
      ModelCalls.Times ours = sides.ours().run(CALLERS, roundSeconds, spread);
      seconds += server.cpuSeconds() - before;
      calls += ours.count();
      ModelCalls.Times limit = sides.limit().run(CALLERS, roundSeconds, spread);
      Optional<ModelCalls.Times> theirs =
          sides.theirs().isPresent()
              ? Optional.of(sides.theirs().get().run(CALLERS, roundSeconds, spread))
              : Optional.empty();
      into.add(new AddedTimes.Round(direct, ours, limit, theirs));
    }
    return seconds * 1e6 / calls;
  }
}
