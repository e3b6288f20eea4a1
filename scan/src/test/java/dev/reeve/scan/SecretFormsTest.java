package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets by their form: examples and weak ones count, with less confidence; what is still to be
/// filled in does not. Tokens are put together here, so that scanners of sources stay quiet.
class SecretFormsTest {
  private static final ContentScanner SCANNER = new ContentScanner(ScanRules.builtIn());
  private static final String AWS_EXAMPLE = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY";

  static Stream<String> secrets() {
    return Stream.of(
        "aws_secret_access_key = \"" + AWS_EXAMPLE + "\"",
        "aws_secret_access_key=" + AWS_EXAMPLE,
        "AWS_SECRET_ACCESS_KEY=" + AWS_EXAMPLE,
        "aws_secret_access_key = " + "a1B2".repeat(10),
        "AKIA" + "IOSFODNN7EXAMPLE",
        "AKIA" + "Q7FAKEUIOPASDF2H",
        "AKIA" + "A".repeat(16),
        "AKIA" + "1".repeat(16),
        "AKIA" + "ABCD".repeat(4),
        "gh" + "p_" + "A".repeat(36),
        "gh" + "p_" + "0".repeat(36),
        "gh" + "p_" + "ab12".repeat(9),
        "gh" + "p_" + "A1b2C3fakeE5f6G7h8I9j0K1l2M3n4O5p6Q7",
        "gh" + "p_" + "A1b2C3d4E5todoH8I9j0K1l2M3n4O5p6Q7r8",
        "gl" + "pat-fakeA1b2C3d4E5f6G7h8",
        "s" + "k-" + "a".repeat(20),
        "s" + "k-" + "ab12".repeat(5),
        "s" + "k-" + "A1b2C3dummyH8I9j0K1l2M3n4O5",
        "xo" + "xb-1234567890-abcdef",
        "xo" + "xb-abcdefghij1234567890",
        "xo" + "xz-1234567890-abcdef");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void a_token_of_full_form_counts_though_it_may_be_an_example(String token) {
    for (String text : List.of(token, "x " + token + " y", "{\"t\":\"" + token + "\"}")) {
      assertThat(secretsIn(text)).as(text).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = 'supersecret'",
        "password = 'correct horse battery'",
        "password: \"hunter2hunter2\"",
        "password = 'aB<7kq9Zx!'",
        "password = 'Kx9!todo-Lm2q'",
        "passwd = 'mysecretpassword'",
        "secret='s3cr3t99'",
        "secret = \"zz99yy88\"",
        "token = 'abcdefghijkl'",
        "token='Zx9kQw2LmNp4env.7'",
        "api_key = 'abcdefghijklmnop'",
        "api_key='mk-sampleA1b2C3d4E5'",
      })
  void what_somebody_put_in_quotes_after_a_secret_word_counts(String text) {
    assertThat(secretsIn(text)).as(text).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = 'changeme'",
        "password = 'changeme2026!'",
        "password = 'password'",
        "password = '<password>'",
        "password = '********'",
        "password = 'xxxxxxxx'",
        "'password': 'Enter your new password'",
        "'password': 'choose something strong please'",
        "'password': 'Kennwort'",
        "CHALLENGE_PASSWORD = \"challengePassword\"",
        "token = '${TOKEN}'",
        "token = 'next_page_token'",
        "token = 'identifier'",
        "secret = 'example-secret'",
        "secret = 'dummy-value-1'",
        "api_key = 'your-api-key'",
        "GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "id AKIAXXXXXXXXXXXXXXXX",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
        "xoxb-your-token-goes-here",
        "glpat-example-token-of-ours",
        "postgresql://USER:PASSWORD@HOST:PORT/NAME",
        "postgresql://<user>:<password>@host/name",
      })
  void what_is_still_to_be_filled_in_is_no_secret(String text) {
    assertThat(secretsIn(text)).as(text).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void an_example_is_reported_with_less_confidence(String text) {
    assertThat(secretsIn(text))
        .extracting(Finding::confidence)
        .containsExactly(TokenCheck.UNPROVEN);
  }

  static Stream<String> doubtful() {
    return Stream.of(
        "aws_secret_access_key = " + AWS_EXAMPLE,
        "s" + "k-" + "ab12".repeat(5),
        "gl" + "pat-fakeA1b2C3d4E5f6G7h8",
        "secret = \"zz99yy88\"",
        "token = 'abcdefghijkl'");
  }

  private static List<Finding> secretsIn(String text) {
    return SCANNER.scan(Bytes.utf8(text)).findings().stream()
        .filter(finding -> finding.scanner().equals(ScannerNames.SECRET))
        .toList();
  }
}
