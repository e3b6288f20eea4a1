package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row of the routing table, asked of `reeve route`. A deviation names the row, the section
/// of the contract, what was expected and what came.
final class RoutingTableTest {
  private static final int ROWS_MIN = 400;

  /// The rows hold for every seed.
  private static final long SEED = 20_251;

  private static final List<String> FILES =
      List.of(
          "backoff",
          "breakers",
          "conditions",
          "constraints",
          "dry-run",
          "examples",
          "explain",
          "extensions",
          "fallback-order",
          "fallbacks",
          "intake",
          "kind",
          "payload",
          "policies",
          "quotas",
          "rate-limits",
          "route-request",
          "rules",
          "sticky",
          "strategies",
          "weights");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> every_row_is_decided_as_the_contract_says() {
    RouteCommand command = new RouteCommand(folder);
    return FILES.stream()
        .map(file ->
            DynamicContainer.dynamicContainer(
                file,
                RoutingTable.read(file).stream()
                    .map(group ->
                        DynamicContainer.dynamicContainer(
                            group.title(),
                            group.isLines() ? lines(command, group) : forms(command, group)))));
  }

  @Test
  void every_row_has_an_id_of_its_own_and_says_why() {
    List<RoutingRow> rows =
        FILES.stream()
            .flatMap(file -> RoutingTable.read(file).stream())
            .flatMap(group -> group.rows().stream())
            .toList();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(ROWS_MIN);
    assertThat(rows).extracting(RoutingRow::id).doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row.why()).as(row.id()).isNotBlank());
  }

  private static Stream<DynamicTest> lines(RouteCommand command, RoutingGroup group) {
    List<PacedInput.Line> lines =
        group.rows().stream()
            .map(row -> new PacedInput.Line(text(row.row().get("line")), row.pauseMillis()))
            .toList();
    List<JsonObject> answers =
        group.command().equals("explain")
            ? command.explain(group.policies(), lines)
            : command.decide(group.policies(), SEED, lines);
    return IntStream.range(0, lines.size())
        .mapToObj(i -> {
          RoutingRow row = group.rows().get(i);
          return DynamicTest.dynamicTest(
              row.id() + " " + row.why(),
              () -> row.check(row.want(), lines.get(i).text(), answers.get(i)));
        });
  }

  private static Stream<DynamicTest> forms(RouteCommand command, RoutingGroup group) {
    return group.forms().stream().flatMap(form -> form(command, group, form));
  }

  private static Stream<DynamicTest> form(
      RouteCommand command, RoutingGroup group, RequestForm form) {
    List<AskedRow> asked = new ArrayList<>();
    for (RoutingRow row : group.rows()) {
      if (form.canAsk(row)) {
        asked.add(new AskedRow(row, form, asked.size()));
      }
    }
    List<PacedInput.Line> lines =
        asked.stream()
            .map(row -> new PacedInput.Line(row.line(), row.row().pauseMillis()))
            .toList();
    List<JsonObject> answers = command.decide(group.policies(), SEED, lines);
    Map<String, JsonObject> byRow = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      byRow.put(asked.get(i).row().id(), answers.get(i));
    }
    return IntStream.range(0, answers.size())
        .mapToObj(i -> {
          RoutingRow row = asked.get(i).row();
          return DynamicTest.dynamicTest(
              row.id() + " " + row.why() + " (" + form.title() + ")",
              () -> asked.get(i).check(answers.get(i), byRow));
        });
  }

  private static String text(JsonElement line) {
    return line.isJsonPrimitive() ? line.getAsString() : RoutingTable.json(line);
  }
}
