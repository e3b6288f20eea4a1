package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.testing.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verifier that the documentation shows refuses what ours refuses. Both look at the same
/// files.
class PythonVerifierIT {
  private static final Path SCRIPT = Path.of("../docs/examples/verify_export.py");
  private static final int FLIPS = 250;

  /// Runs the script on each export that stands on a line, with the kept note behind a tab, in one
  /// process: 0 for one that is in order, else what it said.
  private static final String DRIVER =
      """
      import contextlib, io, runpy, sys
      script = sys.argv[1]
      for line in sys.stdin.read().splitlines():
          sys.argv = [script] + line.split("\\t")
          try:
              with contextlib.redirect_stdout(io.StringIO()):
                  runpy.run_path(script, run_name="__main__")
              print(0)
          except SystemExit as end:
              print(str(end.code).replace("\\n", " "))
      """;

  @TempDir Path folder;

  private final SampleLog log = SampleLog.of(10);
  private final Map<Export, Boolean> cases = new LinkedHashMap<>();

  /// A file, and the head that somebody kept; no head: none was.
  private record Export(String name, Bytes file, Optional<TreeHead> kept) {
    Export(String name, byte[] file) {
      this(name, file, Optional.empty());
    }

    Export(String name, byte[] file, Optional<TreeHead> kept) {
      this(name, Bytes.copyOf(file), kept);
    }
  }

  private void good(Export export) {
    cases.put(export, true);
  }

  private void damaged(String name, List<Bytes> lines) {
    cases.put(new Export(name, SampleLog.file(lines)), false);
  }

  private void damaged(String name, int line, String part, String by) {
    List<Bytes> lines = log.export();
    String before = lines.get(line).utf8();
    assertThat(before).as(name).contains(part);
    lines.set(line, Bytes.utf8(before.replace(part, by)));
    damaged(name, lines);
  }

  @Test
  void what_is_in_order_is_so_for_both() {
    SampleLog pruned = SampleLog.of(600);
    pruned.commits.subList(0, 50).clear();
    good(new Export("a log", SampleLog.file(log.export())));
    good(new Export("an empty log", SampleLog.file(SampleLog.of(0).export())));
    good(new Export("a pruned log", SampleLog.file(pruned.export())));
    good(
        new Export(
            "extends what was kept", SampleLog.file(log.export()), Optional.of(log.head(4))));

    verdictsAgree();
  }

  @Test
  void what_was_cut_or_put_in_another_order_is_damage_for_both() {
    for (int line = 0; line <= 10; line++) {
      List<Bytes> without = log.export();
      without.remove(line);
      damaged("without line " + line, without);
      List<Bytes> twice = log.export();
      twice.add(line, twice.get(line));
      damaged("line " + line + " twice", twice);
    }
    List<Bytes> turned = log.export();
    turned.add(2, turned.remove(1));
    damaged("in another order", turned);
    List<Bytes> after = log.export();
    after.add(after.getFirst());
    damaged("something behind the head", after);
    damaged("nothing", List.of());
    byte[] file = SampleLog.file(log.export());
    for (int cut = 1; cut < 40; cut++) {
      cases.put(new Export("cut by " + cut, Arrays.copyOf(file, file.length - cut)), false);
    }

    verdictsAgree();
  }

  @Test
  void what_was_kept_finds_a_log_that_was_cut_or_rewritten() {
    byte[] shorter = SampleLog.file(SampleLog.of(7).export());
    TreeHead other =
        SampleLog.SIGNER.sign(new Checkpoint(log.keys.origin(), 4, TreeHasher.EMPTY_ROOT, 1));
    good(new Export("shorter, with nothing kept", shorter));
    cases.put(new Export("shorter than kept", shorter, Optional.of(log.head(10))), false);
    cases.put(new Export("rewritten", SampleLog.file(log.export()), Optional.of(other)), false);

    verdictsAgree();
  }

  @Test
  void forged_lines_and_other_members_are_damage_for_both() {
    Bytes hash = TreeHasher.create().leaf(log.commits.get(1).leaves().get(1));
    List<Bytes> behind = log.export();
    behind.set(4, new ExportLine.Pruned(4, hash).toBytes());
    damaged("pruned behind receipts", behind);
    List<Bytes> forged = log.export();
    forged.set(0, new ExportLine.Pruned(0, hash).toBytes());
    damaged("pruned with the hash of another", forged);
    damaged("another decision", 3, "\"decision\":\"deny\"", "\"decision\":\"allow\"");
    damaged("another job in the line", 3, "\"job_id\":\"job-3\"", "\"job_id\":\"job-4\"");
    damaged("another member of a line", 3, "{\"decision\"", "{\"a\":1,\"decision\"");
    damaged("a last member of a line", 3, "}}", "},\"z\":1}");
    damaged("another member of a leaf", 3, "\"v\":1}", "\"v\":1,\"w\":1}");
    damaged("another member of the head", 10, "{\"head\"", "{\"a\":1,\"head\"");
    damaged("another member in the head", 10, "\"size\":10", "\"size\":10,\"t\":1");
    damaged("another member of a key", 10, "\"sig\":", "\"s\":1,\"sig\":");
    damaged("a blank", 3, "\"decision\":", "\"decision\": ");
    damaged("a number with a fraction", 3, "\"index\":3,", "\"index\":3.0,");
    damaged("a member twice", 3, "{\"decision\"", "{\"decision\":\"deny\",\"decision\"");
    damaged("another size", 10, "\"size\":10", "\"size\":11");

    verdictsAgree();
  }

  @Seeded
  @Test
  void flipped_bits_are_damage_for_both(RandomGenerator random) {
    byte[] file = SampleLog.file(SampleLog.of(3).export());
    for (int i = 0; i < FLIPS; i++) {
      byte[] other = file.clone();
      int bit = random.nextInt(other.length * 8);
      other[bit / 8] ^= (byte) (1 << (bit % 8));
      cases.put(new Export("bit " + bit + " of " + i, other), false);
    }

    verdictsAgree();
  }

  private void verdictsAgree() {
    List<Export> exports = List.copyOf(cases.keySet());
    List<String> said = python(exports);
    assertThat(said).hasSameSizeAs(exports);
    for (int i = 0; i < exports.size(); i++) {
      Export export = exports.get(i);
      boolean expected = Boolean.TRUE.equals(cases.get(export));
      assertThat(ours(export)).as("ours of %s", export.name()).isEqualTo(expected);
      if (expected) {
        assertThat(said.get(i)).as(export.name()).isEqualTo("0");
      } else {
        assertThat(said.get(i)).as(export.name()).startsWith("damaged: ");
      }
    }
  }

  private static boolean ours(Export export) {
    try {
      ExportReader.verify(new ByteArrayInputStream(export.file().toArray()), export.kept());
      return true;
    } catch (AuditDamage e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> python(List<Export> exports) {
    List<String> tasks = new ArrayList<>();
    try {
      for (Export export : exports) {
        Path file = folder.resolve("export-" + tasks.size());
        Files.write(file, export.file().toArray());
        tasks.add(file + (export.kept().isEmpty() ? "" : "\t" + kept(export, file)));
      }
      Path in = Files.write(folder.resolve("tasks"), tasks);
      Path out = folder.resolve("said");
      Process python =
          new ProcessBuilder("python3", "-c", DRIVER, SCRIPT.toString())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(python.waitFor()).isZero();
      try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
        return lines.toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path kept(Export export, Path file) throws IOException {
    return Files.writeString(
        file.resolveSibling(file.getFileName() + ".note"), export.kept().orElseThrow().note());
  }
}
