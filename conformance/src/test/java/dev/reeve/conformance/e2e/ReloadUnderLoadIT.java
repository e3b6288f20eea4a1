package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.bench.ReloadRun;
import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short run of what `dev/bench reload` measures.
class ReloadUnderLoadIT {
  private static final int CHANGES = 3;

  @TempDir Path folder;

  @Test
  void every_decision_is_that_of_the_policy_it_names_while_the_policy_changes() throws Exception {
    Path policy = folder.resolve("policy.yaml");
    ReloadRun run = new ReloadRun(policy);
    try (ReeveProcess server =
        ReeveProcess.up(
            folder.resolve("data"),
            Map.of("REEVE_AUDIT_CHECKS", "counted"),
            "--policy",
            policy.toString())) {
      ReloadRun.Result result = run.run(server.ready().grpc(), 1, CHANGES, 64);

      assertThat(result.checks()).isPositive();
      assertThat(result.jobs()).isPositive();
      assertThat(result.changeMillis()).hasSize(CHANGES);
    }
  }
}
