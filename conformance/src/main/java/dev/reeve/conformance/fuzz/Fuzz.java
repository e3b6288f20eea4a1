package dev.reeve.conformance.fuzz;

import dev.reeve.testing.Await;
import dev.reeve.testing.ReadyLine;
import io.grpc.MethodDescriptor.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/// Sends drawn calls to a server and counts how they end. For one thread.
public final class Fuzz implements AutoCloseable {
  private static final int IN_FLIGHT = 24;
  private static final String GOVERNANCE = "reeve.v1.GovernanceService/";

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GrpcSender grpc;
  private final HttpSender http;
  private final List<FuzzMethod> methods;
  private final long seed;
  private final FuzzTally tally = new FuzzTally();
  private long next;

  /// @param server where it listens
  public Fuzz(ReadyLine server, long seed) {
    grpc = new GrpcSender(server.grpc(), timer);
    http = new HttpSender(server.http());
    methods = FuzzMethods.of(grpc.channel());
    this.seed = seed;
  }

  /// How many methods there are.
  public int methods() {
    return methods.size();
  }

  /// Sends so many further ones, and waits for their ends.
  public FuzzTally send(long count) {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (long end = next + count; next < end; next++) {
      FuzzCase fuzz = FuzzCase.of(seed, next, methods);
      inFlight.acquireUninterruptibly();
      CompletableFuture<Void> _ =
          (fuzz.json() ? http.send(fuzz) : grpc.send(fuzz))
              .thenAccept(outcome -> tally.add(fuzz, outcome))
              .whenComplete((_, _) -> inFlight.release());
      if (fuzz.name().equals(GOVERNANCE + "SetPosture")) {
        inFlight.acquireUninterruptibly(IN_FLIGHT);
        unlock();
        inFlight.release(IN_FLIGHT);
      }
    }
    inFlight.acquireUninterruptibly(IN_FLIGHT);
    return tally;
  }

  /// A drawn message may well ask for a posture that refuses all others.
  private void unlock() {
    own(GOVERNANCE + "UnlockPosture", "{\"reason\":\"fuzz\"}");
    own(GOVERNANCE + "SetPosture", "{\"posture\":\"POSTURE_NORMAL\",\"reason\":\"fuzz\"}");
  }

  private void own(String name, String json) {
    FuzzMethod method =
        methods.stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
    Outcome outcome =
        http.send(
                new FuzzCase(
                    -1,
                    method,
                    name,
                    true,
                    List.of(json.getBytes(StandardCharsets.UTF_8)),
                    List.of()))
            .join();
    if (outcome.isOk()) {
      tally.addOwn(name);
    }
  }

  /// Differences between what callers were answered and what the gate counted, by method; the calls
  /// that passed by it, if any did.
  public List<String> bypasses() {
    List<String> different = new ArrayList<>();
    boolean _ =
        Await.reached(
            Await.DEFAULT_TIMEOUT,
            () -> {
              different.clear();
              different.addAll(differences());
              return different.isEmpty();
            });
    return List.copyOf(different);
  }

  private List<String> differences() {
    Map<String, Long> counted = http.answered();
    Map<String, Long> seen = new TreeMap<>(tally.answered());
    List<String> different = new ArrayList<>();
    for (FuzzMethod method : methods) {
      long ours = seen.getOrDefault(method.name(), 0L);
      long theirs = counted.getOrDefault(method.name(), 0L);
      // What the tool asks reflection for itself, and streams that it leaves, are counted
      // otherwise.
      if (ours != theirs && method.type() == MethodType.UNARY && !method.isPublic()) {
        different.add("%s: answered %d, counted %d".formatted(method.name(), ours, theirs));
      }
    }
    return different;
  }

  @Override
  public void close() {
    grpc.close();
    http.close();
    timer.shutdownNow();
  }
}
