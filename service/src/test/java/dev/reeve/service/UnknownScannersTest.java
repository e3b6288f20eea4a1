package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyFile;
import org.junit.jupiter.api.Test;

class UnknownScannersTest {
  private static final SharedScanner SCANNER = SharedScanner.builtIn();

  private static PolicyDocument policy(String rules) {
    return PolicyFile.load(Bytes.utf8(rules)).orThrow("policy").document();
  }

  @Test
  void a_misspelt_scanner_is_named_with_the_nearest_there_is() {
    PolicyDocument policy =
        policy(
            """
            input_rules: [{id: i, decision: deny, match: {detectors: [promt_injection]}}]
            output_rules: [{id: o, decision: redact, match: {scanners: [secret, zzz]}}]
            """);

    assertThat(UnknownScanners.of(policy, SCANNER))
        .containsExactly(
            "input rule i: match.scanners: \"promt_injection\""
                + " (expected: did you mean \"prompt_injection\"?)",
            "output rule o: match.scanners: \"zzz\""
                + " (expected: one of [injection, pii, prompt_injection, secret])");
    assertThatThrownBy(() -> UnknownScanners.refuse("--policy", policy, SCANNER))
        .hasMessageContaining("--policy")
        .hasMessageContaining("promt_injection");
  }

  @Test
  void other_names_and_capitals_of_a_scanner_are_known() {
    PolicyDocument policy =
        policy(
            "output_rules: [{id: o, decision: redact,"
                + " match: {scanners: [Secret_Leak, code_injection, PII]}}]");

    assertThat(UnknownScanners.of(policy, SCANNER)).isEmpty();
  }
}
