package dev.reeve.quantum.aqo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.SplitMix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AqoReaderTest {
  private static final String GOLDEN = "golden/aqo-refused.txt";

  /// A heading, the document, and a line that begins with `!` for each reason.
  /// `-Dgolden.update=true` writes what is found.
  @Test
  void refused_documents_say_where_and_why() throws IOException {
    String known = Programs.resource("/" + GOLDEN);
    StringBuilder found = new StringBuilder();
    for (String section : ("\n" + known).split("\n## ", -1)) {
      if (section.isBlank()) {
        continue;
      }
      String name = section.lines().findFirst().orElseThrow();
      String json =
          String.join(
              "\n", section.lines().skip(1).filter(line -> !line.startsWith("! ")).toList());
      found.append("## ").append(name).append('\n').append(json).append('\n');
      for (AqoFinding finding : AqoReader.check(Bytes.utf8(json), AqoLimits.DEFAULT)) {
        found.append(
            "! %d:%d %s %s\n"
                .formatted(finding.line(), finding.column(), finding.kind(), finding.oneLine()));
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(Path.of("src/test/resources").resolve(GOLDEN), found);
      return;
    }
    assertThat(found).hasToString(known);
  }

  @Test
  void what_is_not_utf_8_is_refused() {
    byte[] latin = "{\"version\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(AqoReader.check(Bytes.wrap(latin), AqoLimits.DEFAULT).getFirst().oneLine())
        .isEqualTo("not UTF-8 (expected: JSON in UTF-8)");
  }

  @Test
  void a_document_over_the_bound_is_refused_unread() {
    AqoLimits small = new AqoLimits(10, 10, 10, 10, 10);

    assertThatThrownBy(() -> AqoReader.read(Bytes.utf8("{".repeat(11)), small))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().kind()).isEqualTo(ProblemKind.EXHAUSTED);
              assertThat(e.problem().message()).isEqualTo("11 bytes (expected: at most 10)");
            });
  }

  @Test
  void mutated_documents_are_read_or_refused() {
    SplitMix random = new SplitMix(11);
    RandomDocuments documents = new RandomDocuments(random);
    for (int i = 0; i < 2_000; i++) {
      byte[] json = documents.next(AqoVersion.V1_1).canonical().toArray();
      for (int change = random.nextInt(3); change >= 0; change--) {
        json[random.nextInt(json.length)] = (byte) (32 + random.nextInt(96));
      }

      Bytes mutated = Bytes.wrap(json);

      if (AqoReader.check(mutated, AqoLimits.DEFAULT).isEmpty()) {
        AqoDocument document = AqoReader.read(mutated, AqoLimits.DEFAULT);
        assertThat(AqoReader.read(document.canonical(), AqoLimits.DEFAULT)).isEqualTo(document);
      }
    }
  }
}
