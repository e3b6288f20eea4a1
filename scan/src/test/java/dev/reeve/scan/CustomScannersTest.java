package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomScannersTest {
  private static final String FILE =
      """
      scanners:
        codename:
          finding_type: codename_leak
          description: names of projects
          patterns:
            - {name: mountain, regex: 'Mont [A-Z][a-z]+', severity: critical, confidence: 0.5}
            - {name: ticket, regex: 'SECRET-\\d{3,6}'}
      """;

  @Test
  void patterns_of_a_file_find_their_bytes() {
    ScanRules rules = ScanRules.builder().addCustom(CustomScanners.parse(FILE)).build();

    ScanResult result =
        new ContentScanner(rules).scan(Bytes.utf8("é Mont Blanc, SECRET-1234 and SECRET-1"));

    assertThat(result.findings())
        .containsExactly(
            new Finding(
                "codename", "codename_leak", "mountain", 3, 13, Severity.CRITICAL, 0.5, "mountain"),
            new Finding(
                "codename", "codename_leak", "ticket", 15, 26, Severity.HIGH, 0.9, "ticket"));
  }

  @Test
  void chunks_make_no_difference_to_patterns() {
    ContentScanner scanner =
        new ContentScanner(ScanRules.builder().addCustom(CustomScanners.parse(FILE)).build());
    Bytes content = Bytes.utf8("Mont Blanc ".repeat(30_000) + "SECRET-123");

    ScanSession session = scanner.open();
    for (int at = 0; at < content.size(); at += 7919) {
      int end = Math.min(content.size(), at + 7919);
      session.feed(Bytes.copyOf(java.util.Arrays.copyOfRange(content.unsafeArray(), at, end)));
    }

    assertThat(session.finish()).isEqualTo(scanner.scan(content));
  }

  @Test
  void a_file_replaces_a_scanner_of_its_name() {
    String file = FILE.replace("codename:", "secret_leak:");

    ScanRules rules =
        ScanRules.builder().addBuiltIn().addCustom(CustomScanners.parse(file)).build();

    assertThat(rules.infos()).filteredOn(info -> info.scanner().equals("secret")).hasSize(2);
    assertThat(rules.scanners()).contains("pii", "injection", "secret");
  }

  @Test
  void mistakes_are_named_with_their_place() {
    for (String[] mistake :
        List.of(
            new String[] {FILE.replace("severity: critical", "severity: awful"), "severity"},
            new String[] {FILE.replace("confidence: 0.5", "confidence: 2"), "confidence"},
            new String[] {FILE.replace("name: ticket", "nam: ticket"), "nam"},
            new String[] {FILE.replace("patterns", "pattern"), "pattern"},
            new String[] {"scanners: [1]", "scanners"},
            new String[] {"scanners: {a: [", "not YAML"})) {
      assertThatThrownBy(() -> CustomScanners.parse(mistake[0]))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining(mistake[1]);
    }
  }

  @Test
  void keywords_match_in_any_case_and_keep_their_offsets() {
    ScanRules rules = ScanRules.builder().addKeywords(List.of("Straße", "internal only")).build();

    ScanResult result = new ContentScanner(rules).scan(Bytes.utf8("İ INTERNAL Only, straße"));

    assertThat(result.findings()).extracting(Finding::start).containsExactly(3L, 18L);
    assertThat(result.findings()).extracting(Finding::type).containsOnly("keyword_match");
  }
}
