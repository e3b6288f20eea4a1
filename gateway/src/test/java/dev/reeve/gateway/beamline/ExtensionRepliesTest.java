package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.routing.ExtensionReply;
import dev.reeve.routing.ExtensionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What extensions answer.
final class ExtensionRepliesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"status":"ok"}                   | passes
          {"valid":true}                    | passes
          {"status":"OK","valid":true}      | passes
          {"status":"reject","reason":"no"} | rejects
          {"status":"REJECT"}               | rejects
          {"valid":false}                   | rejects
          {"status":"ok","valid":false}     | rejects
          {"status":"reject","valid":true}  | rejects
          {}                                | fails
          {"reason":"fine"}                 | fails
          {"status":"rejected"}             | fails
          {"status":"error"}                | fails
          {"valid":"yes"}                   | fails
          {"error":{"message":"broken"}}    | fails
          [true]                            | fails
          """)
  void a_validator_that_gives_no_verdict_has_failed(String reply, String outcome) {
    ExtensionReply read = read(ExtensionType.VALIDATOR, reply);

    assertThat(
            switch (read) {
              case ExtensionReply.Answered answered -> answered.rejected() ? "rejects" : "passes";
              case ExtensionReply.Failed _ -> "fails";
            })
        .isEqualTo(outcome);
  }

  @Test
  void a_processor_owes_no_verdict() {
    assertThat(read(ExtensionType.PRE, "{\"metadata\":{\"lang\":\"de\"}}"))
        .isInstanceOf(ExtensionReply.Answered.class);
  }

  @Test
  void metadata_of_an_answer_are_bounded() {
    String large = "{\"metadata\":{\"a\":\"" + "x".repeat(70_000) + "\"}}";

    assertThat(read(ExtensionType.PRE, large))
        .isInstanceOfSatisfying(
            ExtensionReply.Failed.class,
            failed -> assertThat(failed.message()).contains("metadata", "64 KiB"));
  }

  private static ExtensionReply read(ExtensionType type, String reply) {
    return ExtensionReplies.read(type, "guard", Bytes.utf8(reply));
  }
}
