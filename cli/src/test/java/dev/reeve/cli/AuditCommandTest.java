package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.ledger.Checkpoint;
import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private static final LogSigner SIGNER = LogSigner.forNewLog(new SecureRandom());
  private static final KeyHistory KEYS = KeyHistory.begin(SIGNER, 0, 1);

  private @TempDir Path folder;
  private final List<ExportLine.Entry> entries = new ArrayList<>();
  private final TreeHead head = log(5);

  @Test
  void an_export_verifies() throws IOException {
    CliRun.Result result = new CliRun().run("audit", "verify", file(export()));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("verified").contains("receipts    5").contains(KEYS.origin());
  }

  @Test
  void damage_is_named_and_ends_with_4() throws IOException {
    String damaged = export().replaceFirst("\"actor\":\"alice 3\"", "\"actor\":\"mallory\"");

    CliRun.Result result = new CliRun().run("audit", "verify", file(damaged));

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err())
        .contains("line 4 (index 3, job job-3): the receipt does not hash to")
        .contains("AUDIT_DAMAGED");
  }

  @Test
  void damage_is_a_line_of_json_for_programs() throws IOException {
    CliRun.Result result = new CliRun().run("audit", "verify", file(""), "--json");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out())
        .isEqualTo(
            "{\"verified\":false,\"where\":\"line 1\",\"what\":\"the file is empty (expected:"
                + " receipts and their tree head)\"}\n");
  }

  @Test
  void a_kept_note_is_held_against_an_export() throws IOException {
    String kept = file("kept.note", head.note());
    entries.clear();
    TreeHead shorter = log(4);
    String cut = file("cut.jsonl", export(shorter));

    CliRun.Result alone = new CliRun().run("audit", "verify", cut);
    CliRun.Result against = new CliRun().run("audit", "verify", cut, "--checkpoint", kept);

    assertThat(alone.exitCode()).isZero();
    assertThat(against.exitCode()).isEqualTo(4);
    assertThat(against.err()).contains("the kept checkpoint has 5 receipts, here are 4");
  }

  @Test
  void what_cannot_be_looked_at_ends_with_2() {
    assertThat(new CliRun().run("audit", "verify", "no-such-file").exitCode()).isEqualTo(2);
    assertThat(new CliRun().run("audit", "verify").exitCode()).isEqualTo(2);
  }

  @Test
  void csv_keeps_spreadsheets_from_computing() {
    ExportLine.Entry entry = entry(0, "=1+1, \"two\"");

    String line = new String(new CsvFormat().receipt(entry).orElseThrow(), StandardCharsets.UTF_8);

    assertThat(line)
        .startsWith("0,1970-01-01T00:00:00.001Z,acme,job-0,alice 0,action:job:submit,allow,rule-1,")
        .contains(",\"'=1+1, \"\"two\"\"\",")
        .endsWith("\r");
  }

  @Test
  void cef_escapes_header_and_extension_by_their_own_rules() {
    ExportLine.Entry entry = entry(0, "a=b|c\\d\ne");

    String line = new String(new CefFormat().receipt(entry).orElseThrow(), StandardCharsets.UTF_8);

    assertThat(line)
        .startsWith("CEF:0|Reeve|Reeve|")
        .contains("|action:job:submit|action:job:submit allow|2|rt=1 externalId=0 act=allow")
        .contains("reason=a\\=b|c\\\\d\\ne cs1Label=tenant cs1=acme");
  }

  @Test
  void ocsf_has_what_its_class_requires() {
    String line =
        new String(new OcsfFormat().receipt(entry(7, "ok")).orElseThrow(), StandardCharsets.UTF_8);

    assertThat(line)
        .contains("\"activity_id\":99")
        .contains("\"category_uid\":6")
        .contains("\"class_uid\":6003")
        .contains("\"type_uid\":600399")
        .contains("\"severity_id\":1")
        .contains("\"time\":1,")
        .contains("\"metadata\":{\"version\":\"1.3.0\"")
        .contains("\"product\":{\"name\":\"Reeve\"")
        .contains("\"actor\":{\"user\":{\"name\":\"alice 7\"}}")
        .contains("\"api\":{\"operation\":\"action:job:submit\"")
        .contains("\"src_endpoint\":{");
  }

  private TreeHead log(int size) {
    TreeHasher hasher = TreeHasher.create();
    MerkleFrontier tree = MerkleFrontier.EMPTY;
    for (int i = 0; i < size; i++) {
      entries.add(entry(i, "why"));
      tree = tree.append(hasher, entries.getLast().hash());
    }
    return SIGNER.sign(new Checkpoint(KEYS.origin(), size, tree.root(hasher), 5_000));
  }

  private static ExportLine.Entry entry(long index, String reason) {
    Receipt receipt =
        Receipt.of("action:job:submit", "allow")
            .withSubject("acme", "job-" + index, "alice " + index)
            .withRule("rule-1", reason, "cfg:1");
    Leaf leaf = new Leaf(1, index, 1_000, List.of(), receipt);
    return new ExportLine.Entry(leaf, leaf.toBytes(), TreeHasher.create().leaf(leaf.toBytes()));
  }

  private String export() {
    return export(head);
  }

  private String export(TreeHead signed) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.toBytes().utf8()).append('\n'));
    Bytes last = new ExportLine.Head(KEYS.records(), signed).toBytes();
    return text.append(last.utf8()).append('\n').toString();
  }

  private String file(String text) throws IOException {
    return file("export.jsonl", text);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
