package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class PolicyDecisionTableTest {
  /// One test for each request of the table `golden/decisions.txt`, which explains its own form.
  @TestFactory
  Stream<DynamicTest> every_row_of_the_table_is_decided_as_written() {
    String[] blocks = GoldenFile.read("decisions.txt").split("(?m)^=== ", -1);
    List<DynamicTest> rows =
        Arrays.stream(blocks).skip(1).flatMap(PolicyDecisionTableTest::rows).toList();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(120);
    return rows.stream();
  }

  private static Stream<DynamicTest> rows(String block) {
    String title = block.substring(0, block.indexOf('\n'));
    int end = block.indexOf("---\n");
    PolicySnapshot policy =
        PolicyFile.load(Bytes.utf8(block.substring(title.length(), end))).orThrow(title);
    return block
        .substring(end + 4)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> DynamicTest.dynamicTest(title + ": " + line, () -> check(policy, line)));
  }

  private static void check(PolicySnapshot policy, String line) {
    List<String> cells =
        Arrays.stream(line.split(" \\| ", -1))
            .map(cell -> cell.equals("-") ? "" : cell.replace('·', ' '))
            .toList();
    PolicyInput input =
        new PolicyInput(
            cells.get(0), cells.get(1), cells.get(2), list(cells.get(3)), map(cells.get(4)), "ann");

    PolicyDecision decision = policy.decide(input);

    assertThat(decision.decision().word()).isEqualTo(cells.get(5));
    assertThat(decision.ruleId()).isEqualTo(cells.get(6));
    assertThat(decision.snapshot()).isEqualTo(policy.id());
    assertThat(decision.reason().isEmpty()).isEqualTo(decision.decision() == Decision.ALLOW);
    assertThat(decision)
        .isEqualTo(NaiveEvaluator.decide(policy.document(), input, decision.reason(), policy.id()));
  }

  private static List<String> list(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(",", -1));
  }

  private static Map<String, String> map(String cell) {
    Map<String, String> map = new TreeMap<>();
    for (String pair : list(cell)) {
      int equals = pair.indexOf('=');
      map.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return map;
  }
}
