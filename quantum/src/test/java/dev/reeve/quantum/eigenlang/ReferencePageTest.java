package dev.reeve.quantum.eigenlang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.hybrid.HybridProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The programs of the reference page are read and run.
final class ReferencePageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "eigen-lang.md");

  @Test
  void every_program_of_the_page_runs() throws IOException {
    List<String> programs = programs();

    assertThat(programs).hasSize(4);
    for (String program : programs) {
      byte[] source = program.getBytes(StandardCharsets.UTF_8);
      HybridProgram hybrid =
          EigenLang.compile(source, "page", EigenLangLimits.DEFAULT, CancelSignal.NEVER)
              .orThrow()
              .hybrid();
      double[] values =
          hybrid.template().parameters().stream()
              .mapToDouble(name -> hybrid.defaults().get(name))
              .toArray();
      Circuit circuit = hybrid.template().bind(values);
      assertThat(Programs.run(circuit, 50, 1).counts()).isNotEmpty();
    }
  }

  private static List<String> programs() throws IOException {
    List<String> programs = new ArrayList<>();
    String[] parts = Files.readString(PAGE).split("```python\n", -1);
    for (int i = 1; i < parts.length; i++) {
      programs.add(parts[i].substring(0, parts[i].indexOf("```")));
    }
    return programs;
  }
}
