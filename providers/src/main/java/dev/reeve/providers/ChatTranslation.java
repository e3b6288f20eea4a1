package dev.reeve.providers;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A chat request of the OpenAI API as a library takes it, for providers that speak another
/// protocol. What has no counterpart there is refused by name, unless leaving it out changes
/// nothing that the caller would notice in the form of the answer.
final class ChatTranslation {
  private static final int MAX_TOKENS = 4_096;
  private static final String DATA_URL = "data:";

  private ChatTranslation() {}

  /// A member that cannot be translated.
  static final class Untranslatable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    Untranslatable(String why) {
      super(why);
      this.why = why;
    }

    /// Safe text.
    String why() {
      return why;
    }
  }

  /// The request.
  ///
  /// @throws Untranslatable by the name of the member
  static ChatRequest request(String model, JsonValue.Members body) {
    refuseWhatIsNotOffered(body);
    ChatRequest.Builder request =
        ChatRequest.builder().modelName(model).messages(messages(body.values().get("messages")));
    number(body, "temperature").ifPresent(value -> request.temperature(value));
    number(body, "top_p").ifPresent(value -> request.topP(value));
    request.maxOutputTokens(
        number(body, "max_completion_tokens")
            .or(() -> number(body, "max_tokens"))
            .map(Double::intValue)
            .orElse(MAX_TOKENS));
    List<String> stops = texts(body.values().get("stop"));
    if (!stops.isEmpty()) {
      request.stopSequences(stops);
    }
    List<ToolSpecification> tools = tools(body.values().get("tools"));
    if (!tools.isEmpty()) {
      request.toolSpecifications(tools);
      toolChoice(body.values().get("tool_choice")).ifPresent(choice -> request.toolChoice(choice));
    }
    return request.build();
  }

  private static void refuseWhatIsNotOffered(JsonValue.Members body) {
    if (number(body, "n").orElse(1.0) != 1) {
      throw new Untranslatable("n: more than one answer is not offered by this provider");
    }
    if (body.values().get("logprobs") instanceof JsonValue.Truth truth && truth.value()) {
      throw new Untranslatable("logprobs: not offered by this provider");
    }
    if (body.values().get("response_format") instanceof JsonValue.Members format
        && !"text".equals(text(format, "type"))) {
      throw new Untranslatable("response_format: only text is offered by this provider");
    }
  }

  private static List<ChatMessage> messages(@Nullable JsonValue value) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonValue item : items(value)) {
      if (!(item instanceof JsonValue.Members message)) {
        throw new Untranslatable("messages: an entry is no object");
      }
      messages.add(message(message));
    }
    if (messages.isEmpty()) {
      throw new Untranslatable("messages: none");
    }
    return messages;
  }

  private static ChatMessage message(JsonValue.Members message) {
    String role = text(message, "role");
    JsonValue content = message.values().get("content");
    return switch (role) {
      case "system", "developer" -> SystemMessage.from(words(content));
      case "user" -> UserMessage.from(contents(content));
      case "assistant" -> assistant(message, words(content));
      case "tool" ->
          ToolExecutionResultMessage.from(
              text(message, "tool_call_id"), text(message, "name"), words(content));
      default -> throw new Untranslatable("messages: the role " + role + " is not known");
    };
  }

  private static AiMessage assistant(JsonValue.Members message, String words) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (JsonValue item : items(message.values().get("tool_calls"))) {
      if (item instanceof JsonValue.Members call
          && call.values().get("function") instanceof JsonValue.Members function) {
        calls.add(
            ToolExecutionRequest.builder()
                .id(text(call, "id"))
                .name(text(function, "name"))
                .arguments(text(function, "arguments"))
                .build());
      }
    }
    AiMessage.Builder built = AiMessage.builder().toolExecutionRequests(calls);
    if (!words.isEmpty()) {
      built.text(words);
    }
    return built.build();
  }

  private static List<Content> contents(@Nullable JsonValue content) {
    if (content instanceof JsonValue.Text text) {
      return List.of(TextContent.from(text.value()));
    }
    List<Content> contents = new ArrayList<>();
    for (JsonValue item : items(content)) {
      if (!(item instanceof JsonValue.Members part)) {
        throw new Untranslatable("messages: a part of a content is no object");
      }
      switch (text(part, "type")) {
        case "text" -> contents.add(TextContent.from(text(part, "text")));
        case "image_url" -> contents.add(image(part));
        default ->
            throw new Untranslatable(
                "messages: a part of type " + text(part, "type") + " is not offered");
      }
    }
    if (contents.isEmpty()) {
      throw new Untranslatable("messages: a content is empty");
    }
    return contents;
  }

  private static Content image(JsonValue.Members part) {
    String url =
        part.values().get("image_url") instanceof JsonValue.Members image ? text(image, "url") : "";
    int comma = url.indexOf(";base64,");
    if (url.startsWith(DATA_URL) && comma > 0) {
      return ImageContent.from(
          url.substring(comma + ";base64,".length()), url.substring(DATA_URL.length(), comma));
    }
    if (!url.startsWith("https://")) {
      throw new Untranslatable("messages: an image is neither a data: nor an https: address");
    }
    return ImageContent.from(url);
  }

  private static List<ToolSpecification> tools(@Nullable JsonValue value) {
    List<ToolSpecification> tools = new ArrayList<>();
    for (JsonValue item : items(value)) {
      if (item instanceof JsonValue.Members tool
          && tool.values().get("function") instanceof JsonValue.Members function) {
        tools.add(
            ToolSpecification.builder()
                .name(text(function, "name"))
                .description(text(function, "description"))
                .parameters(schema(function.values().get("parameters")))
                .build());
      } else {
        throw new Untranslatable("tools: only functions are offered by this provider");
      }
    }
    return tools;
  }

  private static JsonObjectSchema schema(@Nullable JsonValue value) {
    JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
    if (value instanceof JsonValue.Members parameters) {
      if (parameters.values().get("properties") instanceof JsonValue.Members properties) {
        for (Map.Entry<String, JsonValue> one : properties.values().entrySet()) {
          schema.addProperty(one.getKey(), JsonRawSchema.from(JsonText.write(one.getValue())));
        }
      }
      schema.required(texts(parameters.values().get("required")));
    }
    return schema.build();
  }

  private static Optional<ToolChoice> toolChoice(@Nullable JsonValue value) {
    if (value instanceof JsonValue.Text choice) {
      return switch (choice.value()) {
        case "auto" -> Optional.of(ToolChoice.AUTO);
        case "required" -> Optional.of(ToolChoice.REQUIRED);
        case "none" -> Optional.of(ToolChoice.NONE);
        default -> throw new Untranslatable("tool_choice: " + choice.value());
      };
    }
    if (value instanceof JsonValue.Members) {
      throw new Untranslatable("tool_choice: a single function cannot be asked for here");
    }
    return Optional.empty();
  }

  private static String words(@Nullable JsonValue content) {
    if (content instanceof JsonValue.Text text) {
      return text.value();
    }
    StringBuilder words = new StringBuilder();
    for (JsonValue item : items(content)) {
      if (item instanceof JsonValue.Members part) {
        words.append(text(part, "text"));
      }
    }
    return words.toString();
  }

  private static List<String> texts(@Nullable JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return List.of(text.value());
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items(value)) {
      if (item instanceof JsonValue.Text text) {
        texts.add(text.value());
      }
    }
    return texts;
  }

  private static List<JsonValue> items(@Nullable JsonValue value) {
    return value instanceof JsonValue.Items items ? items.values() : List.of();
  }

  private static String text(JsonValue.Members members, String name) {
    return members.values().get(name) instanceof JsonValue.Text text ? text.value() : "";
  }

  private static Optional<Double> number(JsonValue.Members body, String name) {
    if (!(body.values().get(name) instanceof JsonValue.Numeral number)) {
      return Optional.empty();
    }
    return number.literal().length() > 32
        ? Optional.empty()
        : Optional.of(Double.parseDouble(number.literal()));
  }
}
