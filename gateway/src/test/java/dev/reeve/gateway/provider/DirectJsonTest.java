package dev.reeve.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers of providers on subjects of their own, in the forms that errors have there.
class DirectJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"output":"hi"}                                           | success | ''  | ''
          {"output":"hi","error":null}                              | success | ''  | ''
          {"error":{"message":"overloaded"}}                        | error   | ''  | overloaded
          {"error":{"code":429,"message":"slow down"}}              | error   | 429 | slow down
          {"error":{"code":"E1"}}                                   | error   | E1  | ''
          {"error":"boom"}                                          | error   | ''  | boom
          {"error":"boom","error_code":503,"error_message":"away"}  | error   | 503 | away
          {"error":["boom"]}                                        | error   | ''  | ''
          {"status":"timeout","error":{"code":504}}                 | timeout | 504 | ''
          """)
  void an_answer_with_an_error_is_none(String text, String status, String code, String message) {
    ProviderResponse response = DirectJson.response(Bytes.utf8(text));

    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getErrorCode()).isEqualTo(code);
    assertThat(response.getErrorMessage()).isEqualTo(message);
  }
}
