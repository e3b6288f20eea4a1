package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.ReeveProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The call pattern of the first Eigen contract, by a Python program that knows the server by
/// reflection alone, on every name under which Eigen services are served.
class EigenPatternIT {
  private static final String PROGRAM = "conformance/src/test/python/eigen/pattern.py";
  private static final String CONFIG =
      "devices: {\"sim:local\": {slots: 2}, \"sim:noisy\": {status: offline}}\n";

  /// Asks about some jobs and denies others, so that they stand in these states.
  private static final String POLICY =
      """
      version: "1"
      default_decision: allow
      rules:
        - {id: ask, match: {labels: {who: asked}}, decision: require_approval}
        - {id: refuse, match: {labels: {who: refused}}, decision: deny}
      """;

  @TempDir Path folder;

  @Test
  void a_foreign_client_finds_the_contract_under_every_name() throws Exception {
    Path config = Files.writeString(folder.resolve("reeve.yaml"), CONFIG);
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    try (ReeveProcess server =
            ReeveProcess.up(
                folder.resolve("data"),
                "--config",
                config.toString(),
                "--policy",
                policy.toString(),
                "--internal-port",
                "0");
        WorkerProgram client =
            WorkerProgram.python(
                folder,
                PROGRAM,
                List.of(
                    "--public", server.ready().grpc(),
                    "--internal", server.ready().internal()))) {
      int status = client.end();

      assertThat(status).as(client.said()).isZero();
      assertThat(client.lines("checks hold")).hasSize(1);
    }
  }
}
