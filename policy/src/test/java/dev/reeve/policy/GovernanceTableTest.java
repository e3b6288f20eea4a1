package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The table `golden/governance.txt`: policies over the whole format, written from the contract,
/// and for each request the decision, the rule and the reason code. The table explains its own
/// form.
final class GovernanceTableTest {
  private static final InputScanner SCANNER =
      (name, text) ->
          switch (name) {
            case "pii" -> found(text.contains("@"), RuleSeverity.MEDIUM, 0.6);
            case "secret" -> found(text.contains("AKIA"), RuleSeverity.CRITICAL, 1.0);
            default -> Optional.empty();
          };

  @TestFactory
  Stream<DynamicTest> every_request_is_decided_as_the_table_says() {
    String[] blocks = GoldenFile.read("governance.txt").split("(?m)^=== ", -1);
    List<DynamicTest> tests = Arrays.stream(blocks).skip(1).map(GovernanceTableTest::test).toList();
    long rows =
        GoldenFile.read("governance.txt").lines().filter(line -> line.contains(" => ")).count();

    assertThat(rows).isGreaterThanOrEqualTo(150);
    return tests.stream();
  }

  private static DynamicTest test(String block) {
    String title = block.substring(0, block.indexOf('\n'));
    return DynamicTest.dynamicTest(title, () -> check(block.substring(title.length())));
  }

  /// All rows of a block share their counts, as the requests of one run do.
  private static void check(String block) {
    int end = block.indexOf("---\n");
    PolicySnapshot policy = load(block.substring(0, end));
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    PolicyContext context = new PolicyContext(new VelocityCounts(clock, 10_000), SCANNER);
    for (String row : block.substring(end + 4).lines().filter(r -> !r.isBlank()).toList()) {
      String[] sides = row.split(" => ", -1);
      PolicyInput input = TableRequest.parse(sides[0]);

      PolicyDecision decision = policy.decide(input, context);

      String rule = decision.ruleId().isEmpty() ? "-" : decision.ruleId();
      assertThat(decision.decision().word() + " " + rule + " " + decision.code())
          .as(row)
          .isEqualTo(sides[1].strip());
      assertThat(decision.reason().isEmpty()).as(row).isEqualTo(decision.decision().permits());
      assertThat(decision.approvalRequired())
          .as(row)
          .isEqualTo(decision.decision() == Decision.REQUIRE_APPROVAL);
    }
  }

  /// A block has one file, or several: `%% file` starts another one and `%% floor` the floor.
  private static PolicySnapshot load(String text) {
    List<PolicySource> files = new ArrayList<>();
    Optional<PolicySource> floor = Optional.empty();
    for (String part : text.split("(?m)^%% ", -1)) {
      if (part.startsWith("floor")) {
        floor = Optional.of(new PolicySource("floor", Bytes.utf8(part.substring(5))));
      } else if (part.startsWith("file")) {
        files.add(new PolicySource("file " + files.size(), Bytes.utf8(part.substring(4))));
      } else if (!part.isBlank()) {
        files.add(new PolicySource("file", Bytes.utf8(part)));
      }
    }
    return PolicyBundles.load(files, floor).orThrow("table");
  }

  private static Optional<List<InputFinding>> found(
      boolean hit, RuleSeverity severity, double confidence) {
    return Optional.of(
        hit ? List.of(new InputFinding("t", severity, "something", confidence)) : List.of());
  }
}
