package dev.reeve.server.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.store.KeptPolicies;
import dev.reeve.store.OpenStore;
import dev.reeve.store.PolicyRows;
import dev.reeve.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reeve policy history` and `show` on a data directory.
class OfflinePoliciesTest {
  private static final String POLICY = "version: v1\ndefault_decision: deny\n";

  @TempDir private Path folder;

  @Test
  void a_data_directory_is_read_while_its_owner_uses_it_and_after() throws Exception {
    String data = folder.resolve("data").toString();
    String id = "v1:" + Sha256.of(Bytes.utf8(POLICY)).hex();
    try (OpenStore store = Stores.sqlite(Path.of(data), InstantSource.system())) {
      assertThat(OfflineRun.of("", "policy", "show", "--data", data).err())
          .isEqualTo("no policy is in force\n");
      store
          .policies()
          .put(
              id,
              1_000_000,
              "p.yaml",
              List.of(new PolicyRows.File("p.yaml", Bytes.utf8(POLICY), false, true)),
              new KeptPolicies.Bounds(10, 1_000));

      OfflineRun show = OfflineRun.of("", "policy", "show", "--data", data);
      assertThat(show.exitCode()).isZero();
      assertThat(show.out()).isEqualTo(POLICY);
    }

    assertThat(OfflineRun.of("", "policy", "history", "--json", "--data", data).out())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"in_force_at\":\"1970-01-01T00:00:01Z\",\"source\":\"p.yaml\","
                + "\"first_in_force_at\":\"1970-01-01T00:00:01Z\",\"file_count\":1,"
                + "\"size_bytes\":\"35\"}\n");
    OfflineRun unknown = OfflineRun.of("", "policy", "show", "v9", "--data", data);
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("SNAPSHOT: \"v9\" (expected: one that `reeve policy history` lists)");
  }

  @Test
  void a_folder_without_data_is_refused_by_its_name() {
    OfflineRun run =
        OfflineRun.of("", "policy", "history", "--data", folder.resolve("none").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--data: ").contains("no such file");
  }
}
