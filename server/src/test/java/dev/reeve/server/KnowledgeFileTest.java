package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.knowledge.KnowledgeItem;
import dev.reeve.service.knowledge.KnowledgeItem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a restart finds of the knowledge base.
final class KnowledgeFileTest {
  @TempDir private Path data;

  @Test
  void what_was_answered_for_is_there_again_in_its_order() throws IOException {
    KnowledgeBase base = open();
    base.write("a", record("r-2", 1), false);
    base.write("a", record("r-1", 2), false);
    base.write("b", record("r-1", 3), false);
    base.write("a", record("r-2", 9), true);
    Files.writeString(file(), "{\"at\":1,\"ent", StandardOpenOption.APPEND);

    KnowledgeBase again = open();
    again.write("a", record("r-3", 4), false);

    assertThat(qubits(open(), "a")).containsExactly(9, 2, 4);
    assertThat(qubits(again, "b")).containsExactly(3);
  }

  @Test
  void a_file_of_somebody_else_stops_the_start() throws IOException {
    Files.writeString(file(), "hello\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("knowledge.jsonl");
  }

  @Test
  void a_file_with_much_that_was_written_over_becomes_small_at_a_start() throws IOException {
    KnowledgeBase base = open();
    base.write("a", record("r", 7), false);
    String line = Files.readString(file());
    Files.writeString(file(), line.repeat((17 << 20) / (line.length() - 1)));

    assertThat(qubits(open(), "a")).containsExactly(7);
    assertThat(Files.size(file())).isEqualTo(line.length());
  }

  @Test
  void what_a_failed_write_left_behind_is_no_part_of_the_next_line() throws IOException {
    KnowledgeBase base = open();
    base.write("a", record("r-1", 1), false);
    Files.writeString(file(), "{\"at\":1,\"ent", StandardOpenOption.APPEND);

    base.write("a", record("r-2", 2), false);

    assertThat(qubits(open(), "a")).containsExactly(1, 2);
  }

  @Test
  void what_is_written_at_once_is_there_again_whole_or_not_at_all() throws IOException {
    KnowledgeBase base = open();
    base.write("a", record("r-1", 1), false);
    List<KnowledgeBase.Outcome> outcomes =
        base.writeAll("a", List.of(record("r-2", 2), record("r-1", 9), record("r-3", 3)), false);
    String whole = Files.readString(file());

    assertThat(outcomes)
        .extracting(KnowledgeBase.Written.class::isInstance)
        .containsExactly(true, false, true);
    assertThat(qubits(open(), "a")).containsExactly(1, 2, 3);
    Files.writeString(file(), whole.substring(0, whole.length() - 1));
    assertThat(qubits(open(), "a")).containsExactly(1);
    assertThat(whole).startsWith(Files.readString(file()));
    Files.writeString(file(), whole.substring(0, whole.lastIndexOf('\n', whole.length() - 2) + 1));
    assertThat(qubits(open(), "a")).containsExactly(1);
  }

  private KnowledgeBase open() {
    return KnowledgeFile.open(data, () -> Instant.parse("2030-01-01T00:00:00Z"));
  }

  private Path file() {
    return data.resolve("knowledge.jsonl");
  }

  private static List<Integer> qubits(KnowledgeBase base, String tenant) {
    return base.query(tenant, Kind.RECORD, _ -> true, 0, 10).items().stream()
        .map(KnowledgeItem::qubits)
        .toList();
  }

  private static KnowledgeItem record(String id, int qubits) {
    return new KnowledgeItem(
        Kind.RECORD, id, new TreeMap<>(), new TreeMap<>(Map.of("k", "v")), qubits, 0.1, false, 1);
  }
}
