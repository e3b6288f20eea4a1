package dev.reeve.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc.SafetyKernelStub;
import dev.reeve.wire.reeve.v1.JobServiceGrpc.JobServiceStub;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Checks and jobs without a pause while the policy file changes each second: every answer names
/// the policy that made it and says what that policy says without a server, and once a new policy
/// has decided, no older one decides a check that begins later.
///
/// For one thread; the file is replaced as editors do it, by a rename.
public final class ReloadRun {
  private static final int STREAMS = 4;
  private static final int JOBS_PER_SECOND = 50;
  private static final double CHANGE_SECONDS = 1;

  /// @param checksPerSecond decisions by `SafetyKernel.Check`, each compared
  /// @param checks their number
  /// @param jobs submitted meanwhile, each compared
  /// @param changes of the file
  /// @param changeMillis from the change of the file to the first decision by it, for each change
  public record Result(
      double checksPerSecond, long checks, long jobs, int changes, List<Double> changeMillis) {}

  /// One policy file that is being used.
  ///
  /// @param changedNanos when it was put in place
  /// @param seenNanos when the first decision by it came; 0 before
  private record Step(int number, String snapshot, long changedNanos, AtomicLong seenNanos) {
    double millis() {
      return (seenNanos.get() - changedNanos) / 1e6;
    }
  }

  private final ReloadPolicies policies = new ReloadPolicies();
  private final Path file;
  private volatile Failure failure = new Failure();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger newest = new AtomicInteger();
  private final LongAdder jobs = new LongAdder();
  private volatile Step now;

  /// Writes the first policy, which the server then starts with.
  ///
  /// @param file the policy file of the server
  public ReloadRun(Path file) throws IOException {
    this.file = file;
    now = step(0);
    write(0);
  }

  /// Runs against a server that uses the file; may be called again, and then goes on.
  ///
  /// @param address `HOST:PORT` of its gRPC listener
  /// @param warmUpSeconds of checks before the first change
  /// @param changes how often the file changes
  /// @param inFlight checks at a time
  /// @throws IllegalStateException at the first answer that is not what it must be
  public Result run(String address, double warmUpSeconds, int changes, int inFlight)
      throws IOException, InterruptedException {
    failure = new Failure();
    try (Client client = new Client(address)) {
      List<ClosedLoop> loops = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        loops.add(checks(client.kernel(), inFlight / STREAMS));
      }
      JobServiceStub submits = client.jobs();
      List<Double> changeMillis = new ArrayList<>();
      double _ = loops.getFirst().rate(warmUpSeconds);
      long begin = System.nanoTime();
      long countBefore = count(loops);
      for (int i = 0; i < changes; i++) {
        change(now.number() + 1);
        OpenLoop.run(JOBS_PER_SECOND, CHANGE_SECONDS, _ -> submit(submits));
        Await.until(
            "a decision by policy " + now.snapshot(),
            () -> {
              failure.check();
              return now.seenNanos().get() != 0;
            });
        changeMillis.add(now.millis());
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      long checks = count(loops) - countBefore;
      loops.forEach(ClosedLoop::stop);
      // What is still in flight is compared too.
      TimeUnit.MILLISECONDS.sleep(200);
      failure.check();
      return new Result(checks / seconds, checks, jobs.sum(), changes, List.copyOf(changeMillis));
    }
  }

  private ClosedLoop checks(SafetyKernelStub kernel, int inFlight) {
    ClosedLoop[] loop = new ClosedLoop[1];
    loop[0] =
        new ClosedLoop(
            () -> {
              int question = Math.floorMod(next.getAndIncrement(), policies.questions());
              int seen = newest.get();
              kernel.check(
                  policies.request(question),
                  Calls.observer(
                      answer -> {
                        compare(question, seen, answer);
                        loop[0].ended();
                      },
                      thrown -> failure.is(thrown)));
            },
            failure);
    loop[0].widen(inFlight);
    return loop[0];
  }

  /// @param seen the newest policy whose decision had come when the check began: none before it may
  ///   answer
  private void compare(int question, int seen, PolicyCheckResponse answer) {
    policies.difference(question, answer).ifPresent(this::wrong);
    Step current = now;
    if (answer.getPolicySnapshot().equals(current.snapshot())) {
      boolean _ = current.seenNanos().compareAndSet(0, System.nanoTime());
      int _ = newest.accumulateAndGet(current.number(), Math::max);
    }
    boolean possible =
        IntStream.rangeClosed(seen, now.number())
            .anyMatch(number -> snapshot(number).equals(answer.getPolicySnapshot()));
    if (!possible) {
      wrong(answer.getPolicySnapshot() + " decided after " + snapshot(seen) + " was in force");
    }
  }

  private void submit(JobServiceStub stub) {
    String topic = ReloadPolicies.jobTopic(next.get());
    stub.submitJob(
        SubmitJobRequest.newBuilder()
            .setTopic(topic)
            .setPayload(ByteString.copyFromUtf8("{}"))
            .setContentType("application/json")
            .build(),
        Calls.observer(answer -> admitted(topic, answer), thrown -> refused(topic, thrown)));
  }

  private void admitted(String topic, SubmitJobResponse answer) {
    jobs.increment();
    policies.difference(topic, true, answer.getJob().getPolicy()).ifPresent(this::wrong);
  }

  private void refused(String topic, Throwable thrown) {
    if (Status.fromThrowable(thrown).getCode() != Status.Code.PERMISSION_DENIED) {
      failure.is(thrown);
      return;
    }
    jobs.increment();
    ErrorInfo info = errorInfo(thrown);
    if (info == null) {
      failure.is(thrown);
      return;
    }
    PolicyOutcome outcome =
        PolicyOutcome.newBuilder()
            .setRuleId(info.getMetadataOrDefault("rule_id", ""))
            .setSnapshot(info.getMetadataOrDefault("policy_snapshot", ""))
            .build();
    policies.difference(topic, false, outcome).ifPresent(this::wrong);
  }

  private static @Nullable ErrorInfo errorInfo(Throwable thrown) {
    com.google.rpc.Status status =
        Optional.ofNullable(StatusProto.fromThrowable(thrown))
            .orElse(com.google.rpc.Status.getDefaultInstance());
    try {
      for (com.google.protobuf.Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
    return null;
  }

  private void wrong(String what) {
    failure.is(new IllegalStateException(what));
  }

  private static long count(List<ClosedLoop> loops) {
    return loops.stream().mapToLong(ClosedLoop::count).sum();
  }

  private void change(int number) throws IOException {
    Path written = write(number);
    now = step(number);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Step step(int number) {
    return new Step(number, snapshot(number), System.nanoTime(), new AtomicLong());
  }

  private String snapshot(int number) {
    return policies.policy(number % policies.size()).snapshot().id();
  }

  /// Writes it beside the file; the first one in its place.
  private Path write(int number) throws IOException {
    Path target = number == 0 ? file : file.resolveSibling(file.getFileName() + ".new");
    return Files.writeString(target, policies.policy(number % policies.size()).text());
  }
}
