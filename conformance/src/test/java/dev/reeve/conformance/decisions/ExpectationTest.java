package dev.reeve.conformance.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A table that holds for everything would show nothing: here is what does not hold.
final class ExpectationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"decision": "DENY"}             | {"decision": "DECISION_TYPE_DENY"}   | true
          {"decision": "DENY"}             | {"decision": "DECISION_TYPE_ALLOW"}  | false
          {"decision": "ALLOW"}            | {}                                   | true
          {"decision": "DENY"}             | {}                                   | false
          {"rule_id": ""}                  | {}                                   | true
          {"rule_id": ""}                  | {"rule_id": "a"}                     | false
          {"rule_id": "a"}                 | {"rule_id": "ab"}                    | false
          {"allowed": false}               | {"allowed": true}                    | false
          {"allowed": true}                | {}                                   | false
          {"a": {"b": 1}}                  | {"a": {"b": "1", "c": 2}}            | true
          {"a": {"b": 1}}                  | {"a": {"b": 2}}                      | false
          {"a": {"b": 1}}                  | {}                                   | false
          {"l": [{"x": 1}]}                | {"l": [{"x": 1, "y": 2}]}            | true
          {"l": [{"x": 1}]}                | {"l": [{"x": 1}, {"x": 1}]}          | false
          {"l": []}                        | {"l": [1]}                           | false
          {"a": {"$is": {"b": 1}}}         | {"a": {"b": 1}}                      | true
          {"a": {"$is": {"b": 1}}}         | {"a": {"b": 1, "c": 2}}              | false
          {"a": {"$any": ["x", "y"]}}      | {"a": "y"}                           | true
          {"a": {"$any": ["x", "y"]}}      | {"a": "z"}                           | false
          {"a": {"$has": ["X"]}}           | {"a": ["x"]}                         | true
          {"a": {"$has": ["x"]}}           | {}                                   | false
          {"a": {"$lacks": ["x"]}}         | {"a": "axb"}                         | false
          {"a": {"$lacks": ["x"]}}         | {}                                   | true
          {"a": {"$like": "[0-9]+"}}       | {"a": "12"}                          | true
          {"a": {"$like": "[0-9]+"}}       | {"a": "12x"}                         | false
          {"a": {"$like": "[0-9]+"}}       | {}                                   | false
          {"a": {"$some": [{"x": 1}]}}     | {"a": [{"x": 2}, {"x": 1}]}          | true
          {"a": {"$some": [{"x": 1}]}}     | {"a": [{"x": 2}]}                    | false
          {"a": {"$none": [{"x": 1}]}}     | {"a": [{"x": 1}]}                    | false
          {"a": {"$given": true}}          | {"a": ""}                            | false
          {"a": {"$given": true}}          | {"a": {"code": "X"}}                 | true
          {"a": {"$size": 2}}              | {"a": [1]}                           | false
          """)
  void a_want_holds_only_for_what_it_says(String want, String got, boolean holds) {
    assertThat(Expectation.unmet("answer", parse(want), parse(got)).isEmpty()).isEqualTo(holds);
  }

  private static JsonElement parse(String json) {
    return JsonParser.parseString(json);
  }
}
