package dev.reeve.gateway.provider;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The body of a provider's request in the JSON of the OpenAI API: it is that already, or it is a
/// prompt, to which the parameters are added.
final class ProviderBody {
  private static final String MODEL = "model";

  /// Parameters that are texts whatever they look like.
  private static final Set<String> TEXTS = Set.of(MODEL, "user");

  private ProviderBody() {}

  static Bytes read(ProviderRequest request, ProviderDirectory providers, boolean streams) {
    String text = request.getBody().toStringUtf8();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (JsonText.parse(text).orElse(new JsonValue.Absent()) instanceof JsonValue.Members given
        && given.values().containsKey("messages")) {
      members.putAll(given.values());
    } else {
      members.put(
          "messages",
          new JsonValue.Items(
              List.of(
                  new JsonValue.Members(
                      Map.of(
                          "role", new JsonValue.Text("user"),
                          "content", new JsonValue.Text(text))))));
    }
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
