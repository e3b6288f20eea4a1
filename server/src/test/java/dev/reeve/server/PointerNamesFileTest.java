package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.service.BlobPointers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pointers lead to what they led to before the server began anew.
class PointerNamesFileTest {
  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-22T04:00:00Z");
  private final InstantSource clock = () -> now;
  private final BlobStore blobs = new InMemoryStore(InstantSource.system()).blobs();

  private BlobPointers open() throws IOException {
    return BlobPointers.open(blobs, clock, new PointerNamesFile(folder));
  }

  private long lines() throws IOException {
    return Files.readAllLines(folder.resolve("pointers.jsonl")).size();
  }

  @Test
  void a_pointer_leads_on_after_an_end_without_a_close() throws IOException {
    BlobPointers before = open();
    before.put("default", "ctx:a", Bytes.utf8("one"));
    before.put("default", "ctx:a", Bytes.utf8("two"));
    before.put("other", "ctx:\u00e9\u2028", Bytes.utf8("three"));

    BlobPointers after = open();

    assertThat(after.get("default", "ctx:a")).contains(Bytes.utf8("two"));
    assertThat(after.get("other", "ctx:\u00e9\u2028")).contains(Bytes.utf8("three"));
    assertThat(after.get("other", "ctx:a")).isEmpty();
    assertThat(lines()).as("what was overwritten is gone").isEqualTo(2);
  }

  @Test
  void what_is_too_old_is_not_taken_over() throws IOException {
    open().put("default", "ctx:a", Bytes.utf8("one"));

    now = now.plus(Duration.ofHours(21));

    assertThat(open().get("default", "ctx:a")).isEmpty();
    assertThat(lines()).isZero();
  }

  @Test
  void a_line_that_a_crash_tore_costs_that_line_alone() throws IOException {
    open().put("default", "ctx:a", Bytes.utf8("one"));
    Files.writeString(
        folder.resolve("pointers.jsonl"), "{\"key\":\"ctx:b\",\"sh", StandardOpenOption.APPEND);

    BlobPointers after = open();
    after.put("default", "ctx:c", Bytes.utf8("three"));

    assertThat(open().get("default", "ctx:a")).contains(Bytes.utf8("one"));
    assertThat(open().get("default", "ctx:c")).contains(Bytes.utf8("three"));
  }

  @Test
  void what_cannot_be_written_down_is_not_kept() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    BlobPointers pointers = BlobPointers.open(blobs, clock, new PointerNamesFile(data));
    Files.delete(data.resolve("pointers.jsonl"));
    Files.delete(data);

    assertThatThrownBy(() -> pointers.put("default", "ctx:a", Bytes.utf8("one")))
        .isInstanceOf(ProblemException.class);
    assertThat(pointers.get("default", "ctx:a")).isEmpty();
  }

  @Test
  void many_changes_of_one_name_do_not_grow_the_file_for_ever() throws IOException {
    BlobPointers pointers = open();
    for (int i = 0; i < 25_000; i++) {
      pointers.put("default", "ctx:a", Bytes.utf8("one"));
    }

    assertThat(lines()).isLessThan(11_000);
  }
}
