package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputFinding;
import dev.reeve.policy.OutputRule.Action;
import dev.reeve.policy.OutputVerdict;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.scan.CustomScanners;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputGuardTest {
  private static final String KEY = "AKIA" + "Z7Q2M4K9T1X8W5B3";
  private static final String MAIL = "jane.doe@shop.example.org";
  private static final SharedScanner DETECTORS = SharedScanner.builtIn();
  private static final int CAP = 2 * 1024 * 1024;

  @Test
  void the_first_rule_that_matches_decides_not_the_strictest() {
    OutputGuard guard =
        guard(
            """
            output_rules:
              - {id: mail, decision: redact, match: {scanners: [pii]}}
              - {id: keys, decision: quarantine, match: {scanners: [secret]}}
            """);

    OutputVerdict both = check(guard, MAIL + " " + KEY);
    OutputVerdict key = check(guard, KEY);
    OutputVerdict none = check(guard, "nothing of note");

    assertThat(both.ruleId()).isEqualTo("mail");
    assertThat(both.action()).isEqualTo(Action.REDACT);
    assertThat(key.ruleId()).isEqualTo("keys");
    assertThat(none.action()).isEqualTo(Action.ALLOW);
    assertThat(none.ruleId()).isEmpty();
    assertThat(none.snapshot()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tenants: [Acme ]                    | true
          tenants: [other]                    | false
          topics: ['job.*']                   | true
          topics: ['job.y']                   | false
          capabilities: [WRITE]               | true
          capabilities: [read]                | false
          risk_tags: [pii, x]                 | true
          risk_tags: [x]                      | false
          content_types: [TEXT/plain]         | true
          content_types: [text/html]          | false
          output_size_gt: 99                  | true
          output_size_gt: 100                 | false
          max_output_bytes: 100               | false
          output_size_gt: 1, max_output_bytes: 100 | false
          has_error: true                     | false
          has_error: false                    | true
          keywords: [HELLO, nothing]          | true
          keywords: [nothing]                 | false
          content_patterns: ['w[a-z]+d']      | true
          content_patterns: ['^world']        | false
          keywords: [hello], content_patterns: ['nope'] | false
          keywords: [hello], content_patterns: ['world'] | true
          detectors: [secret]                 | false
          scanners: [no_such]                 | false
          """)
  void every_criterion_of_a_rule_must_hold(String match, boolean matches) {
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: deny, match: {" + match.strip() + "}}]");
    OutputFacts facts =
        new OutputFacts(
            "acme",
            "job.x",
            List.of("write"),
            List.of("PII"),
            "text/plain; charset=utf-8",
            100,
            false);

    OutputVerdict verdict = guard.check(facts, Bytes.utf8("hello world"), CAP, false);

    assertThat(verdict.action()).isEqualTo(matches ? Action.QUARANTINE : Action.ALLOW);
  }

  @Test
  void a_rule_that_is_off_does_not_count() {
    OutputGuard guard =
        guard("output_rules: [{id: r, enabled: false, decision: deny, match: {keywords: [a]}}]");

    assertThat(check(guard, "a").action()).isEqualTo(Action.ALLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, true",
    "{enabled: true}, true",
    "{enabled: false}, false",
    "{fail_mode: open}, false",
    "'{enabled: true, fail_mode: closed}', true"
  })
  void the_policy_is_on_as_it_says_or_when_it_says_nothing(String outputPolicy, boolean on) {
    String said = outputPolicy.equals("{}") ? "" : "output_policy: " + outputPolicy + "\n";
    OutputGuard guard =
        guard(said + "output_rules: [{id: r, decision: deny, match: {keywords: [a]}}]");

    assertThat(check(guard, "a").action()).isEqualTo(on ? Action.QUARANTINE : Action.ALLOW);
  }

  @Test
  void without_a_policy_nothing_is_held() {
    OutputGuard guard =
        new OutputGuard(
            dev.reeve.policy.PolicySnapshot.none().outputRules(), DETECTORS, System::nanoTime);

    assertThat(check(guard, KEY).action()).isEqualTo(Action.ALLOW);
    assertThat(check(guard, KEY).snapshot()).isEmpty();
  }

  @Test
  void a_reason_is_the_rules_else_what_was_found_first() {
    OutputGuard guard =
        guard(
            """
            output_rules:
              - {id: said, decision: deny, reason: no keys, match: {scanners: [secret]}}
              - {id: unsaid, decision: redact, match: {scanners: [pii]}}
            """);

    assertThat(check(guard, KEY).reason()).isEqualTo("no keys");
    assertThat(check(guard, MAIL).reason())
        .isEqualTo(check(guard, MAIL).findings().getFirst().detail());
  }

  @Test
  void findings_say_where_in_bytes_and_never_what() {
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: deny, match: {scanners: [secret]}}]");

    OutputFinding finding = check(guard, "é " + KEY + "!").findings().getFirst();

    assertThat(finding.offset()).isEqualTo(3);
    assertThat(finding.length()).isEqualTo(20);
    assertThat(finding.type()).isEqualTo("secret_leak");
    assertThat(finding.scanner()).isEqualTo("secret");
    assertThat(finding.toString()).doesNotContain(KEY);
  }

  @Test
  void a_card_is_called_a_card() {
    OutputGuard guard = guard("output_rules: [{id: r, decision: deny, match: {scanners: [pii]}}]");

    assertThat(check(guard, "card 4111 1111 1111 1111 ok").findings().getFirst().detail())
        .contains("card");
  }

  /// Cordum took a pattern without a match for one that ran out of time.
  @Test
  void defect_1_a_pattern_that_does_not_match_does_not_fire() {
    OutputGuard guard =
        guard(
            "output_rules: [{id: r, decision: deny, match: {content_patterns:"
                + " ['secret-[0-9]+']}}]");

    assertThat(check(guard, "any text at all").action()).isEqualTo(Action.ALLOW);
    assertThat(check(guard, "a secret-42").action()).isEqualTo(Action.QUARANTINE);
  }

  /// Cordum cut content before the rule for cut content could see it.
  @Test
  void defect_7_content_that_was_cut_is_held_although_the_rule_would_let_it_go() {
    OutputGuard guard =
        guard(
            """
            output_rules:
              - {id: mail, decision: redact, match: {keywords: [hello]}}
              - {id: keys, decision: deny, match: {scanners: [secret]}}
            """);
    Bytes large = Bytes.utf8("hello " + " ".repeat(CAP));

    OutputVerdict cutHere = guard.check(facts(large), large, CAP, false);
    OutputVerdict cutBefore = guard.check(facts(large), Bytes.utf8("hello"), CAP, true);
    OutputVerdict whole = guard.check(facts(large), large, Integer.MAX_VALUE, false);

    assertThat(cutHere.action()).isEqualTo(Action.QUARANTINE);
    assertThat(cutHere.findings().getLast().type()).isEqualTo("content_truncated");
    assertThat(cutBefore.action()).isEqualTo(Action.QUARANTINE);
    assertThat(whole.action()).isEqualTo(Action.REDACT);
  }

  @Test
  void content_at_the_cap_is_whole_and_cut_content_may_go_when_no_rule_is_sensitive() {
    OutputGuard sensitive =
        guard("output_rules: [{id: r, decision: deny, match: {scanners: [pii]}}]");
    OutputGuard words = guard("output_rules: [{id: r, decision: deny, match: {keywords: [zz]}}]");
    Bytes atCap = Bytes.utf8(" ".repeat(CAP));
    Bytes over = Bytes.utf8(" ".repeat(CAP + 1));

    assertThat(sensitive.check(facts(atCap), atCap, CAP, false).action()).isEqualTo(Action.ALLOW);
    assertThat(sensitive.check(facts(over), over, CAP, false).action())
        .isEqualTo(Action.QUARANTINE);
    assertThat(words.check(facts(over), over, CAP, false).action()).isEqualTo(Action.ALLOW);
  }

  /// Cordum accepted fail_mode and did not look at it.
  @Test
  void defect_8_fail_mode_closed_holds_what_a_missing_scanner_did_not_look_at() {
    String rule = "output_rules: [{id: r, decision: redact, match: {scanners: [no_such]}}]";
    OutputGuard open = guard("output_policy: {enabled: true, fail_mode: open}\n" + rule);
    OutputGuard closed = guard("output_policy: {enabled: true, fail_mode: closed}\n" + rule);

    assertThat(check(open, "text").action()).isEqualTo(Action.ALLOW);
    assertThat(check(closed, "text").action()).isEqualTo(Action.QUARANTINE);
    assertThat(check(closed, "text").reason()).contains("no_such");
  }

  /// Cordum found keywords in lower-cased text, whose offsets differ.
  @Test
  void defect_20_places_are_those_of_the_original_and_no_character_is_cut() {
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: redact, match: {keywords: [hush]}}]");
    String text = "İİİ é HUSH é";

    OutputVerdict verdict = check(guard, text);
    String redacted = guard.redact(verdict, Bytes.utf8(text)).orElseThrow().utf8();

    OutputFinding finding = verdict.findings().getFirst();
    assertThat(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)[(int) finding.offset()])
        .isEqualTo((byte) 'H');
    assertThat(finding.length()).isEqualTo(4);
    assertThat(redacted).isEqualTo("İİİ é [REDACTED] é");
  }

  @Test
  void a_secret_across_a_border_of_chunks_is_found() {
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: deny, match: {scanners: [secret]}}]");
    int border = 1024 * 1024;

    for (int start = border - 21; start <= border + 1; start++) {
      String text = " ".repeat(start) + KEY + " ".repeat(100_000);
      OutputVerdict verdict =
          guard.check(facts(Bytes.utf8(text)), Bytes.utf8(text), Integer.MAX_VALUE, false);
      assertThat(verdict.findings()).as("at %s", start).hasSize(1);
      assertThat(verdict.findings().getFirst().offset()).isEqualTo(start);
    }
  }

  @Test
  void there_are_at_most_10_findings_of_a_pattern_and_32_of_a_scanner() {
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: redact, match: {scanners: [pii]}}]");
    String text = (MAIL + " ").repeat(50);

    OutputVerdict verdict = check(guard, text);

    assertThat(verdict.findings()).hasSize(10);
    assertThat(guard.redact(verdict, Bytes.utf8(text)).orElseThrow().utf8()).doesNotContain("jane");
  }

  @Test
  void patterns_are_quoted_at_160_characters() {
    String keyword = "k".repeat(200);
    OutputGuard guard =
        guard("output_rules: [{id: r, decision: deny, match: {keywords: [" + keyword + "]}}]");

    assertThat(check(guard, keyword).findings().getFirst().matchedPattern()).hasSize(160);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+", "a|b|c|d|e|f|g"})
  void costly_expressions_are_refused_at_load(String regex) {
    PolicyLoad load =
        PolicyFile.load(
            Bytes.utf8(
                "output_rules: [{id: r, decision: deny, match: {content_patterns: ['"
                    + regex
                    + "']}}]"));

    assertThat(load).isInstanceOf(PolicyLoad.Refused.class);
  }

  @Test
  void a_rule_without_places_leaves_nothing_of_the_content() {
    OutputGuard guard = guard("output_rules: [{id: r, decision: redact, match: {topics: ['*']}}]");

    OutputVerdict verdict = check(guard, "all of it");

    assertThat(guard.redact(verdict, Bytes.utf8("all of it")).orElseThrow().utf8())
        .isEqualTo("[REDACTED]");
  }

  @Test
  void scanners_of_the_user_take_part() {
    CustomScanners custom =
        CustomScanners.parse(
            """
            scanners:
              badge: {finding_type: badge_no, patterns: [{name: badge, regex: 'B-[0-9]{6}'}]}
            """);
    OutputGuard guard =
        guard(
            "output_rules: [{id: r, decision: deny, match: {scanners: [badge]}}]",
            new SharedScanner(Optional.of(custom)));

    assertThat(check(guard, "my B-123456").findings().getFirst().type()).isEqualTo("badge_no");
  }

  @Test
  void redaction_never_leaks_a_finding() {
    OutputGuard guard =
        guard(
            """
            output_rules:
              - id: all
                decision: redact
                match: {scanners: [secret, pii], keywords: [hush], content_patterns: ['x[0-9]+']}
              - {id: some, decision: redact, match: {scanners: [secret, pii]}}
            """);
    String[] parts = {
      KEY,
      MAIL,
      "4111 1111 1111 1111",
      "hush",
      "HUSH",
      "x42",
      "536-22-1234",
      "é",
      "😀",
      "\"",
      "=",
      "password: \"hunter2hunter2\"",
      " ",
      "\n",
      "AKIA",
      "jane",
      "@",
      "ghp_" + "a1B2".repeat(9)
    };
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      Bytes content = Bytes.utf8(text.toString());
      OutputVerdict verdict = guard.check(facts(content), content, CAP, false);
      if (verdict.action() == Action.REDACT) {
        Bytes redacted = guard.redact(verdict, content).orElseThrow();
        OutputVerdict again = guard.check(facts(redacted), redacted, CAP, false);
        assertThat(again.findings()).as("seed %s: %s", seed, redacted.utf8()).isEmpty();
        assertThat(redacted.utf8()).doesNotContain("\uFFFD");
      }
    }
  }

  private static OutputGuard guard(String policy) {
    return guard(policy, DETECTORS);
  }

  private static OutputGuard guard(String policy, SharedScanner scanner) {
    return new OutputGuard(
        PolicyFile.load(Bytes.utf8("version: t\n" + policy)).orThrow("policy").outputRules(),
        scanner,
        System::nanoTime);
  }

  private static OutputVerdict check(OutputGuard guard, String text) {
    Bytes content = Bytes.utf8(text);
    return guard.check(facts(content), content, CAP, false);
  }

  private static OutputFacts facts(Bytes content) {
    return new OutputFacts("acme", "job.x", List.of(), List.of(), "", content.size(), false);
  }
}
