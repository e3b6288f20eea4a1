package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The shipped schema and the reader know the same keys everywhere.
final class PolicySchemaTest {
  /// Has every object that a policy may have, each with a key that none may have.
  private static final String EVERYTHING =
      """
      {'unheardof': 1, 'providers': [{'unheardof': 1, 'name': 'a', 'weight': 1, 'health_check': {'unheardof': 1}}],
       'score': {'unheardof': 1, 'latency': 1},
       'rules': [{'unheardof': 1, 'prefer': ['a']}],
       'fallbacks': [{'unheardof': 1, 'when': {}, 'to': 'a', 'backoff': {'unheardof': 1}}],
       'fallback': {'unheardof': 1, 'provider': 'a'},
       'sticky': {'unheardof': 1, 'enabled': true},
       'pre': [{'unheardof': 1, 'id': 'x'}], 'validators': [{'unheardof': 1, 'id': 'x'}],
       'post': [{'unheardof': 1, 'id': 'x'}], 'extensions': {'unheardof': 1},
       'circuit_breaker': {'unheardof': 1}, 'rate_limit': {'unheardof': 1},
       'quotas': [{'unheardof': 1, 'limit': 1}], 'health_check': {'unheardof': 1}}
      """;

  @Test
  void the_schema_has_the_keys_that_the_reader_asks_for() throws IOException {
    Map<String, String> ofReader = new TreeMap<>();
    for (PolicyError error :
        RoutePolicyReader.read("p", EVERYTHING.replace('\'', '"')).problems()) {
      String message = error.message();
      String path = error.path().replace("[0]", "");
      ofReader.put(
          path.equals("unheardof") ? "" : path.substring(0, path.length() - ".unheardof".length()),
          message.substring(message.indexOf("one of ") + 7, message.lastIndexOf(')')));
    }

    Map<String, String> ofSchema = new TreeMap<>();
    collect("", object(RouteJson.read(RoutePolicyReader.schema())), ofSchema);
    ofSchema.keySet().removeIf(path -> path.startsWith("extensions."));

    assertThat(ofReader).isEqualTo(ofSchema);
  }

  private static void collect(String path, Map<String, Object> schema, Map<String, String> found) {
    if (schema.get("items") instanceof Map<?, ?> items) {
      collect(path, RouteJson.members(items), found);
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      found.put(path, String.join(", ", new TreeSet<>(RouteJson.members(properties).keySet())));
      assertThat(schema.get("additionalProperties")).as(path).isEqualTo(false);
      RouteJson.members(properties)
          .forEach((name, property) ->
              collect(path.isEmpty() ? name : path + "." + name, object(property), found));
    }
  }

  private static Map<String, Object> object(Object value) {
    return value instanceof Map<?, ?> object ? RouteJson.members(object) : Map.of();
  }

  @Test
  void defaults_of_the_schema_are_those_of_the_reader() {
    PolicyBody body =
        RouterFixture.policyOf(
                "p",
                "{'weights': {'a': 1}, 'circuit_breaker': {'enabled': true}, 'rate_limit': {},"
                    + " 'fallbacks': [{'when': {}, 'to': 'a', 'backoff': {}}]}")
            .body();

    PolicyBody.Breaking off = PolicyBody.Breaking.OFF;
    assertThat(List.of(off.failureThreshold(), off.successThreshold(), off.halfOpenMaxCalls()))
        .containsExactly(5, 2, 3);
    assertThat(body.protection().rateLimit().orElseThrow().limit())
        .isEqualTo(RateLimit.perSecond(100, 50));
    assertThat(body.failover().rules().getFirst().backoff())
        .isEqualTo(new PolicyBody.Backoff(PolicyBody.Growth.EXPONENTIAL, 100, 5_000, true));
    assertThat(body.failover().rules().getFirst().retry()).isEqualTo(1);
  }
}
