package dev.reeve.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  @ParameterizedTest
  @CsvSource({
    "progress 0.4 half way, 0.4, half way",
    "progress 1, 1, ''",
    "progress .5, 0.5, ''",
    "progress 40% half, 0.4, half",
    "progress 100%, 1, ''",
    "progress 0, 0, ''"
  })
  void progress_lines_are_read(String line, double fraction, String message) {
    assertThat(Progress.parse(line)).contains(new Progress(fraction, message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "progress",
        "progress ",
        "progress x",
        "progress 1.1",
        "progress 101%",
        "progress -1",
        "progress %",
        "progress .",
        "in progress 0.4",
        "progress 0.4half",
        "Progress 0.4",
        "progress NaN",
        "progress 1e-1"
      })
  void other_lines_are_not(String line) {
    assertThat(Progress.parse(line)).isEmpty();
  }

  @Test
  void endless_lines_and_many_lines_are_cut() throws IOException {
    List<Progress> progress = new ArrayList<>();
    StderrTail tail = new StderrTail(progress::add);
    String text = "x".repeat(5_000_000) + "\n" + "progress 0.5\n" + "line\n".repeat(100);

    tail.readAll(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(progress).containsExactly(new Progress(0.5, ""));
    assertThat(tail.text().lines()).hasSize(20).containsOnly("line");
  }
}
