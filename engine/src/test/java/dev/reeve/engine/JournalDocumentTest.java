package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.engine.JournalDocument.Sequences;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes below are those of data that exists: they read for ever.
class JournalDocumentTest {
  private static final List<Sequences> JOBS =
      List.of(new Sequences(7, 1, 2), new Sequences(5, 4, 0));
  private static final List<Leaf> LEAVES =
      List.of(
          new Leaf(3, 8, 99, List.of(1L, 2L), Receipt.of("a", "allow").withSubject("t", "j", "p")),
          new Leaf(3, 9, 99, List.of(), Receipt.of("a", "allow").withSubject("t", "k", "p")));
  private static final String FIRST =
      "{\"action\":\"a\",\"actor\":\"p\",\"at\":99,\"decision\":\"allow\",\"event_seqs\":[1,2],"
          + "\"index\":8,\"job\":\"j\",\"position\":3,\"tenant\":\"t\",\"v\":1}";
  private static final String SECOND =
      "{\"action\":\"a\",\"actor\":\"p\",\"at\":99,\"decision\":\"allow\","
          + "\"index\":9,\"job\":\"k\",\"position\":3,\"tenant\":\"t\",\"v\":1}";
  private static final Bytes WHOLE =
      Bytes.utf8("{\"jobs\":[7,1,2,5,4,0],\"v\":1}\n" + FIRST + "\n" + SECOND);
  private static final Bytes SHORT =
      Bytes.utf8(
          "{\"jobs\":[7,1,2,5,4,0],\"v\":2}\n"
              + FIRST
              + "\n{\"job\":\"k\",\"less\":[\"event_seqs\"]}");
  private static final Bytes PACKED =
      Bytes.utf8(
          "{\"jobs\":[7,1,2,5,4,0],\"v\":3}\n"
              + FIRST
              + "\n{\"job\":\"k\",\"less\":[\"event_seqs\"]}\n");

  @Test
  void all_versions_are_written_as_ever() {
    assertThat(JournalDocument.writeWhole(JOBS, hashed())).isEqualTo(WHOLE);
    assertThat(JournalDocument.writeShort(JOBS, LEAVES)).isEqualTo(SHORT);
    assertThat(JournalDocument.write(JOBS, LEAVES)).isEqualTo(PACKED);
    assertThat(JournalDocument.writeShort(JOBS, List.of()))
        .isEqualTo(Bytes.utf8("{\"jobs\":[7,1,2,5,4,0],\"v\":2}"));
    assertThat(JournalDocument.write(JOBS, List.of()))
        .isEqualTo(Bytes.utf8("{\"jobs\":[7,1,2,5,4,0],\"v\":3}"));
  }

  @Test
  void all_versions_hold_the_jobs_and_the_leaves_as_hashed() {
    for (Bytes bytes : List.of(WHOLE, SHORT, PACKED)) {
      JournalDocument read = JournalDocument.read(bytes);

      assertThat(read.jobs()).isEqualTo(JOBS);
      assertThat(read.leaves()).isEqualTo(hashed());
      assertThat(JournalDocument.readJobs(bytes)).isEqualTo(JOBS);
    }
    assertThat(JournalDocument.read(JournalDocument.write(JOBS, List.of())).leaves()).isEmpty();
  }

  @Test
  void a_version_nobody_knows_and_a_damaged_leaf_are_refused() {
    assertThatThrownBy(() -> JournalDocument.read(Bytes.utf8("{\"jobs\":[],\"v\":4}")))
        .isInstanceOf(CanonicalFormatException.class)
        .hasMessage("journal: version 4");
    for (Bytes bytes : List.of(SHORT, PACKED)) {
      JournalDocument damaged =
          JournalDocument.read(Bytes.utf8(bytes.utf8().replace("\"less\"", "\"lest\"")));
      assertThat(damaged.jobs()).isEqualTo(JOBS);
      assertThatThrownBy(damaged::leaves)
          .isInstanceOf(CanonicalFormatException.class)
          .hasMessageStartingWith("index 9: ");
    }
  }

  private static List<Bytes> hashed() {
    return LEAVES.stream().map(Leaf::toBytes).toList();
  }
}
