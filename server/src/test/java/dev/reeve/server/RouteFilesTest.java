package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.QuotaUse;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.server.route.RoutePolicyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {
  private static final String POLICY =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":1}]}";

  @TempDir private Path folder;

  @Test
  void a_folder_names_every_error_of_every_file() throws IOException {
    Files.writeString(folder.resolve("good.json"), POLICY);
    Files.writeString(folder.resolve("bad.json"), "{\"version\":\"1.0\"}");
    Files.writeString(folder.resolve("worse.json"), "nothing");
    Files.writeString(folder.resolve(".hidden.json"), "nothing");
    Files.writeString(folder.resolve("notes.txt"), "nothing");

    assertThatThrownBy(() -> new RoutePolicyFolder(folder).read())
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown ->
                assertThat(thrown.problem().message())
                    .contains("bad.json providers")
                    .contains("worse.json")
                    .doesNotContain("good.json")
                    .doesNotContain("hidden"));
  }

  @Test
  void what_was_used_of_quotas_is_read_back() {
    PolicyRouter before =
        new PolicyRouter(RoutingSettings.DEFAULTS, InstantSource.system(), System::nanoTime);
    long day = 86_400_000;
    long today = InstantSource.system().millis() / day;
    before.restore(List.of(new QuotaUse("t", "p", "cost", "tenant", "", day, today, 1.25)));
    new RouteQuotaFile(folder, before).save();

    PolicyRouter after =
        new PolicyRouter(RoutingSettings.DEFAULTS, InstantSource.system(), System::nanoTime);
    new RouteQuotaFile(folder, after).restore();

    assertThat(after.quotas("t")).isEqualTo(before.quotas("t"));
  }
}
