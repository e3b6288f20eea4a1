package dev.reeve.governance.genome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents made and signed by other implementations (python-cryptography, Node), with the ids
/// they computed; `src/test/vectors` has the programs that write them.
class GenomeVectorsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  record Vector(String name, String document, String genomeId, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_foreign_document_is_judged_as_its_maker_judges_it(Vector vector) {
    GenomeVerification verification = GenomeVerifier.verify(Bytes.utf8(vector.document()), NOW);

    String reason = verification.reason().map(ProblemCode::reason).orElse("");
    assertThat(reason).as("%s", verification.problems()).isEqualTo(vector.reason());
    assertThat(verification.genomeId()).isEqualTo(vector.genomeId());
    assertThat(verification.schemaValid()).isEqualTo(!reason.equals("GENOME_INVALID_SCHEMA"));
    assertThat(verification.verified()).isEqualTo(reason.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_document_with_any_byte_changed_is_not_verified_under_the_same_id(Vector vector) {
    byte[] bytes = Bytes.utf8(vector.document()).toArray();
    int step = Math.max(1, bytes.length / 97);

    for (int at = 0; vector.reason().isEmpty() && at < bytes.length; at += step) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      GenomeVerification verification = GenomeVerifier.verify(Bytes.wrap(damaged), NOW);
      boolean sameMeaning = verification.genomeId().equals(vector.genomeId());
      assertThat(verification.verified() && !sameMeaning).as("byte %s", at).isFalse();
    }
  }

  static Stream<Vector> vectors() {
    try (InputStream in =
        Objects.requireNonNull(
            GenomeVectorsTest.class.getResourceAsStream("/genome/vectors.jsonl"))) {
      return Bytes.wrap(in.readAllBytes()).utf8().lines().map(GenomeVectorsTest::vector);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vector vector(String line) {
    Map<String, Json> members = ((Json.JsonObject) JsonReader.read(Bytes.utf8(line))).members();
    return new Vector(
        text(members, "name"),
        text(members, "document"),
        text(members, "genome_id"),
        text(members, "reason"));
  }

  private static String text(Map<String, Json> members, String name) {
    return members.get(name) instanceof Json.JsonText text ? text.value() : "";
  }
}
