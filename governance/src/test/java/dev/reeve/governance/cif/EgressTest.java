package dev.reeve.governance.cif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressTest {
  private static final BoundaryPack PACK = BoundaryPack.builtIn();
  private static final ContentScanner SCANNER = new ContentScanner(ScanRules.builtIn());
  private static final DataKey KEY = new DataKey(Bytes.wrap(new byte[32]));
  private static final CifEgress EGRESS = new CifEgress(PACK, SCANNER, KEY);

  private static EgressResult check(String json) {
    return EGRESS.check(JsonText.parse(json).orElseThrow());
  }

  private static String passed(String json) {
    EgressResult result = check(json);
    assertThat(result.allowed()).as(json + " " + result).isTrue();
    return JsonText.write(result.payload());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"mail alice@example.com now\"}|{\"a\":\"mail [REDACTED] now\"}",
        "{\"a\":\"123-45-6789\"}|{\"a\":\"[REDACTED]\"}",
        "{\"a\":\"ssn 219-09-9999.\"}|{\"a\":\"ssn [REDACTED].\"}",
        "{\"a\":\"4111 1111 1111 1111\"}|{\"a\":\"[REDACTED]\"}",
        "{\"a\":\"4111-1111-1111-1111 x\"}|{\"a\":\"[REDACTED] x\"}",
        "{\"a\":\"4111111111111111\"}|{\"a\":\"[REDACTED]\"}",
        "{\"a\":\"5500 0000 0000 0004\"}|{\"a\":\"[REDACTED]\"}",
        "{\"a\":4111111111111111}|{\"a\":\"[REDACTED]\"}",
        "{\"bob@corp.io\":1}|{\"[REDACTED]\":1}",
        "[\"a@corp.io\",\"b@corp.io\"]|[\"[REDACTED]\",\"[REDACTED]\"]",
        "\"\u00e9\u4f60\ud83d\ude80 a@corp.io \u00e9\"|\"\u00e9\u4f60\ud83d\ude80 [REDACTED]"
            + " \u00e9\"",
      })
  void personal_data_become_unreadable(String json, String expected) {
    assertThat(passed(json)).isEqualTo(expected);
  }

  @Test
  void a_flood_of_personal_data_becomes_unreadable_whole() {
    String flood = "a@corp.io ".repeat(40_000);

    assertThat(passed("{\"a\":\"" + flood + "\"}"))
        .isEqualTo("{\"a\":\"" + "[REDACTED] ".repeat(40_000) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"order\":1234567812345678}",
        "{\"order\":\"1234567812345678\"}",
        "{\"order\":\"1234 5678 1234 5678\"}",
        "{\"a\":\"000-12-3456 666-12-3456 900-12-3456\"}",
        "{\"order\":\"ORD-2024-000123\",\"counts\":{\"00\":512,\"11\":512}}",
        "{\"at\":1732212345123456}",
        "{\"a\":\"user at example dot com\"}",
      })
  void numbers_that_are_nobodys_survive(String json) {
    assertThat(passed(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-abcdefghijklmnopqrstuvwxyz123456",
        "key=sk-0123456789abcdefABCDEF0123456789",
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAABCDEFGHIJKLMNOP",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\\nMHc",
        "-----BEGIN DSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
      })
  void a_secret_stops_the_response(String secret) {
    EgressResult result = check("{\"a\":\"x " + secret + " y\"}");

    assertThat(result.refusal()).as(secret).contains(CifProblems.CIF_LEAK_DETECTED);
    assertThat(result.findings()).isNotEmpty();
    assertThat(result.violations().toString()).doesNotContain(secret);
  }

  @Test
  void a_bare_key_below_its_length_passes_the_boundary() {
    String short31 = "s" + "k-" + "0123456789abcdefABCDEF012345678";

    assertThat(passed("{\"t\":\"" + short31 + "\"}")).contains(short31);
    assertThat(check("{\"t\":\"" + short31 + "9\"}").refusal())
        .contains(CifProblems.CIF_LEAK_DETECTED);
    passed("{\"t\":\"token = 'abcdefghijkl'\"}");
  }

  @Test
  void words_that_look_like_secrets_pass() {
    passed("{\"a\":\"task-0123456789abcdef0123456789abcdef sk-short AKIA akiaabcdefghijklmnop\"}");
  }

  @Test
  void the_size_is_estimated_and_counted() {
    CifEgress small =
        new CifEgress(PACK.withLimits(PACK.limits().withSizes(100, 100)), SCANNER, KEY);

    JsonValue fits = new JsonValue.Text("a".repeat(50));
    JsonValue estimatedOver = new JsonValue.Text("a".repeat(51));
    JsonValue countedOver = new JsonValue.Text("\u0001".repeat(30));
    assertThat(small.check(fits).allowed()).isTrue();
    assertThat(small.check(estimatedOver).refusal()).contains(CifProblems.CIF_EGRESS_BLOCKED);
    assertThat(small.check(countedOver).violations().getFirst()).startsWith("RESPONSE_TOO_LARGE");
    assertThat(CifEgress.estimate(JsonText.parse("{\"ab\":[1,true,null,\"x\"]}").orElseThrow()))
        .isEqualTo(4 + 8 + 4 + 4 + 2);
  }

  @Test
  void each_action_does_what_it_says() {
    assertThat(with(PersonalDataAction.ALLOW)).isEqualTo("\"to alice@example.com\"");
    assertThat(with(PersonalDataAction.MASK)).isEqualTo("\"to *****@*******.com\"");
    assertThat(with(PersonalDataAction.HASH)).matches("\"to hash_[0-9a-f]{32}\"");
    String token = with(PersonalDataAction.TOKENISE).replace("\"", "").substring(3);
    assertThat(KEY.read(token)).contains("alice@example.com");
    assertThat(
            new DataKey(
                    Bytes.wrap(
                        new byte[] {
                          1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                          0, 0, 0, 0, 0, 0, 0
                        }))
                .read(token))
        .isEmpty();
    assertThat(egress(PersonalDataAction.BLOCK).check(new JsonValue.Text("a@corp.io")).refusal())
        .contains(CifProblems.CIF_EGRESS_BLOCKED);
  }

  private static String with(PersonalDataAction action) {
    return JsonText.write(
        egress(action).check(new JsonValue.Text("to alice@example.com")).payload());
  }

  private static CifEgress egress(PersonalDataAction action) {
    Map<String, PersonalDataAction> actions = new HashMap<>(PACK.personalData());
    actions.put("email", action);
    BoundaryPack pack =
        new BoundaryPack(
            PACK.name(),
            PACK.version(),
            PACK.limits(),
            PACK.sanitise(),
            PACK.handlers(),
            PACK.quarantine(),
            actions,
            PACK.secrets());
    return new CifEgress(pack, SCANNER, KEY);
  }

  @Test
  void what_was_made_unreadable_is_not_found_again() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append("user").append(i).append("@corp.io and 4111 1111 1111 1111, ");
    }

    EgressResult result = EGRESS.check(new JsonValue.Text(many.toString()));

    assertThat(JsonText.write(result.payload())).doesNotContain("@", "4111");
    assertThat(EGRESS.check(result.payload()).findings()).isEmpty();
  }

  @Test
  void more_is_counted_than_places_are_named() {
    for (int number : List.of(11, 300, 20_000)) {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < number; i++) {
        many.append("user").append(i).append("@corp.io ");
      }

      EgressResult result = EGRESS.look(new JsonValue.Text(many.toString()));

      assertThat(result.allowed()).isTrue();
      assertThat(result.counts()).containsOnly(Map.entry("email", number));
      assertThat(result.findings()).hasSize(Math.min(number, 128));
    }
  }

  @Test
  void secrets_beyond_the_tenth_are_counted_and_have_their_place() {
    List<JsonValue> keys = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      keys.add(new JsonValue.Text("AKIAABCDEFGHIJKLMN" + (char) ('A' + i) + "Q"));
    }

    EgressResult result = EGRESS.look(new JsonValue.Items(keys));

    assertThat(result.allowed()).isFalse();
    assertThat(result.counts().values()).isNotEmpty().allMatch(count -> count == 25);
    assertThat(result.violations()).anyMatch(violation -> violation.startsWith("[24]: "));
  }
}
