package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateRulesTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;

  private Optional<Path> file(String text) throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, text);
    return Optional.of(file);
  }

  private static GateRules read(
      Optional<Path> boundary, Optional<Path> conscience, Optional<Path> key) {
    return GateRules.read(
        new GateSettings(boundary, conscience, Set.of(), key, Set.of(), Optional.empty()), RANDOM);
  }

  @Test
  void the_shipped_rules_hold_when_nothing_is_set() {
    GateRules rules = read(Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(rules.boundary().name()).isEqualTo("boundary");
    assertThat(rules.anchors()).containsExactlyInAnyOrder("system", "kaitiaki", "admin");
  }

  @Test
  void the_same_key_file_gives_the_same_tokens() throws IOException {
    Optional<Path> key = file("ab".repeat(32) + "\n");

    String one = read(Optional.empty(), Optional.empty(), key).key().tokenise("alice");
    String two = read(Optional.empty(), Optional.empty(), key).key().tokenise("alice");

    assertThat(one).isEqualTo(two);
  }

  @Test
  void a_pack_or_key_that_is_none_is_refused_by_name() throws IOException {
    Optional<Path> wrong = file("name: mine\nsurprise: 1\n");

    assertThatThrownBy(() -> read(wrong, Optional.empty(), Optional.empty()))
        .hasMessageContaining("governance.boundary_pack: ")
        .hasMessageContaining("surprise");
    assertThatThrownBy(() -> read(Optional.empty(), wrong, Optional.empty()))
        .hasMessageContaining("governance.conscience_pack: ");
    assertThatThrownBy(() -> read(Optional.empty(), Optional.empty(), wrong))
        .hasMessageContaining("governance.data_key_file: ")
        .hasMessageNotContaining("surprise");
    assertThatThrownBy(
            () -> read(Optional.of(folder.resolve("none")), Optional.empty(), Optional.empty()))
        .hasMessageContaining("there is no such file");
  }
}
