package dev.reeve.governance.cif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IngressTest {
  private static final BoundaryPack PACK = BoundaryPack.builtIn();
  private static final CifIngress INGRESS = new CifIngress(PACK);

  private static IngressResult text(String text) {
    return INGRESS.check(new JsonValue.Text(text));
  }

  private static String cleaned(String text) {
    IngressResult result = text(text);
    assertThat(result.allowed()).as(text + " " + result).isTrue();
    return ((JsonValue.Text) result.payload()).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello|hello",
        "<script>alert(1)</script>hello|hello",
        "<SCRIPT type='x'>a<b</SCRIPT >hi|hi",
        "<scr<script>x</script>ipt>alert(1)</script>ok|ok",
        "<script>never closed|never closed",
        "javascript:alert(1)|alert(1)",
        "javajavascript:script:alert(1)|alert(1)",
        "JaVaScRiPt:go()|go()",
        "<img src=x onerror=alert(1)>|<img src=x >",
        "<img src=x onclick=\"steal()\">|<img src=x >",
        "<svg onload=alert(1)>|<svg >",
        "say onmouseover='x' rest|say  rest",
        "ononerror=error=x|x",
        "%3Cscript%3Ealert(1)%3C/script%3Ehello|hello",
        "%253Cscript%253Ealert(1)%253C%252Fscript%253Ehello|hello",
        "&lt;script&gt;alert(1)&lt;/script&gt;hello|hello",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1ehello|hello",
        "java\u200bscript:go()|go()",
        "\\u003cscript\\u003ex\\u003c/script\\u003ehello|hello",
      })
  void what_may_be_cut_out_is_cut_out(String input, String expected) {
    assertThat(cleaned(input)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iframe src=x>",
        "<IFRAME>",
        "< iframe>",
        "%3Ciframe%3E",
        "\uff1ciframe\uff1e",
        "&#60;iframe",
        "&#x3c;iframe",
        "<ifr\u200bame>",
        "<ifr\u0000ame>",
        "eval(1)",
        "eval (1)",
        "EVAL\t(1)",
        "window.eval(x)",
        "eval/**/(x)",
        "\uff45\uff56\uff41\uff4c\uff08x\uff09",
        "ev%61l(1)",
        "exec('ls')",
        "shell_exec ('ls')",
        "exec%28x)",
        "../etc/passwd",
        "..\\windows",
        "%2e%2e%2f",
        "%2e%2e/",
        "..%2f",
        "..%5c",
        "%252e%252e%252f",
        "%25252e%25252e%25252f",
        "%c0%ae%c0%ae%c0%af",
        "%u002e%u002e%u002f",
        "&period;&period;&sol;",
        "\uff0e\uff0e\uff0f",
        "....//",
        "cat \".. /etc\"",
        "\\u002e\\u002e\\u002f",
        "\\x2e\\x2e\\x2f",
        "e<script></script>val(1)",
      })
  void what_is_suspicious_is_held_in_every_disguise(String input) {
    IngressResult result = text(input);

    assertThat(result.quarantined()).as(input).isTrue();
    assertThat(result.findings()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100% sure, 50%25 off",
        "medieval (12th century) retrieval(x) and primeval(y)",
        "Wait... and see. a..b",
        "x = onboarding=\"yes\" and one='1' for <item one=\"1\">",
        "Tom & Jerry &copy; &amp; co",
        "C:\\temp\\new folder",
        "if (a < b && c > d) { return a: b; }",
        "the script of the film; descripting",
        "caf\u00e9 \u4f60\u597d \ud83d\ude80 \u0646\u0635",
        "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q;",
        "https://example.com/a?b=c%20d&e=f#g",
        "execute(x) evaluate(y) executive (x)",
      })
  void honest_texts_pass_untouched(String input) {
    IngressResult result = text(input);

    assertThat(result.allowed()).as(result.toString()).isTrue();
    assertThat(result.payload()).isEqualTo(new JsonValue.Text(input));
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void findings_name_detector_path_span_and_score() {
    JsonValue payload =
        JsonText.parse("{\"a\":[{\"b\":\"xx <iframe>\"}],\"c\":\"javascript:y\"}").orElseThrow();

    IngressResult result = INGRESS.check(payload);

    assertThat(result.quarantined()).isTrue();
    assertThat(result.findings())
        .containsExactly(
            new BoundaryFinding("iframe", "a[0].b", 3, 10, 0.9, false),
            new BoundaryFinding("script-url", "c", 0, 11, 0.9, false));
  }

  @Test
  void names_of_members_are_texts_too() {
    assertThat(INGRESS.check(JsonText.parse("{\"../x\":1}").orElseThrow()).quarantined()).isTrue();
    IngressResult collision =
        INGRESS.check(JsonText.parse("{\"a\":1,\"javascript:a\":2}").orElseThrow());
    assertThat(collision.quarantined()).isTrue();
  }

  @Test
  void json_inside_of_base64_is_looked_at() {
    String bad =
        Base64.getEncoder().encodeToString("{\"x\":\"<iframe>\"}".getBytes(StandardCharsets.UTF_8));
    String cleanable =
        Base64.getEncoder()
            .encodeToString("{\"x\":\"javascript:y\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(text(bad).quarantined()).isTrue();
    assertThat(cleaned(cleanable))
        .isEqualTo(
            Base64.getEncoder().encodeToString("{\"x\":\"y\"}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_size_is_counted_in_characters_of_compact_json() {
    CifIngress small = new CifIngress(PACK.withLimits(PACK.limits().withSizes(10, 10)));

    assertThat(small.check(new JsonValue.Text("12345678")).allowed()).isTrue();
    IngressResult over = small.check(new JsonValue.Text("123456789"));
    assertThat(over.refusal()).contains(CifProblems.CIF_INGRESS_BLOCKED);
    assertThat(over.quarantined()).isFalse();
  }

  @Test
  void depth_and_array_length_have_limits() {
    String deep = "[".repeat(65) + "]".repeat(65);
    String wide = "[" + "1,".repeat(10_000) + "1]";

    assertThat(INGRESS.check(JsonText.parse(deep).orElseThrow()).refusal())
        .contains(CifProblems.CIF_INGRESS_BLOCKED);
    assertThat(INGRESS.check(JsonText.parse(wide).orElseThrow()).refusal())
        .contains(CifProblems.CIF_INGRESS_BLOCKED);
    assertThat(
            INGRESS.check(JsonText.parse("[".repeat(64) + "]".repeat(64)).orElseThrow()).allowed())
        .isTrue();
    String absurd = "[".repeat(200_000) + "]".repeat(200_000);
    assertThat(INGRESS.check(JsonText.parse(absurd).orElseThrow()).allowed()).isFalse();
  }

  @Test
  void a_text_wrapped_deeper_than_any_honest_one_is_held() {
    String wrapped = "%" + "25".repeat(40) + "41";

    assertThat(text(wrapped).quarantined()).isTrue();
    assertThat(text("java".repeat(60) + "script:".repeat(60)).quarantined()).isTrue();
  }

  @Test
  void programs_are_taken_as_they_are_or_not_at_all() {
    TextScreen screen = new TextScreen(PACK);

    TextScreen.Screened include = screen.screen("include \"../lib.inc\";", TextScreen.Kind.PROGRAM);
    assertThat(include.held()).isFalse();
    assertThat(include.text()).isEqualTo("include \"../lib.inc\";");
    assertThat(screen.screen("// javascript:x", TextScreen.Kind.PROGRAM).held()).isTrue();
  }

  @Test
  void normalising_and_cleaning_twice_is_the_same_as_once() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String input = randomText(random);
      String where = "seed " + seed + " round " + i + " input " + JsonText.quote(input);

      Normaliser.Normal once = Normaliser.normalise(input);
      assertThat(once.settled()).as(where).isTrue();
      assertThat(Normaliser.normalise(once.text()).text()).as(where).isEqualTo(once.text());
      IngressResult first = text(input);
      if (first.allowed()) {
        IngressResult second = INGRESS.check(first.payload());
        assertThat(second.payload()).as(where).isEqualTo(first.payload());
        assertThat(second.findings()).as(where).isEmpty();
        assertNothingHidden(first, where);
      }
    }
  }

  private static void assertNothingHidden(IngressResult result, String where) {
    String seen =
        Normaliser.normalise(((JsonValue.Text) result.payload()).value())
            .text()
            .toLowerCase(Locale.ROOT);
    assertThat(seen)
        .as(where)
        .doesNotContain("javascript:", "<iframe", "onerror=", "../")
        .doesNotContainPattern("<script\\b");
  }

  private static final List<String> PARTS =
      List.of(
          "java", "script", ":", "<", ">", "</", "script>", "on", "error", "=", "\"", "'", "click",
          "eval", "(", ")", " ", ".", "..", "/", "\\", "%", "25", "2e", "2f", "3c", "&", "lt", ";",
          "#60", "amp", "u003c", "x2e", "\u200b", "\uff1c", "\uff0e", "\u00e9", "iframe", "a", "\n",
          "\t", "img ", "x", "%c0%ae", "\u0301", "\u0338", "\ufdfa");

  private static String randomText(Random random) {
    List<String> parts = new ArrayList<>();
    int count = 1 + random.nextInt(24);
    for (int i = 0; i < count; i++) {
      parts.add(PARTS.get(random.nextInt(PARTS.size())));
    }
    return String.join("", parts);
  }

  @Test
  void hostile_texts_of_a_megabyte_take_bounded_time() {
    List<String> hostile =
        List.of(
            "onabc=x ".repeat(125_000),
            "<a onabc=\"".repeat(100_000),
            "<script ".repeat(125_000),
            "javajavascript:script:".repeat(45_000),
            "%25".repeat(340_000),
            "&amp;".repeat(200_000),
            "eval/*".repeat(160_000),
            "\\u005c".repeat(170_000));
    for (String text : hostile) {
      long start = System.nanoTime();
      text(text.substring(0, Math.min(text.length(), 1_000_000)));
      assertThat((System.nanoTime() - start) / 1_000_000)
          .as(text.substring(0, 9))
          .isLessThan(20_000);
    }
  }
}
