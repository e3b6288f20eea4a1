package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.engine.port.StoreException;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import dev.reeve.testing.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which policies were in force, and which text they had, while files change and servers restart.
class PolicyHistoryTest {
  private final FakeClock clock = new FakeClock();
  private final PoliciesInMemory store = new PoliciesInMemory();

  @TempDir private Path data;

  /// One run of a server.
  private final class Run {
    private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());
    private final PolicyKeeper keeper;
    private final PolicyHistory history;

    private Run(List<Path> files, Optional<Path> floor) throws StoreException {
      PolicyReading reading = new PolicyReading(files, floor, PolicySignatures.NOT_ASKED);
      keeper = PolicyKeeper.open(reading, rules, clock);
      history = PolicyHistory.open(new StoredPolicies(store));
      keeper.keepIn(history);
    }

    private List<String> snapshots() {
      return history.newestFirst().stream().map(PolicyHistory.Entry::snapshot).toList();
    }
  }

  @Test
  void policies_of_before_a_restart_are_listed_with_their_text_and_those_of_now_first()
      throws Exception {
    Run before = start(write("v1"));
    String one = before.rules.snapshotId();
    Instant began = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    write("v2");
    before.keeper.look();
    String two = before.rules.snapshotId();

    // While the server is down the file changes.
    clock.advance(Duration.ofMinutes(1));
    Run after = start(write("v3"));

    assertThat(after.snapshots()).containsExactly(after.rules.snapshotId(), two, one);
    assertThat(after.rules.snapshotId()).startsWith("v3:");
    PolicyHistory.Entry oldest = after.history.newestFirst().getLast();
    assertThat(oldest.firstAt()).isEqualTo(began);
    assertThat(oldest.source()).isEqualTo(data.resolve("policy.yaml").toString());
    assertThat(text(after, one)).isEqualTo(policy("v1"));
    assertThat(text(after, two)).isEqualTo(policy("v2"));
  }

  @Test
  void a_policy_that_comes_back_is_listed_once_with_its_first_and_its_last_time() throws Exception {
    Instant first = clock.instant();
    Run run = start(write("v1"));
    String one = run.rules.snapshotId();
    clock.advance(Duration.ofMinutes(1));
    write("v2");
    run.keeper.look();
    clock.advance(Duration.ofMinutes(1));
    Run restarted = start(write("v1"));

    assertThat(restarted.snapshots()).hasSize(2).startsWith(one);
    PolicyHistory.Entry entry = restarted.history.find(one).orElseThrow();
    assertThat(entry.firstAt()).isEqualTo(first);
    assertThat(entry.at()).isEqualTo(first.plus(Duration.ofMinutes(2)));
  }

  @Test
  void all_files_and_the_floor_are_kept_as_they_were_read() throws Exception {
    Path folder = Files.createDirectory(data.resolve("bundles"));
    Files.writeString(folder.resolve("10.yaml"), policy("v1"));
    Files.writeString(folder.resolve("20.yaml"), "# nothing yet \u00e4\r\n");
    Path floor = Files.writeString(data.resolve("floor.yaml"), "rules: [{id: no, decision: deny}]");
    Run run = new Run(List.of(folder), Optional.of(floor));

    assertThat(run.history.files(run.rules.snapshotId())).contains(run.keeper.loaded().files());
    assertThat(run.keeper.loaded().files())
        .extracting(file -> file.source().file().utf8(), LoadedPolicy.File::invariants)
        .containsExactly(
            tuple(policy("v1"), false),
            tuple("# nothing yet \u00e4\r\n", false),
            tuple("rules: [{id: no, decision: deny}]", true));
  }

  @Test
  void a_policy_whose_text_cannot_be_kept_waits_and_the_one_before_stays() throws Exception {
    Run run = start(write("v1"));
    String before = run.rules.snapshotId();
    store.fail();
    write("v2");

    run.keeper.look();
    run.keeper.look();
    assertThat(run.rules.snapshotId()).isEqualTo(before);
    assertThat(run.keeper.trouble())
        .isEqualTo("the text of the new policy cannot be kept now: injected");
    assertThat(run.snapshots()).containsExactly(before);
    assertThat(store.tries()).isEqualTo(2);

    store.mend();
    run.keeper.look();
    assertThat(run.rules.snapshotId()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(1));
    run.keeper.look();
    assertThat(run.rules.snapshotId()).startsWith("v2:");
    assertThat(run.keeper.trouble()).isEmpty();
    assertThat(run.snapshots()).containsExactly(run.rules.snapshotId(), before);
  }

  @Test
  void a_file_that_changes_again_is_tried_at_once() throws Exception {
    Run run = start(write("v1"));
    store.fail();
    write("v2");
    run.keeper.look();
    store.mend();

    write("v3");
    run.keeper.look();

    assertThat(run.rules.snapshotId()).startsWith("v3:");
    assertThat(run.keeper.trouble()).isEmpty();
  }

  @Test
  void a_server_whose_first_policy_cannot_be_kept_does_not_start() throws Exception {
    Path file = write("v1");
    store.fail();

    assertThatThrownBy(() -> start(file)).isInstanceOf(StoreException.class);
  }

  @Test
  void more_text_than_can_be_kept_is_refused_at_start_and_later() throws Exception {
    Path folder = Files.createDirectory(data.resolve("bundles"));
    Files.writeString(folder.resolve("00.yaml"), policy("v1"));
    Run run = new Run(List.of(folder), Optional.empty());
    String before = run.rules.snapshotId();
    byte[] large = "#".repeat(2 * 1024 * 1024 - 1).getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i <= 8; i++) {
      Files.write(folder.resolve("0" + i + ".yaml"), large);
    }

    run.keeper.look();
    assertThat(run.rules.snapshotId()).isEqualTo(before);
    assertThat(run.keeper.trouble())
        .contains("08.yaml: larger than 16 MiB with the files before it");
    assertThatThrownBy(() -> new Run(List.of(folder), Optional.empty()))
        .hasMessageContaining("08.yaml: larger than 16 MiB");

    Files.delete(folder.resolve("08.yaml"));
    run.keeper.look();
    assertThat(run.keeper.trouble()).isEmpty();
  }

  private Run start(Path file) throws StoreException {
    return new Run(List.of(file), Optional.empty());
  }

  private static String text(Run run, String snapshot) {
    return run.history.files(snapshot).orElseThrow().getFirst().source().file().utf8();
  }

  private static String policy(String version) {
    return "version: " + version + "\ndefault_decision: deny\n";
  }

  /// Another file in its place, so that it differs whatever the clock of the file system says.
  private Path write(String version) throws IOException {
    Path next = Files.writeString(data.resolve("next.yaml"), policy(version));
    return Files.move(next, data.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }
}
