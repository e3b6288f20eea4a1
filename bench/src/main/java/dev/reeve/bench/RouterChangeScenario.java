package dev.reeve.bench;

import com.google.protobuf.ByteString;
import dev.reeve.testing.TempDirs;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// From the moment a file of the folder of routing policies is written, in place or by a rename,
/// until a decision by it has arrived at a client that asks without a pause. Of a server that has
/// compiled its code.
final class RouterChangeScenario implements Scenario {
  private static final int WARM_UP_CHANGES = 1_000;
  private static final double COMPILING_CORES_MAX = 0.01;
  private static final int CHANGES = 1_000;
  private static final int PROVIDERS = 100;
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final RouteRequest REQUEST =
      RouteRequest.newBuilder()
          .setPolicyId("p")
          .setMessage(
              Message.newBuilder()
                  .setTenantId("acme")
                  .setMessageType("chat")
                  .setPayload(ByteString.copyFromUtf8("{}")))
          .build();

  @Override
  public String name() {
    return "router-change";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = TempDirs.create("bench-router-change");
    Path file = folder.resolve("p.json");
    write(file, 0);
    try (Server server =
        Server.start(
            Server.Kind.SQLITE, Map.of("REEVE_ROUTING_POLICIES", folder.toString()), name())) {
      ManagedChannel channel =
          ManagedChannelBuilder.forTarget(server.address()).usePlaintext().build();
      measure(report, server, file, RouterGrpc.newBlockingStub(channel));
      channel.shutdownNow();
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static void measure(
      Report report, Server server, Path file, RouterGrpc.RouterBlockingStub router)
      throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    WarmUp.untilCompilersRest(
        server,
        COMPILING_CORES_MAX,
        () -> {
          for (int i = 0; i < WARM_UP_CHANGES; i++) {
            double _ = change(file, number.incrementAndGet(), router);
          }
        });
    Machine machine = new Machine();
    List<Double> millis =
        Stream.generate(() -> change(file, number.incrementAndGet(), router))
            .limit(CHANGES)
            .sorted()
            .toList();
    report.add(Figure.of("router-change.p50", millis.get(CHANGES / 2), "ms"));
    report.add(Figure.of("router-change.p95", millis.get(CHANGES * 95 / 100), "ms"));
    report.add(Figure.of("router-change.p99", millis.get(CHANGES * 99 / 100), "ms"));
    report.add(Figure.of("router-change.slowest", millis.getLast(), "ms"));
    report.add(Figure.of("router-change.others", machine.coresOfOthers(), "cores"));
  }

  private static double change(Path file, int number, RouterGrpc.RouterBlockingStub router) {
    try {
      long start = System.nanoTime();
      write(file, number);
      while (!router.decide(REQUEST).getProviderId().equals(provider(number))) {
        if (System.nanoTime() - start > WAIT_NANOS) {
          throw new IllegalStateException("change " + number + " was not taken in 10 s");
        }
      }
      return (System.nanoTime() - start) / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Even ones in place, odd ones by a rename.
  private static void write(Path file, int number) throws IOException {
    String text =
        "{\"version\":\"1.0\",\"providers\":[{\"name\":\""
            + provider(number)
            + "\",\"weight\":1}]}";
    if (number % 2 == 0) {
      Files.writeString(file, text);
    } else {
      Files.move(
          Files.writeString(file.resolveSibling("p.json.new"), text),
          file,
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Each another one than the last, of so many as an operator has.
  private static String provider(int number) {
    return "provider:" + number % PROVIDERS;
  }
}
