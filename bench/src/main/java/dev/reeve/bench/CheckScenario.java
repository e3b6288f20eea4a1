package dev.reeve.bench;

import dev.reeve.policy.PolicyInput;
import dev.reeve.testing.TempDirs;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// `SafetyKernel.Check` over gRPC on loopback under 100 rules, with checks counted and with a
/// durable receipt for each. Beside it, turn by turn, the same messages to a handler that does
/// nothing ([EmptyKernel]).
final class CheckScenario implements Scenario {
  private static final int RULES = 100;
  private static final int REQUESTS = 512;
  private static final int CONNECTIONS = 4;
  private static final int WINDOW = 256;
  private static final int QUIET_WINDOW = 1;
  private static final int WARM_UP_CALLS = 3_000_000;
  private static final int WARM_UP_SECONDS_MAX = 60;
  private static final int ROUNDS = 5;
  private static final double SETTLE_SECONDS = 0.5;
  private static final double ROUND_SECONDS = 1.5;
  private static final int LATENCIES = 20_000;
  private static final double LATENCY_SECONDS_MAX = 10;
  private static final double PERCENT_MIN = 80;

  /// Begins a call; one of the two hears of its end.
  private interface Call {
    void begin(Runnable answered, Consumer<Throwable> failed);
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public void run(Report report) throws Exception {
    for (String mode : List.of("counted", "durable")) {
      if (report.wants(name() + "." + mode)) {
        measure(report, name() + "." + mode, mode);
      }
    }
  }

  private static void measure(Report report, String name, String mode) throws Exception {
    Path folder = TempDirs.create("bench-check");
    SamplePolicy sample = new SamplePolicy(RULES);
    Path policy = Files.writeString(folder.resolve("policy.yaml"), sample.yaml());
    Map<String, String> settings =
        Map.of("REEVE_AUDIT_CHECKS", mode, "REEVE_POLICY_FILE", policy.toString());
    try (Server server = Server.start(Server.Kind.SQLITE, settings, name);
        Client client = new Client(server.address());
        ChildServer limit = EmptyKernel.start();
        Client limitClient = new Client(limit.address())) {
      Machine machine = new Machine();
      Call empty = check(limitClient, sample);
      Call check = check(client, sample);
      warmUp(empty);
      warmUp(check);
      rates(report, name, new Sides(limit::cpuSeconds, server::cpuSeconds), empty, check);
      latencies(report, name, empty, check);
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    } finally {
      TempDirs.delete(folder);
    }
  }

  /// Processor time that either server used so far, in seconds.
  private record Sides(DoubleSupplier empty, DoubleSupplier check) {}

  private static void rates(Report report, String name, Sides cpu, Call empty, Call check)
      throws InterruptedException {
    double[] checks = new double[ROUNDS];
    double[] empties = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    double[] checkCpu = new double[ROUNDS];
    double[] emptyCpu = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      Round one = round(cpu.empty(), empty);
      Round other = round(cpu.check(), check);
      empties[i] = one.rate();
      checks[i] = other.rate();
      shares[i] = 100 * other.rate() / one.rate();
      emptyCpu[i] = one.serverMicros();
      checkCpu[i] = other.serverMicros();
    }
    report.add(Figure.of(name, median(checks), "calls/s").withLimit(median(empties)));
    report.add(Figure.of(name + ".share", median(shares), "percent").withLimit(PERCENT_MIN));
    report.add(Figure.of(name + ".cpu_server", median(checkCpu), "us").withLimit(median(emptyCpu)));
  }

  /// @param serverMicros processor time of the server for one call
  private record Round(double rate, double serverMicros) {}

  private static Round round(DoubleSupplier cpuSeconds, Call call) throws InterruptedException {
    var failure = new Failure();
    ClosedLoop loop = loop(call, failure);
    loop.widen(WINDOW);
    double _ = loop.rate(SETTLE_SECONDS);
    double cpuBefore = cpuSeconds.getAsDouble();
    long before = loop.count();
    double rate = loop.rate(ROUND_SECONDS);
    double micros = (cpuSeconds.getAsDouble() - cpuBefore) * 1e6 / (loop.count() - before);
    loop.stop();
    return new Round(rate, micros);
  }

  private static void latencies(Report report, String name, Call empty, Call check)
      throws InterruptedException {
    Latencies limit = latencies(empty);
    Latencies own = latencies(check);
    report.add(Figure.of(name + ".p50", own.millis(0.5), "ms").withLimit(limit.millis(0.5)));
    report.add(Figure.of(name + ".p99", own.millis(0.99), "ms").withLimit(limit.millis(0.99)));
  }

  /// One call at a time.
  private static Latencies latencies(Call call) throws InterruptedException {
    Latencies latencies = new Latencies(LATENCIES);
    var failure = new Failure();
    AtomicBoolean measured = new AtomicBoolean();
    Call timed =
        (answered, failed) -> {
          long begun = System.nanoTime();
          call.begin(
              () -> {
                if (measured.get()) {
                  latencies.add(System.nanoTime() - begun);
                }
                answered.run();
              },
              failed);
        };
    ClosedLoop loop = loop(timed, failure);
    loop.widen(QUIET_WINDOW);
    double _ = loop.rate(SETTLE_SECONDS);
    measured.set(true);
    for (int i = 0; i < LATENCY_SECONDS_MAX && !latencies.isFull(); i++) {
      double _ = loop.rate(1);
    }
    loop.stop();
    return latencies;
  }

  private static void warmUp(Call call) throws InterruptedException {
    ClosedLoop loop = loop(call, new Failure());
    loop.widen(WINDOW);
    loop.await(WARM_UP_CALLS, WARM_UP_SECONDS_MAX);
    loop.stop();
  }

  private static ClosedLoop loop(Call call, Failure failure) {
    ClosedLoop[] loop = new ClosedLoop[1];
    loop[0] = new ClosedLoop(() -> call.begin(() -> loop[0].ended(), failure::is), failure);
    return loop[0];
  }

  /// Over several connections: one has one event loop on either side, which is one core.
  private static Call check(Client client, SamplePolicy sample) {
    List<SafetyKernelGrpc.SafetyKernelStub> stubs =
        Stream.generate(client::kernel).limit(CONNECTIONS).toList();
    List<PolicyCheckRequest> requests = new ArrayList<>();
    sample.requests(REQUESTS).forEach(input -> requests.add(request(input, requests.size())));
    AtomicInteger turn = new AtomicInteger();
    return (answered, failed) -> {
      int number = turn.getAndIncrement() & Integer.MAX_VALUE;
      stubs
          .get(number % CONNECTIONS)
          .check(
              requests.get(number % REQUESTS),
              Calls.<PolicyCheckResponse>observer(_ -> answered.run(), failed));
    };
  }

  private static PolicyCheckRequest request(PolicyInput input, int number) {
    return PolicyCheckRequest.newBuilder()
        .setJobId("job-" + number)
        .setTopic(input.topic())
        .setTenant(input.tenant())
        .setPrincipalId(input.principal())
        .putAllLabels(input.labels())
        .setMeta(
            JobMetadata.newBuilder().setTenantId(input.tenant()).addAllRiskTags(input.riskTags()))
        .build();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
