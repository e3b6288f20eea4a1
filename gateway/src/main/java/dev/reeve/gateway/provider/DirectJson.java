package dev.reeve.gateway.provider;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ProviderProblems;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The later form of providers on the bus, a subject of its own for each,
/// `beamline.provider.{id}.{version}`: a prompt in, its output and the tokens out.
final class DirectJson {
  private static final Pattern SUBJECT = Pattern.compile("beamline\\.provider\\.(.+)\\.v\\d+");

  private DirectJson() {}

  /// Whether a subject is one provider's.
  static boolean isSubject(String subject) {
    return SUBJECT.matcher(subject).matches();
  }

  /// Whose subject it is; empty when it is no single provider's.
  static Optional<String> provider(String subject) {
    Matcher matcher = SUBJECT.matcher(subject);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static String subject(String provider) {
    return "beamline.provider." + provider + ".v1";
  }

  /// @param provider whose subject it came on
  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static ProviderRequest request(Bytes bytes, String provider) {
    Map<String, JsonValue> in = ProviderJson.members(bytes);
    return ProviderRequest.newBuilder()
        .setProviderId(provider)
        .setMessageId(ProviderJson.text(in, "request_id"))
        .setTenantId(ProviderJson.text(in, "tenant_id"))
        .setTraceId(ProviderJson.text(in, "trace_id"))
        .setBody(ByteString.copyFromUtf8(body(ProviderJson.text(in, "prompt"))))
        .putAllParameters(ProviderJson.texts(in, "parameters"))
        .putAllMetadata(ProviderJson.texts(in, "context"))
        .build();
  }

  /// A prompt is text whatever it looks like, but for a whole request.
  private static String body(String prompt) {
    if (prompt.isBlank()) {
      throw ProviderProblems.MODEL_REQUEST_INVALID
          .field("prompt", "", "what to say to the model")
          .toException();
    }
    boolean isRequest =
        JsonText.parse(prompt).orElse(new JsonValue.Absent()) instanceof JsonValue.Members members
            && members.values().containsKey("messages");
    return isRequest ? prompt : ProviderJson.written(ProviderBody.prompt(prompt));
  }

  /// @param request in the JSON of the OpenAI API
  static String text(ProviderRequest request) {
    Map<String, JsonValue> out = new LinkedHashMap<>();
    out.put("trace_id", new JsonValue.Text(request.getTraceId()));
    out.put("tenant_id", new JsonValue.Text(request.getTenantId()));
    out.put("provider_id", new JsonValue.Text(request.getProviderId()));
    out.put("prompt", new JsonValue.Text(prompt(request.getBody().toStringUtf8())));
    out.put("parameters", ProviderJson.object(request.getParametersMap()));
    out.put("context", ProviderJson.object(request.getMetadataMap()));
    return ProviderJson.written(out);
  }

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static ProviderResponse response(Bytes bytes) {
    Map<String, JsonValue> in = ProviderJson.members(bytes);
    Map<String, String> metadata = ProviderJson.texts(in, "metadata");
    ProviderJson.texts(in, "usage").forEach(metadata::putIfAbsent);
    JsonValue error = in.getOrDefault("error", new JsonValue.Absent());
    String code = word(in, "error_code");
    String message = ProviderJson.text(in, "error_message");
    switch (error) {
      case JsonValue.Members members -> {
        code = word(members.values(), "code");
        message = ProviderJson.text(members.values(), "message");
      }
      case JsonValue.Text text -> message = message.isEmpty() ? text.value() : message;
      case JsonValue.Items _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> {}
    }
    String status = ProviderJson.text(in, "status");
    boolean failed = !code.isEmpty() || !(error instanceof JsonValue.Absent);
    return ProviderResponse.newBuilder()
        .setStatus(status.isEmpty() ? failed ? "error" : "success" : status)
        .setBody(output(in.getOrDefault("output", new JsonValue.Absent())))
        .setErrorCode(code)
        .setErrorMessage(message)
        .putAllMetadata(metadata)
        .build();
  }

  /// A text, or a number as one: some providers number their errors.
  private static String word(Map<String, JsonValue> in, String name) {
    return in.get(name) instanceof JsonValue.Numeral number
        ? number.literal()
        : ProviderJson.text(in, name);
  }

  private static ByteString output(JsonValue output) {
    return switch (output) {
      case JsonValue.Text text -> ByteString.copyFromUtf8(text.value());
      case JsonValue.Absent _ -> ByteString.EMPTY;
      case JsonValue.Members _, JsonValue.Items _, JsonValue.Numeral _, JsonValue.Truth _ ->
          ByteString.copyFromUtf8(JsonText.write(output));
    };
  }

  static String text(ProviderResponse response, String provider) {
    Map<String, JsonValue> usage = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>(response.getMetadataMap());
    for (String tokens : List.of("prompt_tokens", "completion_tokens")) {
      String text = metadata.getOrDefault(tokens, "0");
      metadata.remove(tokens);
      usage.put(tokens, new JsonValue.Numeral(text.matches("\\d{1,18}") ? text : "0"));
    }
    Map<String, JsonValue> out = new LinkedHashMap<>();
    out.put("provider_id", new JsonValue.Text(metadata.getOrDefault("provider_id", provider)));
    out.put("output", new JsonValue.Text(said(response.getBody().toStringUtf8())));
    out.put("usage", new JsonValue.Members(usage));
    out.put("metadata", ProviderJson.object(metadata));
    if (!response.getStatus().equals("success")) {
      out.put("status", new JsonValue.Text(response.getStatus()));
      out.put("error_code", new JsonValue.Text(response.getErrorCode()));
      out.put("error_message", new JsonValue.Text(response.getErrorMessage()));
    }
    return ProviderJson.written(out);
  }

  /// The words of the messages, those of the user as they are when there are no others.
  private static String prompt(String body) {
    List<String> all = new ArrayList<>();
    boolean bare = true;
    if (JsonText.parse(body).orElse(new JsonValue.Absent()) instanceof JsonValue.Members members
        && members.values().get("messages") instanceof JsonValue.Items messages) {
      for (JsonValue one : messages.values()) {
        if (one instanceof JsonValue.Members message) {
          String role = ProviderJson.text(message.values(), "role");
          bare &= role.equals("user") && messages.values().size() == 1;
          String text = words(message.values().getOrDefault("content", new JsonValue.Absent()));
          all.add(bare ? text : role + ": " + text);
        }
      }
    }
    return String.join("\n", all);
  }

  /// The text of the first choice; what is no answer of the OpenAI API is its own text.
  private static String said(String body) {
    if (JsonText.parse(body).orElse(new JsonValue.Absent()) instanceof JsonValue.Members members
        && members.values().get("choices") instanceof JsonValue.Items choices
        && !choices.values().isEmpty()
        && choices.values().getFirst() instanceof JsonValue.Members choice
        && choice.values().get("message") instanceof JsonValue.Members message) {
      return words(message.values().getOrDefault("content", new JsonValue.Absent()));
    }
    return body;
  }

  /// A text, or the texts of a list of parts.
  private static String words(JsonValue content) {
    return switch (content) {
      case JsonValue.Text text -> text.value();
      case JsonValue.Items items -> {
        StringBuilder all = new StringBuilder();
        for (JsonValue item : items.values()) {
          if (item instanceof JsonValue.Members part) {
            all.append(ProviderJson.text(part.values(), "text"));
          }
        }
        yield all.toString();
      }
      case JsonValue.Members _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> "";
    };
  }
}
