package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BadInputTest {
  /// A port that never listens on a machine of ours.
  private static final String NOBODY = "127.0.0.1:1";

  @Test
  void each_bad_input_is_answered_with_a_sentence_a_reason_and_an_exit_code() throws IOException {
    int count =
        Transcript.check(
            "bad-input.txt",
            words ->
                new CliRun().variable("REEVE_SERVER", NOBODY).run(words.toArray(String[]::new)),
            UnaryOperator.identity());

    assertThat(count).isGreaterThan(100);
  }

  @Test
  void a_bad_address_in_the_environment_is_named() {
    CliRun.Result result = new CliRun().variable("REEVE_SERVER", "nowhere").run("jobs");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("REEVE_SERVER: \"nowhere\" (expected: HOST:PORT");
  }
}
