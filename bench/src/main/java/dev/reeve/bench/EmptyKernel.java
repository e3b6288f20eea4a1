package dev.reeve.bench;

import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What `SafetyKernel.Check` could do at best here: the same messages by the same transport, in a
/// process of its own like the product's, and a handler that does nothing but answer.
final class EmptyKernel implements AutoCloseable {
  private static final String PREFIX = "empty kernel ";

  private final Process process;
  private final String address;

  private EmptyKernel(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static EmptyKernel start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.contains("StartFlightRecording"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmptyKernel.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith(PREFIX)) {
      process.destroyForcibly();
      throw new IOException("the empty kernel did not start: " + line);
    }
    return new EmptyKernel(process, line.substring(PREFIX.length()));
  }

  String address() {
    return address;
  }

  /// Processor time used so far, in seconds.
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(0.0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Serves until it is ended; says where on standard output.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PolicyCheckResponse answer =
        PolicyCheckResponse.newBuilder()
            .setDecision(DecisionType.DECISION_TYPE_DENY)
            .setReason("no rule matched and the default is deny")
            .setPolicySnapshot("sha256:" + "0".repeat(64))
            .setRuleId("rule-000")
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(
                new SafetyKernelGrpc.SafetyKernelImplBase() {
                  @Override
                  public void check(
                      PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
                    observer.onNext(answer);
                    observer.onCompleted();
                  }
                })
            .build()
            .start();
    System.out.println(PREFIX + "127.0.0.1:" + server.getPort());
    server.awaitTermination();
  }
}
