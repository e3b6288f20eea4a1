package dev.reeve.service.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.service.knowledge.KnowledgeItem.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is written at once, and how much of it.
final class KnowledgeBaseTest {
  private final Disk disk = new Disk();
  private final KnowledgeBase base =
      new KnowledgeBase(disk, () -> Instant.parse("2030-01-01T00:00:00Z"));

  /// Counts how often it is written to; may be full.
  private static final class Disk implements KnowledgeStore {
    private final List<List<Bytes>> appended = new ArrayList<>();
    private boolean full;

    @Override
    public void read(Consumer<Bytes> line) {}

    @Override
    public void append(List<Bytes> lines) throws IOException {
      if (full) {
        throw new IOException("full");
      }
      appended.add(lines);
    }

    @Override
    public void replace(List<Bytes> lines) {}
  }

  @Test
  void many_items_are_one_write_to_the_disk() {
    List<KnowledgeBase.Outcome> outcomes =
        base.writeAll("a", List.of(record("r-1", ""), record("r-2", ""), record("r-1", "")), false);

    assertThat(disk.appended).hasSize(1);
    assertThat(disk.appended.getFirst()).hasSize(2);
    assertThat(outcomes.get(1)).isInstanceOf(KnowledgeBase.Written.class);
    assertThat(outcomes.get(2)).isInstanceOf(KnowledgeBase.Refused.class);
  }

  @Test
  void a_disk_that_takes_nothing_leaves_everything_as_it_was() {
    base.write("a", record("r-1", "before"), false);
    disk.full = true;
    List<KnowledgeItem> items =
        List.of(record("r-1", "x"), record("r-2", ""), record("r-2", "y"), record("r-1", "z"));

    assertThatThrownBy(() -> base.writeAll("a", items, true))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("could not be kept");

    assertThat(base.query("a", Kind.RECORD, _ -> true, 0, 10).items())
        .containsExactly(record("r-1", "before"));
    disk.full = false;
    assertThat(base.write("a", record("r-2", ""), false).created()).isTrue();
  }

  @Test
  void one_tenant_cannot_take_the_room_of_the_others() {
    String mebibyte = "x".repeat(1 << 20);
    for (int i = 1; i < 32; i++) {
      base.write("a", record("r-" + i, mebibyte), false);
    }

    assertThatThrownBy(() -> base.write("a", record("r-32", mebibyte), false))
        .hasMessageContaining("of a tenant");
    assertThat(base.write("a", record("r-1", mebibyte), true).created()).isFalse();
    assertThat(base.write("b", record("r-1", mebibyte), false).created()).isTrue();
  }

  private static KnowledgeItem record(String id, String text) {
    return new KnowledgeItem(
        Kind.RECORD, id, new TreeMap<>(), new TreeMap<>(Map.of("k", text)), 1, 0.1, false, 1);
  }
}
