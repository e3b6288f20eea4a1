package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file with the keys of callers.
final class CallerKeysFileTest {
  private static final String HASH = Sha256.of(Bytes.utf8("secret")).hex();
  private static final String ENTRY =
      "- {\"name\":\"ci\",\"principal\":\"ann\",\"role\":\"user\",\"sha256\":\""
          + HASH
          + "\",\"tenant\":\"acme\"}\n";

  @TempDir private Path folder;

  @Test
  void a_file_is_read_again_and_a_broken_one_changes_nothing() throws IOException {
    Path file = folder.resolve("keys.yaml");
    Files.writeString(file, ENTRY);
    CallerKeysFile keys =
        CallerKeysFile.open(new IdentitySettings(Optional.of(file), false, false));

    assertThat(size(keys)).isEqualTo(1);
    Files.writeString(file, ENTRY + ENTRY.replace(HASH, Sha256.of(Bytes.utf8("other")).hex()));
    keys.look();
    assertThat(size(keys)).isEqualTo(2);
    Files.writeString(file, "- {\"name\": 1}\n");
    keys.look();
    assertThat(size(keys)).isEqualTo(2);
    assertThat(keys.trouble()).contains("[0].", "what it said before is in force");
    Files.writeString(file, "[]");
    keys.look();
    assertThat(size(keys)).isZero();
    assertThat(keys.trouble()).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_read_is_tried_again_at_each_look() throws IOException {
    Path file = folder.resolve("keys.yaml");
    Files.writeString(file, ENTRY);
    CallerKeysFile keys =
        CallerKeysFile.open(new IdentitySettings(Optional.of(file), false, false));

    // No UTF-8, so that reading fails whoever reads, as it does when no handle is free.
    Files.write(file, new byte[] {(byte) 0xff, '[', ']'});
    FileTime written = Files.getLastModifiedTime(file);
    keys.look();
    assertThat(keys.trouble()).contains("cannot be read", "what it said before is in force");
    assertThat(size(keys)).isEqualTo(1);

    Files.writeString(file, "[ ]");
    Files.setLastModifiedTime(file, written);
    keys.look();
    assertThat(size(keys)).isZero();
    assertThat(keys.trouble()).isEmpty();
  }

  @Test
  void mistakes_are_named_and_values_are_not() {
    refused(ENTRY.replace("user", "root"), "[0].role (expected: admin, user or viewer)");
    refused(ENTRY.replace(HASH, "secret"), "[0].sha256 (expected: 64 hex digits");
    refused(ENTRY.replace("tenant", "rvk_secret"), "[0]: unknown member (expected: one of");
    refused(ENTRY + ENTRY, "[1].sha256: there already");
    for (String reserved : List.of("local-operator", "bus", "anonymous")) {
      refused(ENTRY.replace("\"ann\"", '"' + reserved + '"'), "[0].principal (expected: another");
    }
    refused(with("access", "\"root\""), "[0].access (expected: tenant, monitor or operator)");
    refused(with("access", "\"operator\""), "[0].role (expected: admin, with the operator's");
    for (String tenants : List.of("[b]", "[]", "[a, a]", "[\"\"]", "a", "[[a]]")) {
      String in = tenants.equals("[b]") ? ENTRY : ENTRY.replace(",\"tenant\":\"acme\"", "");
      refused(in.replace("}", ",\"tenants\":" + tenants + "}"), "[0].tenants (expected: a list");
    }
    refused(ENTRY.replace("}", ",\"expires\":\"soon\"}"), "[0].expires (expected: a time such");
    refused("a: b: c", "not YAML");
    refused("rvk_secret", "not a list");
  }

  @Test
  void an_entry_may_have_more_tenants_and_the_access_of_a_monitor_or_the_operator() {
    Path file = Path.of("keys.yaml");

    assertThat(
            CallerKeysFile.parse(file, ENTRY.replace("tenant\":\"acme\"", "tenants\":[a, b]"))
                .size())
        .isEqualTo(1);
    assertThat(CallerKeysFile.parse(file, with("access", "monitor")).size()).isEqualTo(1);
    assertThat(
            CallerKeysFile.parse(file, with("access", "operator").replace("user", "admin")).size())
        .isEqualTo(1);
  }

  private static String with(String member, String value) {
    return ENTRY.replace("}", ",\"" + member + "\":" + value + "}");
  }

  @Test
  void deleting_the_last_line_revokes_the_last_key() throws IOException {
    Path file = folder.resolve("keys.yaml");
    for (String nothing : List.of("", "\n", "# no keys\n")) {
      Files.writeString(file, ENTRY);
      CallerKeysFile keys =
          CallerKeysFile.open(new IdentitySettings(Optional.of(file), false, false));
      assertThat(size(keys)).isEqualTo(1);

      Files.writeString(file, nothing);
      keys.look();

      assertThat(size(keys)).isZero();
      assertThat(keys.trouble()).isEmpty();
      assertThat(size(CallerKeysFile.open(new IdentitySettings(Optional.of(file), false, false))))
          .isZero();
    }
  }

  @Test
  void without_a_file_no_key_is_asked_for() {
    CallerKeysFile keys = CallerKeysFile.open(new IdentitySettings(Optional.empty(), false, false));

    assertThat(keys.credentials().keys()).isEmpty();
    assertThat(keys.credentials().localOperator()).isTrue();
  }

  private static int size(CallerKeysFile keys) {
    return keys.credentials().keys().orElseThrow().get().size();
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> CallerKeysFile.parse(Path.of("keys.yaml"), text))
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("root", "soon", "rvk_secret");
  }
}
