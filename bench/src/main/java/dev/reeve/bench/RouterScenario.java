package dev.reeve.bench;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.NatsBus;
import dev.reeve.bus.NatsSettings;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.testing.NatsServer;
import dev.reeve.testing.TempDirs;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `Router.Decide` of a server, over gRPC and over a real NATS broker, among 100 providers:
/// decisions a second with 256 asked for at once, and how long one takes at 5,000 a second. Client,
/// broker and server share the machine.
final class RouterScenario implements Scenario {
  private static final int PROVIDERS = 100;
  private static final int CONNECTIONS = 4;
  private static final int WINDOW = 256;
  private static final int WARM_UP_CALLS = 300_000;
  private static final int WARM_UP_SECONDS_MAX = 30;
  private static final int ROUNDS = 5;
  private static final double ROUND_SECONDS = 2;
  private static final int RATE = 5_000;
  private static final double RATE_SECONDS = 5;
  private static final int CONNECT_TRIES_MAX = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String REQUEST =
      "{\"message\":{\"message_id\":\"m\",\"tenant_id\":\"acme\",\"message_type\":\"chat\","
          + "\"payload\":\"{\\\"text\\\": \\\"Hello, world!\\\"}\",\"metadata\":{\"source\":"
          + "\"gateway\"}},\"policy_id\":\"p\",\"context\":{\"user_id\":\"u1\"}}";

  /// Begins a call; one of the two hears of its end.
  private interface Call {
    void begin(Runnable answered, Consumer<Throwable> failed);
  }

  @Override
  public String name() {
    return "router";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = TempDirs.create("bench-router");
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(policies.resolve("p.json"), policy());
    try {
      for (String mode : List.of("counted", "durable")) {
        grpc(report, name() + ".grpc." + mode, settings(policies, mode));
      }
      nats(report, name() + ".nats.counted", settings(policies, "counted"));
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static Map<String, String> settings(Path policies, String mode) {
    return Map.of("REEVE_AUDIT_CHECKS", mode, "REEVE_ROUTING_POLICIES", policies.toString());
  }

  private static String policy() {
    StringJoiner providers = new StringJoiner(",");
    for (int i = 0; i < PROVIDERS; i++) {
      providers.add("{\"name\":\"provider:" + i + "\",\"weight\":" + (i % 10 + 1) + "}");
    }
    return "{\"version\":\"1.0\",\"providers\":[" + providers + "]}";
  }

  private static void grpc(Report report, String name, Map<String, String> settings)
      throws Exception {
    if (!report.wants(name)) {
      return;
    }
    try (Server server = Server.start(Server.Kind.SQLITE, settings, name);
        Client client = new Client(server.address())) {
      List<RouterGrpc.RouterStub> stubs =
          Stream.generate(client::router).limit(CONNECTIONS).toList();
      RouteRequest request = request();
      AtomicInteger turn = new AtomicInteger();
      measure(
          report,
          name,
          (answered, failed) ->
              stubs
                  .get((turn.getAndIncrement() & Integer.MAX_VALUE) % CONNECTIONS)
                  .decide(request, Calls.<RouteDecision>observer(_ -> answered.run(), failed)));
    }
  }

  private static void nats(Report report, String name, Map<String, String> settings)
      throws Exception {
    if (!report.wants(name)) {
      return;
    }
    try (NatsServer broker = NatsServer.start()) {
      Map<String, String> all = new HashMap<>(settings);
      all.put("REEVE_NATS_URL", broker.uri().toString());
      try (Server server = Server.start(Server.Kind.SQLITE, all, name);
          Bus bus = NatsBus.open(NatsSettings.of(broker.uri()), BusLimits.standard())) {
        report.note(name + " " + server.address());
        awaitBroker(bus);
        BusMessage request = BusMessage.of("beamline.router.v1.decide", Bytes.utf8(REQUEST));
        measure(
            report,
            name,
            (answered, failed) -> {
              CompletableFuture<Boolean> _ =
                  bus.request(request, TIMEOUT)
                      .handle((reply, failure) -> {
                        if (failure == null && reply.bytes().utf8().contains("weighted")) {
                          answered.run();
                        } else {
                          failed.accept(
                              failure == null
                                  ? new IllegalStateException(reply.bytes().utf8())
                                  : failure);
                        }
                        return true;
                      });
            });
      }
    }
  }

  private static void awaitBroker(Bus bus) throws InterruptedException {
    for (int i = 0; i < CONNECT_TRIES_MAX && !bus.health().complaint().isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static RouteRequest request() {
    return RouteRequest.newBuilder()
        .setPolicyId("p")
        .putContext("user_id", "u1")
        .setMessage(
            Message.newBuilder()
                .setMessageId("m")
                .setTenantId("acme")
                .setMessageType("chat")
                .putMetadata("source", "gateway")
                .setPayload(ByteString.copyFromUtf8("{\"text\": \"Hello, world!\"}")))
        .build();
  }

  private static void measure(Report report, String name, Call call) throws InterruptedException {
    Machine machine = new Machine();
    ClosedLoop warmUp = loop(call, new Failure());
    warmUp.widen(WINDOW);
    warmUp.await(WARM_UP_CALLS, WARM_UP_SECONDS_MAX);
    warmUp.stop();
    ClosedLoop loop = loop(call, new Failure());
    loop.widen(WINDOW);
    report.add(Figure.of(name, loop.medianRate(ROUNDS, ROUND_SECONDS), "calls/s"));
    loop.stop();
    Latencies latencies = atRate(call);
    report.add(Figure.of(name + ".p50", latencies.millis(0.5), "ms"));
    report.add(Figure.of(name + ".p95", latencies.millis(0.95), "ms"));
    report.add(Figure.of(name + ".p99", latencies.millis(0.99), "ms"));
    report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
  }

  private static ClosedLoop loop(Call call, Failure failure) {
    ClosedLoop[] loop = new ClosedLoop[1];
    loop[0] = new ClosedLoop(() -> call.begin(() -> loop[0].ended(), failure::is), failure);
    return loop[0];
  }

  private static Latencies atRate(Call call) throws InterruptedException {
    Latencies latencies = new Latencies((int) (RATE * RATE_SECONDS));
    Failure failure = new Failure();
    OpenLoop.run(
        RATE,
        RATE_SECONDS,
        due -> call.begin(() -> latencies.add(System.nanoTime() - due), failure::is));
    failure.check();
    return latencies;
  }
}
