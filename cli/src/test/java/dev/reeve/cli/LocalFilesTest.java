package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of the caller that are written, and items added to them.
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

  @Test
  void a_link_stays_and_what_it_leads_to_is_written() throws IOException {
    Path file = file("before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    LocalFiles.write(link, out -> out.write(Bytes.utf8("after").unsafeArray()));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("after");
  }

  @Test
  void a_link_that_leads_to_nothing_yet_stays_too() throws IOException {
    Path file = folder.resolve("later");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    LocalFiles.write(link, out -> out.write(Bytes.utf8("first").unsafeArray()));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("first");
  }

  @Test
  void a_writing_that_fails_leaves_the_file_and_nothing_beside_it() throws IOException {
    Path file = file("before");

    assertThatThrownBy(() ->
            LocalFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("disk full");
                }))
        .hasMessageContaining("cannot be written");

    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void a_pipe_gets_the_bytes_and_is_no_file_afterwards() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> new String(LocalFiles.read(pipe, 100), StandardCharsets.UTF_8));

    LocalFiles.write(pipe, out -> out.write(Bytes.utf8("bytes").unsafeArray()));

    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("bytes");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("keys.yaml"), content);
  }
}
