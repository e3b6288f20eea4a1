package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenomeTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeTemplate() throws IOException {
    Files.writeString(folder.resolve("template.json"), "{\"name\": \"ROOT\", \"version\": \"1\"}");
    Files.writeString(folder.resolve("part.txt"), "part of the build\n");
  }

  @Test
  void a_genome_of_two_signers_is_valid_when_both_signed_it() {
    keygen("one");
    keygen("two");
    genome("build", file("template.json"), signer("one"), signer("two"), out("genome.json"));

    genome("sign", file("genome.json"), key("one"));
    CliRun.Result half = new CliRun().run("genome", "verify", file("genome.json"), "--json");
    genome("sign", file("genome.json"), key("two"));
    CliRun.Result whole = new CliRun().run("genome", "verify", file("genome.json"), "--json");

    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("1 of 2 signers");
    assertThat(answer(half).get("reason_code").getAsString()).isEqualTo("GENOME_INVALID_SIGNATURE");
    assertThat(whole.exitCode()).isZero();
    assertThat(answer(whole).keySet())
        .containsExactly("verified", "genome_id", "schema_valid", "reason_code");
    assertThat(answer(whole).get("verified").getAsBoolean()).isTrue();
    assertThat(answer(whole).get("reason_code").getAsString()).isEmpty();
    assertThat(answer(whole).get("genome_id")).isEqualTo(answer(half).get("genome_id"));
  }

  @Test
  void a_private_key_is_for_its_owner_alone_and_never_written_over() throws IOException {
    keygen("one");
    String first = Files.readString(folder.resolve("one"));

    CliRun.Result again = new CliRun().run("genome", "keygen", file("one"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("one"))))
        .isEqualTo("rw-------");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("is there already", "reason: FILE_EXISTS");
    assertThat(Files.readString(folder.resolve("one"))).isEqualTo(first);
  }

  @Test
  void a_missing_file_is_answered_in_json_too() {
    CliRun.Result missing = new CliRun().run("genome", "verify", file("none.json"), "--json");

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.out().strip())
        .isEqualTo(
            "{\"verified\":false,\"genome_id\":\"\",\"schema_valid\":false,"
                + "\"reason_code\":\"GENOME_MISSING\"}");
  }

  @Test
  void all_that_is_wrong_is_said_at_once() throws IOException {
    Files.writeString(folder.resolve("bad.json"), "{\"schema_version\": \"genome.v9\"}");

    CliRun.Result bad = new CliRun().run("genome", "verify", file("bad.json"));

    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.out()).contains("reason_code", "GENOME_INVALID_SCHEMA");
    assertThat(bad.err())
        .contains("schema_version: \"genome.v9\"", "name: missing", "authority: missing");
  }

  @Test
  void the_build_manifest_is_compared_on_request() throws IOException {
    keygen("one");
    genome(
        "build",
        file("template.json"),
        signer("one"),
        "--root=" + folder,
        "--manifest=part.txt",
        out("genome.json"));
    genome("sign", file("genome.json"), key("one"));

    genome("verify", file("genome.json"), "--files", folder.toString());
    Files.writeString(folder.resolve("part.txt"), "another part\n");
    CliRun.Result changed =
        new CliRun()
            .run("genome", "verify", file("genome.json"), "--files", folder.toString(), "--json");

    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.out()).contains("GENOME_MANIFEST_MISMATCH");
    assertThat(changed.err()).contains("part.txt: other content");
  }

  @Test
  void a_key_is_rotated_by_the_one_before_it() {
    keygen("old");
    keygen("new");
    genome("build", file("template.json"), signer("old"), out("1.json"));
    genome("sign", file("1.json"), key("old"));
    genome("build", file("1.json"), signer("new"), after("1.json"), out("2.json"));
    genome("sign", file("2.json"), key("new"));

    CliRun.Result alone =
        new CliRun().run("genome", "verify", file("2.json"), after("1.json"), "--json");
    genome("sign", file("2.json"), key("old"), after("1.json"));

    assertThat(alone.out()).contains("GENOME_ROTATION_REFUSED");
    genome("verify", file("2.json"), after("1.json"));
    assertThat(new CliRun().run("genome", "verify", file("1.json"), after("2.json")).exitCode())
        .isEqualTo(2);
  }

  @Test
  void a_strangers_key_does_not_sign() {
    keygen("one");
    keygen("stranger");
    genome("build", file("template.json"), signer("one"), out("genome.json"));

    CliRun.Result refused =
        new CliRun().run("genome", "sign", file("genome.json"), key("stranger"));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("not the key of a signer");
  }

  private void keygen(String name) {
    genome("keygen", file(name));
  }

  private static void genome(String... arguments) {
    List<String> line = new ArrayList<>(List.of("genome"));
    line.addAll(List.of(arguments));
    CliRun.Result result = new CliRun().run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as("%s: %s", line, result.err()).isZero();
  }

  private static JsonObject answer(CliRun.Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String signer(String name) {
    return "--signer=" + file(name + ".pub");
  }

  private String key(String name) {
    return "--key=" + file(name);
  }

  private String after(String name) {
    return "--after=" + file(name);
  }

  private String out(String name) {
    return "--out=" + file(name);
  }
}
