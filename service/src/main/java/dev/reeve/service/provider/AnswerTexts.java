package dev.reeve.service.provider;

import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of a model in an answer of the OpenAI API: every text under `choices`, apart from
/// names that the API itself gives.
final class AnswerTexts {
  private static final String CHOICES = "choices";
  private static final String LOGPROBS = "logprobs";

  /// Members that hold words of the API.
  private static final Set<String> OF_API =
      Set.of("id", "role", "type", "finish_reason", "object", "index", LOGPROBS);

  private static final JsonValue NOTHING = new JsonValue.Absent();

  private AnswerTexts() {}

  /// All of them, in order.
  static List<String> of(JsonValue.Members answer) {
    List<String> texts = new ArrayList<>();
    collect(answer.values().getOrDefault(CHOICES, NOTHING), texts);
    return texts;
  }

  private static void collect(JsonValue value, List<String> texts) {
    switch (value) {
      case JsonValue.Text text -> texts.add(text.value());
      case JsonValue.Items items -> items.values().forEach(item -> collect(item, texts));
      case JsonValue.Members members ->
          members
              .values()
              .forEach((name, member) -> {
                if (!OF_API.contains(name)) {
                  collect(member, texts);
                }
              });
      case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> {}
    }
  }

  /// The answer with other texts in their place, and without single tokens, which would tell what
  /// was cut.
  ///
  /// @param texts as many as [#of] gives
  static JsonValue.Members with(JsonValue.Members answer, List<String> texts) {
    Map<String, JsonValue> members = new LinkedHashMap<>(answer.values());
    Iterator<String> next = texts.iterator();
    members.computeIfPresent(CHOICES, (_, choices) -> replaced(choices, next));
    return new JsonValue.Members(members);
  }

  private static JsonValue replaced(JsonValue value, Iterator<String> next) {
    return switch (value) {
      case JsonValue.Text _ -> new JsonValue.Text(next.next());
      case JsonValue.Items items ->
          new JsonValue.Items(items.values().stream().map(item -> replaced(item, next)).toList());
      case JsonValue.Members members -> {
        Map<String, JsonValue> changed = new LinkedHashMap<>();
        members
            .values()
            .forEach((name, member) ->
                changed.put(
                    name,
                    name.equals(LOGPROBS)
                        ? new JsonValue.Absent()
                        : OF_API.contains(name) ? member : replaced(member, next)));
        yield new JsonValue.Members(changed);
      }
      case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> value;
    };
  }
}
