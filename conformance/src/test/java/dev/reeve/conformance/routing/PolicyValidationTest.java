package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The rows about policies themselves, asked of `reeve route policies validate`. A path may be
/// written with dots, brackets or slashes; what counts are its members.
final class PolicyValidationTest {
  @TestFactory
  Stream<DynamicContainer> every_policy_is_judged_as_the_contract_says() {
    return RoutingTable.read("validation").stream()
        .map(group -> DynamicContainer.dynamicContainer(group.title(), rows(group)));
  }

  private static Stream<DynamicTest> rows(RoutingGroup group) {
    List<String> policies =
        group.rows().stream().map(row -> RoutingTable.json(row.row().get("policy"))).toList();
    List<JsonObject> verdicts = RouteCommand.validate(policies);
    return IntStream.range(0, policies.size())
        .mapToObj(i -> {
          RoutingRow row = group.rows().get(i);
          return DynamicTest.dynamicTest(
              row.id() + " " + row.why(), () -> check(row, policies.get(i), verdicts.get(i)));
        });
  }

  private static void check(RoutingRow row, String policy, JsonObject verdict) {
    String about =
        "%s (%s) %s%n  policy: %s%n  got: %s"
            .formatted(row.id(), row.contract(), row.why(), policy, verdict);
    boolean valid = row.want().get("valid").getAsBoolean();
    assertThat(verdict.get("valid").getAsBoolean()).as(about).isEqualTo(valid);
    List<String> paths = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (JsonElement error : verdict.getAsJsonArray("errors")) {
      paths.add(members(error.getAsJsonObject().get("path").getAsString()));
      messages.add(error.getAsJsonObject().get("message").getAsString());
    }
    assertThat(paths.isEmpty()).as(about).isEqualTo(valid);
    assertThat(messages).as(about).allSatisfy(message -> assertThat(message).isNotBlank());
    if (row.want().has("at")) {
      for (JsonElement at : row.want().getAsJsonArray("at")) {
        assertThat(paths).as(about).containsAnyOf(at.getAsString().split("\\|", -1));
      }
    }
    if (row.want().has("says")) {
      String word = row.want().get("says").getAsString();
      assertThat(messages).as(about).anyMatch(message -> message.contains(word));
    }
  }

  private static String members(String path) {
    return path.replaceAll("[^A-Za-z0-9_]+", ".").replaceAll("^\\.|\\.$", "");
  }
}
