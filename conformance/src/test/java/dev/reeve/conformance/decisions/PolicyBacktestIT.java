package dev.reeve.conformance.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.testing.ReeveProcess;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Last week's jobs under next week's policy: by the server that has them, and on its data.
class PolicyBacktestIT {
  private static final int FLIPPED = 4;
  private static final int USER_ERROR = 2;

  /// More than a row holds, so that its bytes are a blob.
  private static final String LARGE = " and more".repeat(10_000);

  @TempDir Path folder;

  @Test
  void a_server_and_its_data_say_the_same_and_a_flip_can_fail_a_pipeline() throws IOException {
    Path next = folder.resolve("next.yaml");
    Files.writeString(
        next,
        """
        default_decision: allow
        input_rules:
          - {id: leak, decision: deny, reason: no keys, match: {scanners: [secret_leak]}}
        """);
    Path data = folder.resolve("data");
    List<String> byServer;
    try (ReeveProcess server = ReeveProcess.up(data, "--http-port", "0")) {
      submit(server.ready().grpc(), "clean", "nothing here");
      submit(server.ready().grpc(), "leaky", "key AKIAQ6M3YZ7TN4WDK5RC" + LARGE);

      ReeveCommand asked = backtest(next, "--server", server.ready().grpc(), "--json");
      assertThat(asked.err()).isEmpty();
      byServer = asked.out();
      assertThat(backtest(next, "--data", data.toString(), "--json").out()).isEqualTo(byServer);
    }

    ReeveCommand offline = backtest(next, "--data", data.toString(), "--json", "--fail-on-flip");

    assertThat(offline.out()).isEqualTo(byServer).hasSize(2);
    assertThat(offline.out().getFirst())
        .contains("\"job_id\":\"leaky\"")
        .contains("\"rule_id\":\"leak\"");
    assertThat(offline.out().getLast())
        .contains("\"decided\":2,\"flipped\":1,\"loosened\":0,\"without_content\":0");
    assertThat(offline.exit()).isEqualTo(FLIPPED);
    assertThat(backtest(next, "--data", data.toString(), "--since", "2100-01-01T00:00:00Z").out())
        .containsExactly("all: 0 of 0 flip, 0 would run that did not");
    assertThat(backtest(next, "--data", data.toString(), "--server", "127.0.0.1:1").exit())
        .isEqualTo(USER_ERROR);
    assertThat(backtest(next, "--data", folder.toString()).exit()).isEqualTo(USER_ERROR);
  }

  private static ReeveCommand backtest(Path candidate, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("policy", "backtest", "--candidate", candidate.toString()));
    arguments.addAll(List.of(more));
    return ReeveCommand.run("", arguments);
  }

  private static void submit(String address, String id, String payload) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      JobServiceGrpc.newBlockingStub(channel)
          .submitJob(
              SubmitJobRequest.newBuilder()
                  .setJobId(id)
                  .setTopic("job.echo")
                  .setPayload(ByteString.copyFromUtf8(payload))
                  .build());
    } finally {
      channel.shutdownNow();
    }
  }
}
