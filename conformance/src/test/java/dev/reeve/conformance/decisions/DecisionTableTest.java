package dev.reeve.conformance.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row of the decision table, asked of the commands. A deviation names the row, the section
/// of the contract, what was expected and what came.
final class DecisionTableTest {
  private static final int ROWS_MIN = 800;

  private static final List<String> POLICY = List.of("policy", "check");
  private static final List<String> GATE = List.of("gate", "check");

  /// Takes a file and not lines.
  private static final List<String> GENOME = List.of("genome", "verify");

  /// The files of the table, each with the command that is asked.
  private static final Map<String, List<String>> STATIONS =
      Map.ofEntries(
          Map.entry("policy", POLICY),
          Map.entry("input-rules", POLICY),
          Map.entry("velocity", POLICY),
          Map.entry("tenants", POLICY),
          Map.entry("delegation", POLICY),
          Map.entry("output", List.of("output", "check")),
          Map.entry("cif-ingress", GATE),
          Map.entry("cif-egress", GATE),
          Map.entry("cdi-action", GATE),
          Map.entry("cdi-output", GATE),
          Map.entry("gate", GATE),
          Map.entry("genome", GENOME));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> every_row_is_decided_as_the_contract_says() {
    return STATIONS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(station ->
            DynamicContainer.dynamicContainer(
                station.getKey(),
                TableFile.read(station.getKey()).stream()
                    .map(group ->
                        DynamicContainer.dynamicContainer(
                            group.title(), rows(station.getValue(), group)))));
  }

  @Test
  void every_row_has_an_id_of_its_own_and_says_why() {
    List<DecisionCase> rows =
        STATIONS.keySet().stream()
            .flatMap(station -> TableFile.read(station).stream())
            .flatMap(group -> group.cases().stream())
            .toList();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(ROWS_MIN);
    assertThat(rows).extracting(DecisionCase::id).doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row.why()).as(row.id()).isNotBlank());
  }

  private Stream<DynamicTest> rows(List<String> command, DecisionGroup group) {
    Asking asking = new Asking(folder);
    List<JsonObject> answers =
        command.equals(GENOME) ? asking.files(command, group) : asking.batch(command, group);
    return IntStream.range(0, answers.size())
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                group.cases().get(i).id() + " " + group.cases().get(i).why(),
                () -> group.cases().get(i).check(answers.get(i))));
  }
}
