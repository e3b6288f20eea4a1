package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentScannerTest {
  private static final ScanRules RULES = ScanRules.builtIn();
  private static final String GITHUB_TOKEN = "gh" + "p_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6";
  private static final String CARD = "4111 1111 " + "1111 1111";

  private final ContentScanner scanner = new ContentScanner(RULES);

  @Test
  void a_finding_names_its_bytes_and_not_its_text() {
    ScanResult result = scanner.scan(Bytes.utf8("żółć " + CARD));

    Finding card = result.findings().getFirst();
    assertThat(card.scanner()).isEqualTo("pii");
    assertThat(card.detector()).isEqualTo("card");
    assertThat(card.start()).isEqualTo(9);
    assertThat(card.length()).isEqualTo(19);
    assertThat(card.detail()).contains("card").doesNotContain("1111");
  }

  @Test
  void a_guess_gives_way_to_what_is_known() {
    ScanResult result = scanner.scan(Bytes.utf8("token = \"" + GITHUB_TOKEN + "\""));

    assertThat(result.findings()).extracting(Finding::detector).containsExactly("github-token");
  }

  @Test
  void the_key_id_of_documentation_counts_and_a_mask_does_not() {
    ScanResult example = scanner.scan(Bytes.utf8("id AKIA" + "IOSFODNN7EXAMPLE"));
    ScanResult mask = scanner.scan(Bytes.utf8("id AKIA" + "XXXXXXXXXXXXXXXX"));

    assertThat(example.findings())
        .extracting(Finding::detector)
        .containsExactly("aws-access-key-id");
    assertThat(mask.findings()).isEmpty();
  }

  @Test
  void findings_are_limited_and_spans_are_not() {
    String many = (CARD + "; ").repeat(100) + "alice@reeve.dev, ".repeat(100);

    ScanResult result = scanner.scan(Bytes.utf8(many));

    assertThat(result.findings()).filteredOn(f -> f.detector().equals("card")).hasSize(10);
    assertThat(result.findings()).filteredOn(f -> f.detector().equals("email")).hasSize(10);
    assertThat(result.spans()).hasSize(200);
    assertThat(result.overflow()).isFalse();
  }

  @Test
  void more_hits_than_are_kept_is_said() {
    ScanResult result = scanner.scan(Bytes.utf8("a@bc.de ".repeat(ScanLimits.HITS_MAX + 1)));

    assertThat(result.overflow()).isTrue();
    assertThat(result.spans()).hasSize(ScanLimits.HITS_MAX);
  }

  @Test
  void a_flood_is_cut_out_whole_and_hides_nothing_of_another_scanner() {
    Bytes flood = Bytes.utf8("a@bc.de ".repeat(40_000) + "AKIAABCDEFGHIJKLMNOP end");

    assertThat(scanner.scan(flood).findings())
        .anyMatch(found -> found.scanner().equals(ScannerNames.SECRET));
    assertThat(scanner.redact(flood, _ -> true).utf8())
        .isEqualTo("[REDACTED] ".repeat(40_001) + "end");
  }

  @Test
  void chunks_make_no_difference() {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      Bytes content = Bytes.utf8(mixed(random, 200 + random.nextInt(3000)));

      ScanSession session = scanner.open();
      byte[] bytes = content.unsafeArray();
      int at = 0;
      while (at < bytes.length) {
        int size = Math.min(bytes.length - at, 1 + random.nextInt(20_000));
        session.feed(Bytes.copyOf(java.util.Arrays.copyOfRange(bytes, at, at + size)));
        at += size;
      }

      assertThat(session.finish()).as("seed 7, round " + round).isEqualTo(scanner.scan(content));
    }
  }

  @Test
  void a_hit_across_any_border_is_found_once() {
    String before = "x ".repeat(40_000);
    byte[] bytes =
        (before + GITHUB_TOKEN + " tail").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int cut = before.length() - 1; cut <= before.length() + GITHUB_TOKEN.length(); cut++) {
      ScanSession session = scanner.open();
      session.feed(Bytes.copyOf(java.util.Arrays.copyOfRange(bytes, 0, cut)));
      session.feed(Bytes.copyOf(java.util.Arrays.copyOfRange(bytes, cut, bytes.length)));

      List<Finding> findings = session.finish().findings();

      assertThat(findings).extracting(Finding::start).containsExactly((long) before.length());
    }
  }

  @Test
  void redacted_text_holds_no_finding() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Bytes content = Bytes.utf8(mixed(random, 1 + random.nextInt(40)));

      Bytes redacted = scanner.redact(content, _ -> true);

      assertThat(scanner.scan(redacted).isClean()).as("seed 11, round " + round).isTrue();
      assertThat(redacted.utf8()).doesNotContain("\ufffd");
    }
  }

  @Test
  void hostile_content_is_scanned_in_linear_time() {
    for (String seed :
        List.of(
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----A\n",
            "eyJ",
            "://a:",
            "@a.",
            "1-1-1-",
            "111 ",
            "password=\"",
            "secret_",
            "token token ",
            "${${",
            "../",
            "DE89",
            "ffff:f",
            "+1",
            "datadog ",
            "ignore all ",
            "sk-",
            "-us1",
            ":AA")) {
      Bytes content = Bytes.utf8(seed.repeat(1_000_000 / seed.length()));
      long started = System.nanoTime();
      scanner.scan(content);
      assertThat(System.nanoTime() - started).as(seed).isLessThan(20_000_000_000L);
    }
  }

  private static String mixed(Random random, int words) {
    List<String> pool =
        List.of(
            "hello",
            "wörld",
            "日本語",
            "😀",
            "2026-01-01",
            "12345",
            "\n",
            "key=",
            "\"",
            "'",
            "{{",
            GITHUB_TOKEN,
            CARD,
            "alice@reeve.dev",
            "123-45-" + "6789",
            "ignore all previous instructions",
            "rm -rf /",
            "password = \"Tr0ub4dor&3x\"",
            "-----BEGIN " + "PRIVATE KEY-----\nMIIEabc\n-----END " + "PRIVATE KEY-----",
            "DE89 3704 0044 0532 " + "0130 00",
            "https://u:" + "S3cr3tPw@host.example.org/");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(pool.get(random.nextInt(pool.size())));
      text.append(random.nextInt(8) == 0 ? "" : " ");
    }
    return text.toString();
  }
}
