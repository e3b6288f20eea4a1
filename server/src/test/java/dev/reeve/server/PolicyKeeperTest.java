package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which policy is in force while its file comes, changes, breaks and goes.
class PolicyKeeperTest {
  private static final String ALLOW = "version: allow\ndefault_decision: allow\nrules: []\n";
  private static final String DENY = "version: deny\ndefault_decision: deny\nrules: []\n";

  private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());

  @TempDir private Path data;

  @Test
  void the_first_start_writes_a_policy_and_uses_it() {
    PolicyKeeper keeper = open(Optional.empty());

    assertThat(keeper.file()).isEqualTo(data.resolve("policy.yaml")).isNotEmptyFile();
    assertThat(rules.snapshotId()).startsWith("default-1:");
  }

  @Test
  void a_policy_that_was_written_and_then_is_gone_is_not_written_again() throws IOException {
    Path file = open(Optional.empty()).file();
    Files.delete(file);

    assertThatThrownBy(() -> open(Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(ServerProblems.POLICY_FILE_UNREADABLE);
              assertThat(e.problem().message()).contains(file.toString());
            });
    assertThat(file).doesNotExist();
  }

  @Test
  void a_named_policy_that_is_missing_or_broken_is_refused_by_its_name() throws IOException {
    Path missing = data.resolve("missing.yaml");
    Path broken = Files.writeString(data.resolve("broken.yaml"), "rules: [");

    assertThatThrownBy(() -> open(Optional.of(missing))).hasMessageContaining("missing.yaml");
    assertThatThrownBy(() -> open(Optional.of(broken))).hasMessageContaining("broken.yaml");
  }

  @Test
  void a_changed_file_is_in_force_at_the_next_look() throws IOException {
    Path file = write(ALLOW);
    PolicyKeeper keeper = open(Optional.of(file));
    String before = rules.snapshotId();

    write(DENY);
    keeper.look();

    assertThat(rules.snapshotId()).isNotEqualTo(before).startsWith("deny:");
    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void a_broken_or_lost_file_leaves_the_policy_and_says_so() throws IOException {
    Path file = write(ALLOW);
    PolicyKeeper keeper = open(Optional.of(file));
    String before = rules.snapshotId();

    write("default_decision: perhaps\n");
    keeper.look();
    assertThat(keeper.trouble()).contains("perhaps");
    assertThat(rules.snapshotId()).isEqualTo(before);

    Files.delete(file);
    keeper.look();
    assertThat(keeper.trouble()).contains(file.toString());
    assertThat(rules.snapshotId()).isEqualTo(before);

    write(ALLOW);
    keeper.look();
    assertThat(keeper.trouble()).isEmpty();
    assertThat(rules.snapshotId()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: [{id: a, decision: allow_with_constraints, constraints: {sandbox: {isolated:"
            + " true}}}] | rule a: constraints: only",
        "rules: [{id: a, match: {actor_types: [human]}, decision: deny}] | rule a:"
            + " match.actor_types: jobs do not carry this yet",
        "tenants: {acme: {max_concurrent_jobs: 2}} | tenants.acme.max_concurrent_jobs:"
            + " limits.tenants of",
      })
  void a_policy_that_would_not_be_enforced_is_refused_at_start_and_later(
      String part, String message) throws IOException {
    Path file = write("default_decision: deny\n" + part + "\n");
    assertThatThrownBy(() -> open(Optional.of(file)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(ServerProblems.POLICY_NOT_ENFORCED);
              assertThat(e.problem().message()).contains(file.toString(), message);
            });

    write(DENY);
    PolicyKeeper keeper = open(Optional.of(file));
    write("default_decision: allow\n" + part + "\n");
    keeper.look();
    assertThat(keeper.trouble()).contains(message);
    assertThat(rules.snapshotId()).startsWith("deny:");
  }

  private PolicyKeeper open(Optional<Path> named) {
    return PolicyKeeper.open(named, data, rules);
  }

  /// Replaces the file whole, as editors and configuration managers do.
  private Path write(String text) throws IOException {
    Path next = Files.writeString(data.resolve("next.yaml"), text);
    return Files.move(next, data.resolve("named.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }
}
