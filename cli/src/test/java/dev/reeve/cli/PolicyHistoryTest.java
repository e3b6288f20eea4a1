package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.PolicyFile;
import dev.reeve.wire.reeve.v1.PolicySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reeve policy history` and `reeve policy show`.
class PolicyHistoryTest {
  private static final String FIRST = "version: v1\ndefault_decision: deny\n";
  private static final String SECOND = "rules: [{id: a, decision: deny, reason: \u202ex}]";
  private static final String FLOOR = "rules: [{id: never, decision: deny}]\n";

  private final FakeServer server = FakeServer.start();

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    server.policies.add(
        shown(
            id(FIRST) + "|cfg:" + cfg("file/1\0" + SECOND + "secops/invariants\0" + FLOOR),
            file("/etc/b.test.yaml", FIRST, false),
            file("../../a.yaml", SECOND, false),
            file("empty.yaml", "# nothing yet\n", false),
            file("/etc/floor.yml", FLOOR, true)));
    server.policies.add(shown(id(FIRST), file("/etc/reeve.yaml", FIRST, false)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_policies_that_were_in_force_are_listed_as_the_server_says() {
    CliRun.Result table = run("policy", "history");
    assertThat(table.exitCode()).isZero();
    assertThat(table.out().lines().toList().get(2).replaceAll(" {2,}", "  "))
        .isEqualTo(
            "2026-01-02T03:04:06Z  2026-01-02T03:04:05Z  1  35  " + id(FIRST) + "  policy.yaml");

    assertThat(run("policy", "history", "--json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":\"v1:") && line.contains("\"file_count\":"));
  }

  @Test
  void one_file_is_printed_as_it_was_read() {
    CliRun.Result result = run("policy", "show", id(FIRST));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(FIRST);
  }

  @Test
  void without_a_name_all_files_of_the_policy_in_force_are_printed_each_after_its_name() {
    CliRun.Result result = run("policy", "show");

    assertThat(result.out())
        .isEqualTo(
            "# /etc/b.test.yaml\n"
                + FIRST
                + "# ../../a.yaml\n"
                + SECOND
                + "\n# empty.yaml\n# nothing yet\n# floor /etc/floor.yml\n"
                + FLOOR);
    assertThat(
            CliRun.against(server)
                .terminal(new Terminal(true, true, true, false, 80))
                .run("policy", "show")
                .out())
        .contains("reason: ?x");
  }

  @Test
  void files_that_were_written_to_a_folder_name_the_same_snapshot() throws IOException {
    String id = server.policies.getFirst().getSnapshot().getId();
    Path out = folder.resolve("kept");

    CliRun.Result result = run("policy", "show", id, "--out", out.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "try it with: reeve policy check --policy %s --invariants %s\n"
                .formatted(out, out.resolve("floor/4-floor.yaml")));
    assertThat(Files.readString(out.resolve("1-b-test.yaml"))).isEqualTo(FIRST);
    assertThat(Files.readString(out.resolve("2-a.yaml"))).isEqualTo(SECOND);
    assertThat(folder).isDirectoryContaining(path -> path.equals(out));
    PolicyLoad.Loaded loaded =
        PolicyFiles.load(
            List.of(out.toString()), Optional.of(out.resolve("floor/4-floor.yaml").toString()));
    assertThat(loaded.snapshot().id()).isEqualTo(id);

    CliRun.Result again = run("policy", "show", id, "--out", out.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("FILE_EXISTS").contains("expected: a folder that is not");
  }

  @Test
  void a_policy_of_one_file_is_written_too_and_said_in_json() throws IOException {
    Path out = folder.resolve("one");

    CliRun.Result result = run("policy", "show", id(FIRST), "--out", out.toString(), "--json");

    assertThat(result.out()).startsWith("{\"id\":\"" + id(FIRST)).doesNotContain("content");
    assertThat(result.err()).isEmpty();
    assertThat(Files.readString(out.resolve("1-reeve.yaml"))).isEqualTo(FIRST);
    assertThat(run("policy", "show", id(FIRST), "--json").out()).contains("\"content\":\"");
  }

  @Test
  void files_that_are_not_those_of_the_snapshot_are_found_out() {
    server.policies.set(1, shown(id(FIRST), file("reeve.yaml", FIRST + "# more\n", false)));

    CliRun.Result result =
        run("policy", "show", id(FIRST), "--out", folder.resolve("never").toString());

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("RESULT_DAMAGED").contains("asked: " + id(FIRST));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_policy_that_is_not_kept_is_refused_by_the_server() {
    CliRun.Result result = run("policy", "show", "v9:0");

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.err()).contains("not kept");
  }

  @Test
  void where_no_policy_is_in_force_there_is_nothing_to_show() {
    server.policies.addFirst(shown(""));

    CliRun.Result result = run("policy", "show");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("no policy is in force\n");
  }

  private CliRun.Result run(String... words) {
    return CliRun.against(server).run(words);
  }

  private static String id(String content) {
    return "v1:" + cfg(content);
  }

  private static String cfg(String content) {
    return Sha256.of(Bytes.utf8(content)).hex();
  }

  private static GetPolicySnapshotResponse shown(String id, PolicyFile... files) {
    return GetPolicySnapshotResponse.newBuilder()
        .setSnapshot(
            PolicySnapshot.newBuilder()
                .setId(id)
                .setInForceAt(Samples.time(1))
                .setFirstInForceAt(Samples.time(0))
                .setSource("policy.yaml")
                .setFileCount(files.length)
                .setSizeBytes(
                    List.of(files).stream().mapToLong(file -> file.getContent().size()).sum()))
        .addAllFiles(List.of(files))
        .build();
  }

  private static PolicyFile file(String name, String content, boolean floor) {
    return PolicyFile.newBuilder()
        .setName(name)
        .setContent(ByteString.copyFromUtf8(content))
        .setInvariants(floor)
        .build();
  }
}
