package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which policy is in force while its file comes, changes, breaks and goes.
class PolicyKeeperTest {
  private static final String ALLOW = "version: allow\ndefault_decision: allow\nrules: []\n";
  private static final String DENY = "version: deny\ndefault_decision: deny\nrules: []\n";

  private final RulesInForce rules = new RulesInForce(SharedScanner.builtIn());

  @TempDir private Path data;

  @Test
  void the_first_start_writes_a_policy_and_uses_it() {
    PolicyKeeper keeper = open(Optional.empty());

    assertThat(keeper.files()).isEqualTo(data.resolve("policy.yaml").toString());
    assertThat(data.resolve("policy.yaml")).isNotEmptyFile();
    assertThat(rules.snapshotId()).startsWith("default-1:");
  }

  @Test
  void a_policy_that_was_written_and_then_is_gone_is_not_written_again() throws IOException {
    open(Optional.empty());
    Path file = data.resolve("policy.yaml");
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
  void a_file_that_seems_unchanged_is_loaded_when_somebody_asks() throws IOException {
    Path file = write("version: v1\ndefault_decision: deny\n");
    PolicyKeeper keeper = open(Optional.of(file));
    FileTime written = Files.getLastModifiedTime(file);
    Files.writeString(file, "version: v2\ndefault_decision: deny\n");
    Files.setLastModifiedTime(file, written);

    keeper.look();
    assertThat(rules.snapshotId()).startsWith("v1:");
    keeper.again();
    keeper.look();
    assertThat(rules.snapshotId()).startsWith("v2:");
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
        "rules: [{id: a, match: {agent_risk_tiers: [high]}, decision: deny}] | rule a:"
            + " match.agent_risk_tiers: no agent is registered",
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

  @Test
  void a_file_emptied_while_the_server_runs_leaves_the_policy() throws IOException {
    PolicyKeeper keeper = open(Optional.of(write(ALLOW)));

    write("");
    keeper.look();

    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(keeper.trouble()).contains("empty (expected: a policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# later\n", "{}", "version: '2'\n", "rules: []\n"})
  void what_one_of_several_files_forbade_stays_when_it_is_emptied(String nothing)
      throws IOException {
    Path allow = write(ALLOW);
    Path forbid =
        Files.writeString(data.resolve("forbid.yaml"), "rules: [{id: no, decision: deny}]");
    PolicyKeeper keeper = open(List.of(allow, forbid), PolicySignatures.NOT_ASKED);
    String before = rules.snapshotId();

    Files.writeString(forbid, nothing);
    keeper.look();
    keeper.again();
    keeper.look();

    assertThat(decide().decision()).isEqualTo(Decision.DENY);
    assertThat(rules.snapshotId()).isEqualTo(before);
    assertThat(keeper.trouble()).contains("forbid.yaml: empty (expected: a policy");

    Files.writeString(forbid, "rules: [{id: yes, decision: allow}]");
    keeper.look();
    assertThat(decide().decision()).isEqualTo(Decision.ALLOW);
    assertThat(keeper.trouble()).isEmpty();
  }

  @Test
  void a_floor_holds_when_its_file_is_emptied_and_so_does_what_stands_on_it() throws IOException {
    Path allow = write(ALLOW);
    Path floor = Files.writeString(data.resolve("floor.yaml"), "rules: [{id: no, decision: deny}]");
    PolicyKeeper keeper = open(List.of(allow), Optional.of(floor), PolicySignatures.NOT_ASKED);
    String before = rules.snapshotId();

    Files.writeString(floor, "");
    keeper.look();
    assertThat(decide().decision()).isEqualTo(Decision.DENY);
    assertThat(keeper.trouble()).contains("floor.yaml: empty");

    Files.writeString(floor, "rules: [{id: no, match: {topics: [job.b]}, decision: deny}]");
    write("");
    keeper.look();
    assertThat(rules.snapshotId()).isEqualTo(before);
    assertThat(keeper.trouble()).contains("named.yaml: empty");
  }

  @Test
  void a_file_that_is_taken_out_of_a_folder_holds_until_a_restart() throws IOException {
    Path folder = Files.createDirectory(data.resolve("bundles"));
    Files.writeString(folder.resolve("10.yaml"), ALLOW);
    Path forbid = Files.writeString(folder.resolve("20.yaml"), "rules: [{id: no, decision: deny}]");
    Files.writeString(folder.resolve("30.yaml"), "# to be written\n");
    PolicyKeeper keeper = open(List.of(folder), PolicySignatures.NOT_ASKED);

    Files.delete(forbid);
    keeper.look();
    assertThat(decide().decision()).isEqualTo(Decision.DENY);
    assertThat(keeper.trouble()).contains("20.yaml: gone (expected: the file, or a restart");
    assertThat(keeper.loaded().files()).hasSize(3);

    PolicyKeeper restarted = open(List.of(folder), PolicySignatures.NOT_ASKED);
    assertThat(decide().decision()).isEqualTo(Decision.ALLOW);
    Files.delete(folder.resolve("30.yaml"));
    restarted.look();
    assertThat(restarted.trouble()).isEmpty();
  }

  @Test
  void a_folder_is_read_by_name_and_a_new_file_in_it_is_taken() throws IOException {
    Path folder = Files.createDirectory(data.resolve("bundles"));
    Files.writeString(folder.resolve("10.yaml"), "rules: [{id: a, decision: deny, reason: one}]\n");
    Files.writeString(folder.resolve("10.test.yaml"), "cases: []\n");
    PolicyKeeper keeper = open(List.of(folder), PolicySignatures.NOT_ASKED);
    assertThat(decide().reason()).isEqualTo("one");

    Files.writeString(folder.resolve("20.yml"), "rules: [{id: a, decision: deny, reason: two}]\n");
    keeper.look();

    assertThat(decide().reason()).isEqualTo("two");
    assertThat(keeper.loaded().files()).hasSize(2);
  }

  @Test
  void a_file_without_a_good_signature_is_refused_where_signatures_are_enforced() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    PolicySignatures enforced =
        new PolicySignatures(PolicySignatures.Mode.ENFORCE, Optional.of(keys.getPublic()));
    Path file = write(ALLOW);
    assertThatThrownBy(() -> open(List.of(file), enforced))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ServerProblems.POLICY_SIGNATURE_INVALID));

    sign(file, keys);
    PolicyKeeper keeper = open(List.of(file), enforced);
    assertThat(keeper.loaded().files().getFirst().verified()).isTrue();

    write(DENY);
    keeper.look();
    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(keeper.trouble()).contains("named.yaml.sig");

    sign(file, keys);
    keeper.look();
    assertThat(rules.snapshotId()).startsWith("deny:");
  }

  @Test
  void a_signature_may_be_elsewhere_or_given_as_text() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path file = write(ALLOW);
    sign(file, keys);
    Path beside = file.resolveSibling(file.getFileName() + ".sig");
    Path elsewhere = Files.move(beside, data.resolve("elsewhere"));
    String text = Files.readString(elsewhere).strip();

    for (PolicySignatures.Given given :
        List.of(
            new PolicySignatures.Given(file, "", Optional.of(elsewhere)),
            new PolicySignatures.Given(file, text, Optional.empty()))) {
      PolicySignatures signatures =
          new PolicySignatures(
              PolicySignatures.Mode.ENFORCE, Optional.of(keys.getPublic()), Optional.of(given));
      assertThat(open(List.of(file), signatures).loaded().files().getFirst().verified()).isTrue();
    }
  }

  @Test
  void a_public_key_is_read_in_each_of_its_forms() throws Exception {
    PublicKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    byte[] info = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(info, info.length - 32, info.length);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(info)
            + "\n-----END PUBLIC KEY-----\n";

    assertThat(PolicySignatures.key(Base64.getEncoder().encodeToString(raw))).contains(key);
    assertThat(PolicySignatures.key(HexFormat.of().formatHex(raw))).contains(key);
    assertThat(PolicySignatures.key(pem)).contains(key);
    assertThat(PolicySignatures.key("no key")).isEmpty();
  }

  private PolicyDecision decide() {
    return rules.decide(PolicyInput.of("default", "job.a")).decision();
  }

  private static void sign(Path file, KeyPair keys) throws Exception {
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(keys.getPrivate());
    ed25519.update(Files.readAllBytes(file));
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sig"),
        "ed25519:" + Base64.getEncoder().encodeToString(ed25519.sign()) + "\n");
  }

  private PolicyKeeper open(Optional<Path> named) {
    return open(List.of(named.orElseGet(() -> OwnPolicyFile.in(data))), PolicySignatures.NOT_ASKED);
  }

  private PolicyKeeper open(List<Path> files, PolicySignatures signatures) {
    return open(files, Optional.empty(), signatures);
  }

  private PolicyKeeper open(List<Path> files, Optional<Path> floor, PolicySignatures signatures) {
    return PolicyKeeper.open(
        new PolicyReading(files, floor, signatures), rules, InstantSource.system());
  }

  /// Replaces the file whole, as editors and configuration managers do.
  private Path write(String text) throws IOException {
    Path next = Files.writeString(data.resolve("next.yaml"), text);
    return Files.move(next, data.resolve("named.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }
}
