package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server refuses to start with: exit status 2 and the reason, never a half-open door.
class StartIT {
  private static final int USER_ERROR = 2;

  @TempDir Path folder;

  @Test
  void a_second_process_on_the_same_data_is_refused() {
    Path data = folder.resolve("data");
    try (ReeveProcess first = ReeveProcess.up(data, "--http-port", "0")) {
      ReeveProcess.Ended second = ReeveProcess.refused(data, "--http-port", "0");

      assertThat(second.status()).isEqualTo(USER_ERROR);
      assertThat(second.log()).contains("DATA_IN_USE").contains(data.toString());
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void a_named_policy_that_is_missing_stops_the_start() {
    Path policy = folder.resolve("nowhere.yaml");

    ReeveProcess.Ended refused =
        ReeveProcess.refused(folder.resolve("data"), "--policy", policy.toString());

    assertThat(refused.status()).isEqualTo(USER_ERROR);
    assertThat(refused.log()).contains(policy.toString()).contains("NoSuchFile");
  }

  @Test
  void a_policy_with_a_mistake_stops_the_start() throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, "default_decision: deny\nrules:\n  - id: a\n    decison: allow\n");

    ReeveProcess.Ended refused =
        ReeveProcess.refused(folder.resolve("data"), "--policy", policy.toString());

    assertThat(refused.status()).isEqualTo(USER_ERROR);
    assertThat(refused.log()).contains(policy.toString()).contains("decison");
  }

  @Test
  void the_written_policy_is_not_written_again_when_it_is_gone() throws IOException {
    Path data = folder.resolve("data");
    ReeveProcess.up(data, "--http-port", "0").close();
    Files.delete(data.resolve("policy.yaml"));

    ReeveProcess.Ended refused = ReeveProcess.refused(data, "--http-port", "0");

    assertThat(refused.status()).isEqualTo(USER_ERROR);
    assertThat(refused.log()).contains(data.resolve("policy.yaml").toString());
  }

  @Test
  void data_of_a_newer_format_is_refused() throws SQLException {
    Path data = folder.resolve("data");
    ReeveProcess.up(data, "--http-port", "0").close();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reeve.db"));
        Statement statement = database.createStatement()) {
      statement.execute("UPDATE log SET format = 99");
    }

    ReeveProcess.Ended refused = ReeveProcess.refused(data, "--http-port", "0");

    assertThat(refused.status()).isEqualTo(USER_ERROR);
    assertThat(refused.log()).contains("DATA_NEWER").contains("99");
  }
}
