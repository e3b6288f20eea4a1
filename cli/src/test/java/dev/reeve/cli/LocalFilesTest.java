package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items added to files of the caller.
final class LocalFilesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[ ]\n", "# keys\n[] # none\n"})
  void the_first_item_makes_a_list(String before) throws IOException {
    Path file = file(before);

    LocalFiles.appendItem(file, "{a: 1}");

    assertThat(file).hasContent("- {a: 1}\n");
  }

  @Test
  void an_item_comes_after_the_others() throws IOException {
    Path file = file("# keys\n- {a: 1}\n- b: 2\n  c: 3");

    LocalFiles.appendItem(file, "{d: 4}");

    assertThat(file).hasContent("# keys\n- {a: 1}\n- b: 2\n  c: 3\n- {d: 4}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\n", "[{a: 1}]\n", "  - a\n", "- a\n---\n- b\n", "[]\n[]\n"})
  void what_is_no_plain_list_stays_as_it_is(String before) throws IOException {
    Path file = file(before);

    assertThatThrownBy(() -> LocalFiles.appendItem(file, "{a: 1}"))
        .hasMessageContaining("no plain list");
    assertThat(file).hasContent(before);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("keys.yaml"), content);
  }
}
