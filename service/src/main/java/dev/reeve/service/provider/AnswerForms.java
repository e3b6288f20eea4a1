package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ModelScreen.Screened;
import java.util.List;

/// Whole answers as bytes and as the words in them.
final class AnswerForms {
  private AnswerForms() {}

  /// The words of the model in an answer.
  static List<String> texts(Bytes body) {
    return AnswerTexts.of(tree(body));
  }

  /// The answer as it may be read: the same bytes when nothing was cut.
  static Bytes written(Bytes body, Screened.Released released) {
    if (released.rule().isEmpty()) {
      return body;
    }
    return Bytes.utf8(JsonText.write(AnswerTexts.with(tree(body), released.texts())));
  }

  private static JsonValue.Members tree(Bytes body) {
    return JsonText.parse(body.utf8()).orElseThrow() instanceof JsonValue.Members members
        ? members
        : new JsonValue.Members(java.util.Map.of());
  }
}
