package dev.reeve.gateway.provider;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderProblems;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The body of a provider's request in the JSON of the OpenAI API: it is that already, or it is a
/// prompt, to which the parameters are added.
final class ProviderBody {
  private static final String MODEL = "model";
  private static final String MESSAGES = "messages";
  private static final String EXPECTED = "a request of the OpenAI API with messages, or a prompt";

  /// Parameters that are texts whatever they look like.
  private static final Set<String> TEXTS = Set.of(MODEL, "user");

  private ProviderBody() {}

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID` for a body that is empty, no
  ///   text, or a JSON document that is no request
  static Bytes read(ProviderRequest request, ProviderDirectory providers, boolean streams) {
    Map<String, JsonValue> members = members(text(request.getBody()));
    request
        .getParametersMap()
        .forEach((name, value) -> members.putIfAbsent(name, parameter(name, value)));
    members.computeIfAbsent(MODEL, _ -> new JsonValue.Text(firstModel(request, providers)));
    members.put("stream", new JsonValue.Truth(streams));
    if (!streams) {
      members.remove("stream_options");
    }
    return Bytes.utf8(JsonText.write(new JsonValue.Members(members)));
  }

  private static String text(ByteString body) {
    if (!body.isValidUtf8()) {
      throw invalid(body.size() + " bytes that are no UTF-8");
    }
    String text = body.toStringUtf8();
    if (text.isBlank()) {
      throw invalid("empty");
    }
    return text;
  }

  private static Map<String, JsonValue> members(String text) {
    return switch (JsonText.parse(text).orElse(new JsonValue.Absent())) {
      case JsonValue.Members given when given.values().containsKey(MESSAGES) ->
          new LinkedHashMap<>(given.values());
      case JsonValue.Members _ -> throw invalid("a JSON object without " + MESSAGES);
      case JsonValue.Items _ -> throw invalid("a JSON list");
      case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ ->
          prompt(text);
    };
  }

  private static ProblemException invalid(String found) {
    return ProviderProblems.MODEL_REQUEST_INVALID
        .because("body: " + found + " (expected: " + EXPECTED + ")")
        .with("field", "body")
        .toException();
  }

  /// The members of a request that says this text as its user.
  static Map<String, JsonValue> prompt(String text) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(
        MESSAGES,
        new JsonValue.Items(
            List.of(
                new JsonValue.Members(
                    Map.of(
                        "role", new JsonValue.Text("user"),
                        "content", new JsonValue.Text(text))))));
    return members;
  }

  /// Parameters are texts on this wire; numbers and documents among them are meant as such.
  private static JsonValue parameter(String name, String value) {
    return TEXTS.contains(name)
        ? new JsonValue.Text(value)
        : JsonText.parse(value).orElseGet(() -> new JsonValue.Text(value));
  }

  private static String firstModel(ProviderRequest request, ProviderDirectory providers) {
    return providers
        .find(request.getProviderId())
        .map(ModelProvider::facts)
        .flatMap(facts -> facts.models().stream().findFirst())
        .orElse("");
  }
}
