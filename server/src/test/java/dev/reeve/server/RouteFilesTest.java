package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.base.ProblemException;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.QuotaUse;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.server.route.RoutePolicyFolder;
import dev.reeve.service.route.RoutePolicyBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutePolicyFilesTest {
  private static final String POLICY =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":%d}]}";

  @TempDir private Path folder;

  private static RoutePolicy policy(int weight) {
    return RoutePolicyReader.read("p", POLICY.formatted(weight)).orThrow("p");
  }

  @Test
  void policies_are_read_back_with_all_their_versions() throws IOException {
    List<PolicyVersion> versions =
        List.of(
            new PolicyVersion(1, Optional.of(policy(1)), 10, "alice", ""),
            new PolicyVersion(2, Optional.empty(), 20, "bob", ""),
            new PolicyVersion(3, Optional.of(policy(3)), 30, "alice", "rollback to 1"));
    new RoutePolicyFiles(folder).write(new RoutePolicyBook.Kept("a/../b", "p", versions));

    List<RoutePolicyBook.Kept> kept = new RoutePolicyFiles(folder).read();

    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().tenantId()).isEqualTo("a/../b");
    assertThat(kept.getFirst().versions())
        .extracting(PolicyVersion::number, PolicyVersion::changedBy, PolicyVersion::note)
        .containsExactly(
            tuple(1L, "alice", ""), tuple(2L, "bob", ""), tuple(3L, "alice", "rollback to 1"));
    assertThat(kept.getFirst().versions().getLast().policy().orElseThrow().hash())
        .isEqualTo(policy(3).hash());
  }

  @Test
  void a_broken_file_of_ours_is_not_passed_over() throws IOException {
    new RoutePolicyFiles(folder)
        .write(
            new RoutePolicyBook.Kept(
                "t", "p", List.of(new PolicyVersion(1, Optional.of(policy(1)), 1, "a", ""))));
    try (var files = Files.list(folder.resolve("routing"))) {
      Files.writeString(files.findFirst().orElseThrow(), "{");
    }

    assertThatThrownBy(() -> new RoutePolicyFiles(folder).read()).isInstanceOf(IOException.class);
  }

  @Test
  void a_folder_names_every_error_of_every_file() throws IOException {
    Files.writeString(folder.resolve("good.json"), POLICY.formatted(1));
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
