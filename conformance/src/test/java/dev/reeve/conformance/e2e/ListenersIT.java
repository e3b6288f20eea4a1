package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.ReeveProcess;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The further listeners, named as other systems name them.
class ListenersIT {
  private static final int USER_ERROR = 2;

  @TempDir Path folder;

  @Test
  void a_safety_kernel_and_a_context_engine_have_ports_of_their_own_behind_the_same_gate() {
    Map<String, String> settings =
        Map.of("SAFETY_KERNEL_ADDR", "localhost:0", "CONTEXT_ENGINE_ADDR", ":0");
    try (ReeveProcess server =
        ReeveProcess.up(folder.resolve("data"), settings, "--http-port", "0")) {
      String kernel = server.ready().listener("safety_kernel");

      assertThat(kernel).startsWith("localhost:").isNotEqualTo(server.ready().grpc());
      assertThat(server.ready().listener("context_engine")).startsWith("127.0.0.1:");
      assertThat(ruleOf(kernel)).isEqualTo(ruleOf(server.ready().grpc())).isNotEmpty();
    }
  }

  @Test
  void a_listener_at_the_address_of_another_is_that_one() throws IOException {
    int port = freePort();
    Map<String, String> settings = Map.of("SAFETY_KERNEL_ADDR", "localhost:" + port);
    try (ReeveProcess server =
        ReeveProcess.up(
            folder.resolve("data"), settings, "--port", String.valueOf(port), "--http-port", "0")) {
      assertThat(server.ready().listener("safety_kernel")).isEqualTo("localhost:" + port);
      assertThat(ruleOf("localhost:" + port)).isNotEmpty();
    }
  }

  @Test
  void a_listener_for_other_machines_is_refused_without_credentials() throws IOException {
    Path config = folder.resolve("reeve.yaml");
    Files.writeString(config, "listen: {safety_kernel: \"0.0.0.0:50051\"}\n");

    ReeveProcess.Ended refused =
        ReeveProcess.refused(
            folder.resolve("data"), "--http-port", "0", "--config", config.toString());

    assertThat(refused.status()).isEqualTo(USER_ERROR);
    assertThat(refused.log())
        .contains("LISTEN_REFUSED")
        .contains("listen.safety_kernel: 0.0.0.0:50051 (expected: a loopback address");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String ruleOf(String address) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      return SafetyKernelGrpc.newBlockingStub(channel)
          .check(
              PolicyCheckRequest.newBuilder()
                  .setJobId("1")
                  .setTopic("job.echo")
                  .setTenant("default")
                  .build())
          .getRuleId();
    } finally {
      channel.shutdownNow();
    }
  }
}
