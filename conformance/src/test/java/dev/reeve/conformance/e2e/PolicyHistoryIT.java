package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.conformance.decisions.ReeveCommand;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The snapshot in a receipt leads to the text that decided, whatever happened since.
class PolicyHistoryIT {
  private static final String FLOOR =
      "rules: [{id: never, match: {topics: [job.x]}, decision: deny}]";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_text_that_decided_a_job_is_shown_after_a_crash_and_decides_the_same(Database database)
      throws IOException {
    Path policy = write("v1", "allow");
    Path floor = Files.writeString(folder.resolve("floor.yaml"), FLOOR);
    String[] arguments =
        database.arguments("--policy", policy.toString(), "--invariants", floor.toString());
    try (ReeveProcess first = ReeveProcess.up(database.data(folder), arguments)) {
      String decided;
      String second;
      try (ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        client.call(
            "reeve.v1.JobService/SubmitJob", "{\"job_id\": \"j\", \"topic\": \"job.echo\"}");
        decided =
            client
                .call("reeve.v1.JobService/GetJob", "{\"job_id\": \"j\"}")
                .part("job")
                .part("policy")
                .text("snapshot");
        write("v2", "deny");
        Await.until("the second policy", () -> snapshots(of(first)).getFirst().startsWith("v2:"));
        second = snapshots(of(first)).getFirst();
      }
      first.kill();
      List<String> stored = stored(database, arguments);
      assertThat(snapshots(stored)).containsExactly(second, decided);
      assertThat(run(stored, "policy", "show", decided).out()).contains("version: v1", FLOOR);
      // Nobody sees this change happen.
      write("v3", "deny");

      try (ReeveProcess after = first.again()) {
        List<String> all = snapshots(of(after));
        assertThat(all).hasSize(3).endsWith(second, decided);
        assertThat(all.getFirst()).startsWith("v3:");
        Path shown = folder.resolve("shown-" + database);
        ReeveCommand show = run(of(after), "policy", "show", decided, "--out", shown.toString());
        assertThat(show.err())
            .isEqualTo(
                "try it with: reeve policy check --policy %s --invariants %s/floor/2-floor.yaml%n"
                    .formatted(shown, shown));

        ReeveCommand check =
            ReeveCommand.run(
                "{\"job_id\": \"j\", \"topic\": \"job.echo\"}\n",
                List.of(
                    "policy",
                    "check",
                    "--policy",
                    shown.toString(),
                    "--invariants",
                    shown.resolve("floor/2-floor.yaml").toString()));
        assertThat(check.out())
            .singleElement()
            .asString()
            .contains("\"policy_snapshot\":\"" + decided + "\"")
            .contains("DECISION_TYPE_ALLOW");
        assertThat(run(of(after), "policy", "show").out()).contains("version: v3", FLOOR);
      }
    }
  }

  /// The options that name the store, without a server.
  private List<String> stored(Database database, String... arguments) {
    List<String> options = new ArrayList<>(List.of("--data", database.data(folder).toString()));
    int store = List.of(arguments).indexOf("--store");
    if (store >= 0) {
      options.addAll(List.of("--store", arguments[store + 1]));
    }
    return options;
  }

  private static List<String> of(ReeveProcess server) {
    return List.of("--server", server.ready().grpc());
  }

  private static List<String> snapshots(List<String> where) {
    return run(where, "policy", "history", "--json").out().stream()
        .map(line -> line.replaceFirst("^\\{\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static ReeveCommand run(List<String> where, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(where);
    ReeveCommand run = ReeveCommand.run("", arguments);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  /// Replaces the file whole, as editors and configuration managers do.
  private Path write(String version, String decision) throws IOException {
    Path next =
        Files.writeString(
            folder.resolve("next.yaml"),
            "version: " + version + "\ndefault_decision: " + decision + "\n");
    return Files.move(next, folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }
}
