package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A table that holds for everything would show nothing: here is what does not hold.
final class JsonWantTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a": 1}                         | {"a": 1, "b": 2}             | true
          {"a": 1}                         | {"a": 1.0}                   | true
          {"a": 1}                         | {"a": "1"}                   | false
          {"a": "1"}                       | {"a": 1}                     | false
          {"a": 0}                         | {}                           | false
          {"a": false}                     | {}                           | false
          {"a": null}                      | {"a": null}                  | true
          {"a": {"b": "x"}}                | {"a": {"b": "x"}}            | true
          {"a": {"b": "x"}}                | {"a": "x"}                   | false
          {"a": {}}                        | {}                           | false
          {"a": [1, {"b": 2}]}             | {"a": [1, {"b": 2, "c": 3}]} | true
          {"a": [1]}                       | {"a": [1, 2]}                | false
          {"a": {"$absent": true}}         | {}                           | true
          {"a": {"$absent": true}}         | {"a": null}                  | false
          {"a": {"$any": ["x", "y"]}}      | {"a": "y"}                   | true
          {"a": {"$any": ["x", "y"]}}      | {"a": "z"}                   | false
          {"a": {"$any": [false, {"$absent": true}]}} | {}                | true
          {"a": {"$any": [false, {"$absent": true}]}} | {"a": true}       | false
          {"a": {"$like": "[0-9]+"}}       | {"a": "12"}                  | true
          {"a": {"$like": "[0-9]+"}}       | {"a": 12}                    | false
          {"a": {"$has": ["x", "y"]}}      | {"a": "xy"}                  | true
          {"a": {"$has": ["x", "y"]}}      | {"a": "x"}                   | false
          {"a": {"$lacks": ["x"]}}         | {}                           | true
          {"a": {"$lacks": ["x"]}}         | {"a": "axb"}                 | false
          {"a": {"$between": [1, 3]}}      | {"a": "3"}                   | true
          {"a": {"$between": [1, 3]}}      | {"a": "4"}                   | false
          {"a": {"$between": [1, 3]}}      | {"a": 2}                     | false
          {"a": {"$json": [{"b": 1}]}}     | {"a": "[{\\"b\\":1}]"}       | true
          {"a": {"$json": [{"b": 1}]}}     | {"a": [{"b": 1}]}            | false
          {"a": {"$json": [{"b": 1}]}}     | {"a": "[{\\"b\\":2}]"}       | false
          {"$keys": ["a", "b"]}            | {"a": 1, "b": 2}             | true
          {"$keys": ["a", "b"], "a": 2}    | {"a": 1, "b": 2}             | false
          {"$keys": ["a"]}                 | {"a": 1, "b": 2}             | false
          {"$keys": ["a", "b"]}            | {"a": 1}                     | false
          {"a": {"$type": "integer"}}      | {"a": 250}                   | true
          {"a": {"$type": "integer"}}      | {"a": 2.5}                   | false
          {"a": {"$type": "integer"}}      | {"a": "250"}                 | false
          {"a": {"$type": "number"}}       | {"a": 0.001}                 | true
          {"a": {"$type": "number"}}       | {"a": "0.001"}               | false
          {"a": {"$type": "texts"}}        | {"a": {"b": "c"}}            | true
          {"a": {"$type": "texts"}}        | {"a": {"b": 1}}              | false
          """)
  void a_want_holds_only_for_what_it_says(String want, String got, boolean holds) {
    assertThat(
            JsonWant.unmet("answer", JsonParser.parseString(want), JsonParser.parseString(got))
                .isEmpty())
        .isEqualTo(holds);
  }
}
