package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTest {
  private static final String CARD = "4111 1111 1111 " + "1111";

  @TempDir private Path folder;

  @Test
  void each_line_is_answered_in_order() {
    CliRun.Result result =
        scan(
            "{\"text\": \"nothing here\"}\n\n"
                + "{\"text\": \"my card is "
                + CARD
                + "\", \"scanners\": [\"pii\"]}\n"
                + "{\"text\": \"my card is "
                + CARD
                + "\", \"scanners\": [\"secret_leak\"]}");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().toList()).hasSize(3);
    assertThat(findings(result, 0)).isEmpty();
    assertThat(findings(result, 1)).hasSize(1);
    assertThat(findings(result, 1).get(0).getAsJsonObject().get("detail").getAsString())
        .contains("card");
    assertThat(findings(result, 1).get(0).getAsJsonObject().get("offset").getAsString())
        .isEqualTo("11");
    assertThat(result.out()).doesNotContain(CARD);
    assertThat(findings(result, 2)).isEmpty();
  }

  @Test
  void a_text_with_more_hits_than_are_kept_does_not_look_clean() {
    CliRun.Result result =
        scan(
            "{\"text\": \""
                + "a@b.example.org ".repeat(17_000)
                + "\", \"scanners\": [\"secret\"]}");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("\"type\":\"content_truncated\"");
  }

  @Test
  void scanners_of_ones_own_look_too() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            scanners:
              ticket:
                finding_type: ticket
                patterns: [{name: ticket-number, regex: 'TCK-[0-9]{4}', severity: low}]
            """);

    CliRun.Result result =
        new CliRun()
            .stdin("{\"text\": \"see TCK-1234\"}\n")
            .run("scan", "--scanners", own.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("\"scanner\":\"ticket\"", "\"matched_pattern\":\"ticket-number\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{| not JSON",
        "[]| not the members expected",
        "{\"text\": 1}| not the members expected",
        "{\"txt\": \"a\"}| unknown member \"txt\"; did you mean text?",
        "{\"text\": \"a\", \"text\": \"b\"}| \"text\": twice (expected: once)",
        "{\"scanners\": []}| text: missing",
        "{\"text\": \"a\", \"scanners\": [\"psi\"]}| scanners: \"psi\" (expected: ",
        "{\"text\": \"\\ud800\"}| text: half a surrogate pair",
        "{\"text\": \"a\"} {}| not JSON",
      })
  void a_line_that_cannot_be_read_is_named_and_the_others_are_answered(
      String line, String message) {
    CliRun.Result result = scan("{\"text\": \"fine\"}\n" + line + "\n{\"text\": \"too\"}\n");

    assertThat(result.exitCode()).isZero();
    List<String> out = result.out().lines().toList();
    assertThat(out).hasSize(3).startsWith("{\"findings\":[]}").endsWith("{\"findings\":[]}");
    JsonObject error =
        JsonParser.parseString(out.get(1)).getAsJsonObject().getAsJsonObject("error");
    assertThat(error.get("detail").getAsString()).startsWith("--in: line 2: " + message);
    assertThat(error.get("reason").getAsString()).isEqualTo("ARGUMENT_INVALID");
  }

  private static CliRun.Result scan(String lines) {
    return new CliRun().stdin(lines).run("scan", "--in", "-");
  }

  private static JsonArray findings(CliRun.Result result, int line) {
    return JsonParser.parseString(result.out().lines().toList().get(line))
        .getAsJsonObject()
        .getAsJsonArray("findings");
  }
}
