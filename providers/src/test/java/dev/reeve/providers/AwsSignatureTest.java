package dev.reeve.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Signatures as AWS publishes them for those who implement them.
class AwsSignatureTest {
  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSP"
          + "fIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQ"
          + "DYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz"
          + "+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

  @Test
  void a_request_without_a_body_is_signed() {
    assertThat(authorization("GET", Map.of(), "", ""))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    assertThat(authorization("POST", Map.of(), "", ""))
        .endsWith("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void a_body_and_its_type_are_signed() {
    assertThat(
            authorization(
                "POST",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                "Param1=value1",
                ""))
        .contains("SignedHeaders=content-type;host;x-amz-date,")
        .endsWith("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void the_token_of_a_session_is_sent_and_signed() {
    Map<String, String> headers = headers("POST", Map.of(), "", TOKEN);

    assertThat(headers).containsEntry("x-amz-security-token", TOKEN);
    assertThat(headers.get("authorization"))
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token,")
        .endsWith("85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
  }

  @Test
  void who_prints_credentials_sees_no_secret() {
    AwsCredentials credentials = AwsCredentials.of("AKIDEXAMPLE", SECRET, TOKEN);

    assertThat(new AwsAccess("us-east-1", new AwsAccess.Source.Given(credentials)).toString())
        .doesNotContain(SECRET, TOKEN, "AKIDEXAMPLE");
    assertThat(AwsAccess.Source.Token.of(TOKEN).toString()).doesNotContain(TOKEN);
  }

  private static String authorization(
      String method, Map<String, String> others, String body, String token) {
    return String.valueOf(headers(method, others, body, token).get("authorization"));
  }

  private static Map<String, String> headers(
      String method, Map<String, String> others, String body, String token) {
    Map<String, String> sent = new TreeMap<>(others);
    sent.put("host", "example.amazonaws.com");
    return new AwsSignature("us-east-1", "service")
        .headers(
            AwsCredentials.of("AKIDEXAMPLE", SECRET, token),
            method,
            "/",
            sent,
            Bytes.utf8(body),
            NOW);
  }
}
