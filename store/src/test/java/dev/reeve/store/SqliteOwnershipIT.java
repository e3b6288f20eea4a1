package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data directory belongs to one process.
final class SqliteOwnershipIT {
  @TempDir Path folder;

  @Test
  void a_second_opening_in_the_same_process_is_refused_and_leaves_the_first_its_lock()
      throws StoreException {
    Path data = folder.resolve("data");
    try (OpenStore first = open(data)) {
      assertThatThrownBy(() -> open(data))
          .isInstanceOf(StoreException.OwnedElsewhere.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());

      try (ChildJvm other = ChildJvm.start(OpenOnce.class, data.toString())) {
        assertThat(other.line()).contains("OwnedElsewhere");
      }
      first.log().commit(CommitBuilder.after(first.log().head()).job().build());
    }
    open(data).close();
  }

  @Test
  void another_process_is_named_and_its_death_frees_the_directory() throws StoreException {
    Path data = folder.resolve("data");
    try (ChildJvm owner = ChildJvm.start(CommitLoop.class, "sqlite", data.toString())) {
      assertThat(owner.line()).isEqualTo("open 1");

      assertThatThrownBy(() -> open(data))
          .isInstanceOf(StoreException.OwnedElsewhere.class)
          .hasMessageContaining("in use by process " + owner.pid());

      owner.kill();
      try (OpenStore store = open(data)) {
        assertThat(store.log().head().epoch()).isEqualTo(2);
      }
    }
  }

  @Test
  void a_copied_directory_is_a_store_of_its_own() throws StoreException {
    Path data = folder.resolve("data");
    Path copy = folder.resolve("copy");
    LogHead head;
    try (OpenStore store = open(data)) {
      store.log().commit(CommitBuilder.after(store.log().head()).jobs(3).build());
      head = store.log().head();
    }
    copy(data, copy);

    try (OpenStore original = open(data);
        OpenStore other = open(copy)) {
      assertThat(other.log().head().position()).isEqualTo(head.position());
      other.log().commit(CommitBuilder.after(other.log().head()).job().build());

      assertThat(original.log().archive().find(4)).isEmpty();
      assertThat(other.log().archive().find(4)).isPresent();
    }
  }

  @Test
  void two_names_of_one_directory_are_one() throws IOException, StoreException {
    Path data = folder.resolve("data");
    try (OpenStore first = open(data)) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), data);

      assertThatThrownBy(() -> open(link)).isInstanceOf(StoreException.OwnedElsewhere.class);
      assertThat(first.log().head().position()).isZero();
    }
  }

  private static OpenStore open(Path data) throws StoreException {
    return Stores.sqlite(data, InstantSource.system());
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A process that tries to open a directory and says what came of it.
  static final class OpenOnce {
    private OpenOnce() {}

    public static void main(String[] args) {
      try (OpenStore store = open(Path.of(args[0]))) {
        System.out.println("opened " + store.log().head());
      } catch (StoreException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
