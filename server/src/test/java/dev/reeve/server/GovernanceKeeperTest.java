package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.governance.boot.DefaultGenome;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeReading;
import dev.reeve.governance.genome.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in force while the files of governance come, change, break and go.
class GovernanceKeeperTest {
  private static final List<DefaultGenome.Action> ACTIONS =
      List.of(
          new DefaultGenome.Action("action:job:get", "A"),
          new DefaultGenome.Action("action:job:run", "C"));

  private final DocumentsInMemory store = new DocumentsInMemory();
  private final SecureRandom random = new SecureRandom();
  private String inForce = "";
  private Instant now = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir private Path data;

  @Test
  void the_first_start_makes_a_key_a_genome_and_a_treaty() throws IOException {
    GovernanceKeeper keeper = start();

    Genome genome = keeper.root().genome().orElseThrow();
    assertThat(keeper.root().problem()).isEmpty();
    assertThat(inForce).isEqualTo(genome.id());
    assertThat(DefaultGenome.covers(genome, ACTIONS)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("genome.key"))))
        .isEqualTo("rw-------");
    assertThat(start().root().genome().map(Genome::id)).contains(genome.id());
  }

  @Test
  void a_genome_that_was_taken_away_is_not_made_again() throws IOException {
    start();
    Files.delete(file("genome.json"));

    assertThat(reason(start())).contains("GENOME_MISSING");
    assertThat(inForce).isEmpty();
  }

  @Test
  void a_tampered_genome_ends_what_is_governed_until_it_is_repaired() throws IOException {
    GovernanceKeeper keeper = start();
    String good = Files.readString(file("genome.json"));

    write("genome.json", good.replace("action:job:run", "action:job:ruin"));
    settle(keeper);
    assertThat(reason(keeper)).contains("GENOME_INVALID_SIGNATURE");
    write("genome.json", good.replace("genome.v0.1", "genome.v0.2"));
    settle(keeper);
    assertThat(reason(keeper)).contains("GENOME_INVALID_SCHEMA");
    write("genome.json", good);
    settle(keeper);
    assertThat(reason(keeper)).isEmpty();
  }

  @Test
  void a_file_that_is_still_being_written_is_not_read_yet() throws IOException {
    GovernanceKeeper keeper = start();

    write("genome.json", "{");
    keeper.look();

    assertThat(reason(keeper)).isEmpty();
  }

  @Test
  void a_treaty_without_a_version_does_not_stand() throws IOException {
    GovernanceKeeper keeper = start();

    write("treaty.yaml", "rules: []\n");
    settle(keeper);
    assertThat(reason(keeper)).contains("TREATY_UNAVAILABLE");
    Files.delete(file("treaty.yaml"));
    settle(keeper);
    assertThat(keeper.root().sentences().getFirst()).contains("PREREQ_TREATY_MISSING");
  }

  @Test
  void a_genome_that_the_one_before_signed_takes_its_place() throws IOException {
    GovernanceKeeper keeper = start();
    Genome old = keeper.root().genome().orElseThrow();
    SigningKey oldKey = SigningKey.read(Files.readString(file("genome.key")));
    SigningKey.Pair next = SigningKey.generate(random);
    GenomeDocument draft =
        GenomeDocument.read(Bytes.utf8(Files.readString(file("genome.json"))))
            .unsigned()
            .withTexts("parents", List.of(old.id()))
            .withNumber("sequence", old.sequence() + 1)
            .withAuthority(new Genome.Authority(List.of(next.signer()), 1))
            .signedBy(next.key(), next.signer().keyId());

    write("genome.json", draft.text());
    settle(keeper);
    assertThat(reason(keeper)).contains("GENOME_ROTATION_REFUSED");
    String signer = old.authority().signers().getFirst().keyId();
    write("genome.json", draft.signedBy(oldKey, signer).text());
    settle(keeper);

    assertThat(reason(keeper)).isEmpty();
    assertThat(inForce).isNotEqualTo(old.id()).isNotEmpty();
  }

  @Test
  void an_older_genome_does_not_come_back_after_a_restart() throws IOException {
    start();
    String first = Files.readString(file("genome.json"));
    start(List.of(new DefaultGenome.Action("action:job:get", "A")));
    assertThat(Files.readString(file("genome.json"))).isNotEqualTo(first);

    GovernanceKeeper keeper = keeper(Optional.empty());
    write("genome.json", first);
    now = now.plus(Duration.ofSeconds(1));
    keeper.open(List.of(new DefaultGenome.Action("action:job:get", "A")), random);

    // Its own genome is renewed again from there, and still may not follow the one accepted last.
    assertThat(reason(keeper)).contains("GENOME_ROTATION_REFUSED");
  }

  @Test
  void an_older_genome_does_not_come_back_when_the_file_of_the_accepted_one_is_gone()
      throws IOException {
    start();
    String first = Files.readString(file("genome.json"));
    start(List.of(new DefaultGenome.Action("action:job:get", "A")));
    String newest = Files.readString(file("genome.json"));
    Path accepted = acceptedFile();
    String kept = Files.readString(accepted);

    Files.delete(accepted);
    write("genome.json", first);
    assertThat(reason(start())).contains("GENOME_ROTATION_REFUSED");
    Files.writeString(accepted, first);
    assertThat(reason(start())).contains("GENOME_ROTATION_REFUSED");
    write("genome.json", newest);

    assertThat(reason(start(List.of(new DefaultGenome.Action("action:job:get", "A"))))).isEmpty();
    assertThat(accepted).hasContent(kept);
  }

  @Test
  void a_root_of_other_keys_is_not_taken_when_all_files_are_gone() throws IOException {
    start();
    Files.delete(acceptedFile());
    for (String name : List.of("genome.json", "genome.key", "governance.written")) {
      Files.delete(file(name));
    }

    assertThat(reason(start())).contains("GENOME_ROTATION_REFUSED");
  }

  @Test
  void what_a_version_before_accepted_is_taken_over() throws IOException {
    start();
    String first = Files.readString(file("genome.json"));
    start(List.of(new DefaultGenome.Action("action:job:get", "A")));
    String newest = Files.readString(file("genome.json"));
    store.forgetAll();

    write("genome.json", first);
    assertThat(reason(start())).contains("GENOME_ROTATION_REFUSED");
    write("genome.json", newest);
    assertThat(reason(start(List.of(new DefaultGenome.Action("action:job:get", "A"))))).isEmpty();
    Files.delete(acceptedFile());
    write("genome.json", first);
    assertThat(reason(start())).contains("GENOME_ROTATION_REFUSED");
  }

  @Test
  void nothing_stands_until_the_store_says_what_was_accepted() {
    store.fail();
    GovernanceKeeper keeper = start();
    assertThat(reason(keeper)).contains("GOVERNANCE_INIT_FAILED");

    store.mend();
    settle(keeper);

    assertThat(reason(keeper)).isEmpty();
  }

  private Path acceptedFile() throws IOException {
    try (Stream<Path> files = Files.list(file("governance"))) {
      return files.filter(one -> one.toString().contains("accepted-")).findFirst().orElseThrow();
    }
  }

  @Test
  void a_new_version_with_other_actions_renews_its_own_genome() {
    Genome old = start().root().genome().orElseThrow();
    List<DefaultGenome.Action> more =
        List.of(ACTIONS.getFirst(), new DefaultGenome.Action("action:job:new", "D"));

    Genome next = start(more).root().genome().orElseThrow();

    assertThat(next.parents()).containsExactly(old.id());
    assertThat(DefaultGenome.covers(next, more)).isTrue();
  }

  @Test
  void a_genome_expires_while_the_server_runs() throws IOException {
    start();
    SigningKey key = SigningKey.read(Files.readString(file("genome.key")));
    GenomeDocument current = GenomeDocument.read(Bytes.utf8(Files.readString(file("genome.json"))));
    Genome old = read(current);
    GenomeDocument mortal =
        current
            .withText("expires_at", "2026-11-22T00:00:00Z")
            .withTexts("parents", List.of(old.id()))
            .withNumber("sequence", 2)
            .signedBy(key, old.authority().signers().getFirst().keyId());
    write("genome.json", mortal.text());
    GovernanceKeeper keeper = start();
    assertThat(reason(keeper)).isEmpty();

    now = now.plus(Duration.ofDays(1));
    keeper.look();

    assertThat(reason(keeper)).contains("GENOME_EXPIRED");
  }

  @Test
  void a_governance_configuration_names_the_files_beside_it() throws IOException {
    start();
    Files.move(file("treaty.yaml"), file("treaty.md"));
    write(
        "config.json",
        "{\"treatyPath\":\"treaty.md\",\"treatyVersion\":\"1.0\",\"authority\":\"x\"}");
    assertThat(reason(start(Optional.of(file("config.json"))))).isEmpty();

    write(
        "config.json",
        "{\"treatyPath\":\"treaty.md\",\"treatyVersion\":\"2.0\",\"authority\":\"x\"}");
    assertThat(reason(start(Optional.of(file("config.json"))))).contains("TREATY_UNAVAILABLE");
    write("config.json", "{\"treatyVersion\":\"2.0\"}");
    assertThat(reason(start(Optional.of(file("config.json"))))).contains("GOVERNANCE_INIT_FAILED");
  }

  private GovernanceKeeper start() {
    return start(ACTIONS);
  }

  private GovernanceKeeper start(List<DefaultGenome.Action> actions) {
    GovernanceKeeper keeper = keeper(Optional.empty());
    keeper.open(actions, random);
    return keeper;
  }

  private GovernanceKeeper start(Optional<Path> config) {
    GovernanceKeeper keeper = keeper(config);
    keeper.open(ACTIONS, random);
    return keeper;
  }

  private GovernanceKeeper keeper(Optional<Path> config) {
    inForce = "";
    ServerConfig.Governance settings =
        new ServerConfig.Governance(
            config, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30));
    InstantSource clock = () -> now;
    return new GovernanceKeeper(
        settings, data, clock, id -> inForce = id, new AcceptedGenomes(data, "", store));
  }

  private static void settle(GovernanceKeeper keeper) {
    keeper.look();
    keeper.look();
  }

  private static Optional<String> reason(GovernanceKeeper keeper) {
    return keeper.root().problem().map(Problem::reason);
  }

  private static Genome read(GenomeDocument document) {
    return ((GenomeReading.Read) GenomeReader.read(Bytes.utf8(document.text()))).genome();
  }

  private Path file(String name) {
    return data.resolve(name);
  }

  /// Through another file, so that the inode tells two writes within a tick of the clock apart.
  private void write(String name, String text) throws IOException {
    GovernanceFiles.write(file(name), Bytes.utf8(text));
  }
}
