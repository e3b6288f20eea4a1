package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What policies are refused for, and which forms of them are the same.
final class RoutePolicyReaderTest {
  private static final String ONE = "{'providers': [{'name': 'a', 'weight': 1}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'rules': [{'match': '', 'prefer': ['gold', 'golb']}]; rules[0].prefer[1]; mean gold?",
        "'rules': [{'match': '', 'prefer': [], 'fallback': 'silvr'}]; rules[0].fallback; silver?",
        "'fallbacks': [{'when': {}, 'to': 'silvr'}]; fallbacks[0].to; did you mean silver?",
        "'fallback': {'provider': 'm2'}; fallback.provider; \"m2\" is not among the providers",
        "'last_resort': 'sliver'; last_resort; did you mean silver?",
        "'weights': {'gold': 1, 'bronze': 1}; weights.bronze; of weight 0",
      })
  void a_provider_that_is_named_and_not_listed_is_taken_and_told(
      String member, String path, String message) {
    String policy =
        ("{'providers': [{'name': 'gold', 'weight': 1}, {'name': 'silver', 'weight': 0}], "
                + member
                + "}")
            .replace('\'', '"');

    List<PolicyError> warnings = RoutePolicyReader.read("p", policy).orThrow("p").warnings();

    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst().path()).isEqualTo(path);
    assertThat(warnings.getFirst().message()).contains(message);
  }

  @Test
  void a_policy_that_names_only_what_it_lists_has_no_warnings() {
    String policy =
        "{\"weights\": {\"gold\": 1, \"silver\": 0}, \"last_resort\": \"silver\","
            + " \"rules\": [{\"match\": \"\", \"prefer\": [\"gold\"], \"fallback\": \"\"}],"
            + " \"fallbacks\": [{\"when\": {}, \"to\": \"silver\"}]}";

    assertThat(RoutePolicyReader.read("p", policy).orThrow("p").warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; providers; providers or weights",
        "{'providers': []}; providers; at least one",
        "{'weights': {}}; weights; at least one",
        "{'providers': {}}; providers; a list",
        "{'providers': [{'name': 'a', 'weight': 101}]}; providers[0].weight; from 0 to 100",
        "{'providers': [{'name': 'a', 'weight': 0.5}]}; providers[0].weight; whole number",
        "{'providers': [{'name': 'a', 'weight': 'x'}]}; providers[0].weight; whole number",
        "{'providers': [{'name': 'a'}]}; providers[0].weight; missing",
        "{'providers': [{'weight': 1}]}; providers[0].name; missing",
        "{'providers': [{'name': 'A b', 'weight': 1}]}; providers[0].name; lower-case",
        "{'providers': [{'name': 'a', 'weight': 1}, {'name': 'a', 'weight': 1}]};"
            + " providers[1].name; once",
        "{'providers': [{'name': 'a', 'wieght': 1, 'weight': 1}]}; providers[0].wieght;"
            + " did you mean weight?",
        "{'weights': {'a': -1}}; weights.a; from 0 to 100",
        "{'providres': []}; providres; did you mean providers?",
        "{'version': '1', 'weights': {'a': 1}}; version; 1.0",
        "{'version': 1.0, 'weights': {'a': 1}}; version; 1.0",
        "{'weights': {'a': 1}, 'sticky': {}}; sticky.enabled; missing",
        "{'weights': {'a': 1}, 'sticky': {'enabled': true, 'ttl': '10x'}}; sticky.ttl; 10m",
        "{'weights': {'a': 1}, 'sticky': {'enabled': true, 'ttl': '25h'}}; sticky.ttl; 24h",
        "{'weights': {'a': 1}, 'sticky': {'enabled': true, 'ttl_seconds': 0}};"
            + " sticky.ttl_seconds; from 1",
        "{'weights': {'a': 1}, 'fallbacks': [{'to': 'b'}]}; fallbacks[0].when; missing",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {}}]}; fallbacks[0].to; missing",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b', 'retry': 11}]};"
            + " fallbacks[0].retry; from 0 to 10",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'==': [1]}, 'to': 'b'}]};"
            + " fallbacks[0].when.==; two operands",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'in': [1, 2]}, 'to': 'b'}]};"
            + " fallbacks[0].when.in[1]; a list of 1 to 256 values",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'in': [1, []]}, 'to': 'b'}]};"
            + " fallbacks[0].when.in[1]; a list of 1 to 256 values",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'in': [[1], [1]]}, 'to': 'b'}]};"
            + " fallbacks[0].when.in[0]; a text, number or truth value",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'==': [{'vra': 'x'}, 1]}, 'to': 'b'}]};"
            + " fallbacks[0].when.==[0]; or {",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'>': [{'var': 'x'}, [1]]}, 'to': 'b'}]};"
            + " fallbacks[0].when.>[1]; a text, number or truth value",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'k': {}}, 'to': 'b'}]};"
            + " fallbacks[0].when.k; text, number",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b', 'backoff': {'strategy':"
            + " 'fast'}}]}; fallbacks[0].backoff.strategy; exponential, linear, fixed",
        "{'weights': {'a': 1}, 'fallback': {}}; fallback.provider; missing",
        "{'weights': {'a': 1}, 'rules': [{'match': 'nonsense'}]}; rules[0].match; key:value1",
        "{'weights': {'a': 1}, 'pre': [{}]}; pre[0].id; missing",
        "{'weights': {'a': 1}, 'pre': [{'id': 'x', 'mode': 'maybe'}]}; pre[0].mode; required",
        "{'weights': {'a': 1}, 'validators': [{'id': 'x', 'on_fail': 'stop'}]};"
            + " validators[0].on_fail; block, warn, ignore",
        "{'weights': {'a': 1}, 'circuit_breaker': {'failure_threshold': 0}};"
            + " circuit_breaker.failure_threshold; from 1 to 100",
        "{'weights': {'a': 1}, 'circuit_breaker': {'error_rate_threshold': 2}};"
            + " circuit_breaker.error_rate_threshold; from 0 to 1",
        "{'weights': {'a': 1}, 'circuit_breaker': {'timeout_ms': 10}};"
            + " circuit_breaker.timeout_ms; from 1000",
        "{'weights': {'a': 1}, 'rate_limit': {'burst': 0}}; rate_limit.burst; from 1",
        "{'weights': {'a': 1}, 'rate_limit': {'scope': 'all'}}; rate_limit.scope; policy, tenant",
        "{'weights': {'a': 1}, 'quotas': [{'resource': 'money', 'limit': 1}]};"
            + " quotas[0].resource; requests, tokens, cost",
        "{'weights': {'a': 1}, 'timeout_ms': 0}; timeout_ms; from 1 to 300000",
        "{'weights': {'a': 1}, 'sticky': null}; sticky; an object",
        "{'weights': {'a': 1}, 'policy_id': 'other'}; policy_id; kept under",
        "[]; ''; not an object",
        "{'a': ; ''; not JSON",
        "{'weights': {'a': 1}, 'weights': {'a': 1}}; ''; not JSON"
      })
  void refusals(String json, String path, String part) {
    List<PolicyError> errors = read(json).problems();

    assertThat(errors)
        .anySatisfy(error -> {
          assertThat(error.path()).isEqualTo(path);
          assertThat(error.message()).contains(part);
        });
  }

  @Test
  void what_is_too_long_or_broken_is_refused_before_it_is_read() {
    assertThat(read("{'description': '" + "x".repeat(1 << 20) + "'}").problems())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("at most 1048576"));
    assertThat(read("{'description': '\\ud800', 'weights': {'a': 1}}").problems())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("Unicode"));
  }

  @Test
  void all_errors_come_at_once() {
    assertThat(
            read("{'version': 'x', 'providers': [{'name': 'A', 'weight': -1}], 'timeout_ms': 0,"
                    + " 'extra': 1}")
                .problems())
        .extracting(PolicyError::path)
        .containsExactlyInAnyOrder(
            "version", "providers[0].name", "providers[0].weight", "timeout_ms", "extra");
  }

  @ParameterizedTest
  @CsvSource({"openai:gpt-4o", "meta/llama.3", "a_b-1", "x"})
  void ids_of_providers_may_have_marks(String id) {
    assertThat(read("{'providers': [{'name': '" + id + "', 'weight': 1}]}").problems()).isEmpty();
  }

  @Test
  void older_names_are_understood() {
    RoutePolicy policy =
        RouterFixture.policyOf(
            "p",
            "{'providers': [{'id': 'a', 'weight': 1}], 'sticky': {'enabled': true, 'key': 'u',"
                + " 'ttl_sec': 5}, 'extensions': {'pre': [{'id': 'x'}], 'validators': [{'id':"
                + " 'y'}], 'post': [{'id': 'z'}]}, 'fallbacks': [{'when': ['timeout', '5xx'], 'to':"
                + " 'b'}]}");

    assertThat(policy.body().sticky()).contains(new PolicyBody.Sticky("u", 5_000));
    assertThat(policy.complexity().total()).isEqualTo(3);
    assertThat(policy.body().failover().rules().getFirst().when())
        .isEqualTo(
            new RouteCondition.All(
                List.of(new RouteCondition.Member("status", List.of("timeout", "5xx")))));
  }

  @Test
  void two_names_of_one_thing_must_agree() {
    assertThat(read("{'providers': [{'id': 'a', 'name': 'b', 'weight': 1}]}").problems())
        .extracting(PolicyError::path)
        .contains("providers[0].id");
  }

  @Test
  void ten_extensions_and_five_of_a_kind_are_the_most() {
    String five = "[" + "{'id': 'x'},".repeat(4) + "{'id': 'x'}]";
    String six = "[" + "{'id': 'x'},".repeat(5) + "{'id': 'x'}]";

    assertThat(read(ONE + ", 'pre': " + five + ", 'post': " + five + "}").problems()).isEmpty();
    assertThat(read(ONE + ", 'pre': " + six + "}").problems()).isNotEmpty();
    assertThat(
            read(ONE + ", 'pre': " + five + ", 'post': " + five + ", 'validators': [{'id': 'x'}]}")
                .problems())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("at most 10"));
  }

  @Test
  void the_name_may_stand_in_the_policy() {
    RoutePolicy policy =
        RoutePolicyReader.read("", "{\"policy_id\": \"x.y\", \"weights\": {\"a\": 1}}")
            .orThrow("x");

    assertThat(policy.policyId()).isEqualTo("x.y");
  }

  @Test
  void equal_policies_have_equal_hashes_however_they_are_written() {
    RoutePolicy one =
        RouterFixture.policyOf("p", "{'version': '1.0', 'weights': {'a': 1, 'b': 2}}");
    RoutePolicy other =
        RouterFixture.policyOf("p", " { 'weights': {'b': 2, 'a': 1},\n 'version': '1.0'}");

    assertThat(other.hash()).isEqualTo(one.hash());
    assertThat(other.sourceJson()).isEqualTo("{\"version\":\"1.0\",\"weights\":{\"a\":1,\"b\":2}}");
  }

  @Test
  void the_short_form_comes_back_as_it_was_given() {
    AdminRoutePolicy admin =
        new AdminRoutePolicy(
            "p",
            List.of(
                new AdminRoutePolicy.Provider("a", 0.75), new AdminRoutePolicy.Provider("b", 0.25)),
            true,
            List.of(
                new AdminRoutePolicy.Rule("tier:vip|gold", List.of("a", "b"), "c"),
                new AdminRoutePolicy.Rule("", List.of(), "c")));

    RoutePolicy policy = RoutePolicyReader.read(admin).orThrow("p");

    assertThat(policy.toAdmin()).isEqualTo(admin);
    assertThat(policy.body().sticky()).contains(new PolicyBody.Sticky("session_id", 3_600_000));
  }

  @Test
  void a_full_policy_has_a_short_form() {
    RoutePolicy policy =
        RouterFixture.policyOf(
            "p",
            "{'providers': [{'name': 'b', 'weight': 20}, {'name': 'a', 'weight': 80}],"
                + " 'fallbacks': [{'when': {'status': ['timeout', '5xx']}, 'to': 'b'}],"
                + " 'sticky': {'enabled': true}}");

    assertThat(policy.toAdmin())
        .isEqualTo(
            new AdminRoutePolicy(
                "p",
                List.of(
                    new AdminRoutePolicy.Provider("a", 0.8),
                    new AdminRoutePolicy.Provider("b", 0.2)),
                true,
                List.of(new AdminRoutePolicy.Rule("status:timeout|5xx", List.of(), "b"))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, low",
    "1, 1, 0, 30, medium",
    "2, 1, 1, 60, high",
    "3, 1, 0, 65, high",
    "5, 0, 0, 74, high",
    "5, 5, 0, 100, very_high"
  })
  void complexity(int pre, int validators, int post, int score, String level) {
    PolicyComplexity complexity = PolicyComplexity.of(pre, validators, post);

    assertThat(complexity.score()).isEqualTo(score);
    assertThat(complexity.level()).isEqualTo(level);
    assertThat(complexity.latencyMs()).isEqualTo(30L * (pre + validators + post));
  }

  private static PolicyReading read(String json) {
    return RoutePolicyReader.read("p", json.replace('\'', '"'));
  }

  @Test
  void a_whole_number_may_be_written_with_a_point() {
    RoutePolicy policy =
        RoutePolicyReader.read("p", "{\"providers\":[{\"name\":\"a\",\"weight\":1.0}]}")
            .orThrow("p");

    assertThat(policy.body().targets().weight(0)).isEqualTo(1.0);
  }

  @Test
  void a_policy_that_is_too_deep_is_refused_in_our_own_words() {
    String deep = "{\"metadata\":" + "[".repeat(80) + "]".repeat(80) + "}";

    assertThat(RoutePolicyReader.read("p", deep).problems().toString())
        .contains("64 levels")
        .doesNotContain("StreamReadConstraints");
  }
}
