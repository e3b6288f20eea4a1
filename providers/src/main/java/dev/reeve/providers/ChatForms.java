package dev.reeve.providers;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a library answers, in the JSON of the OpenAI API.
final class ChatForms {
  private static final JsonValue NOTHING = new JsonValue.Absent();

  private final String id;
  private final String model;
  private final long createdSeconds;

  /// @param id of the answer
  ChatForms(String id, String model, long createdSeconds) {
    this.id = id;
    this.model = model;
    this.createdSeconds = createdSeconds;
  }

  /// A whole answer.
  Bytes whole(ChatResponse response) {
    AiMessage said = response.aiMessage();
    Map<String, JsonValue> message = new LinkedHashMap<>();
    message.put("role", new JsonValue.Text("assistant"));
    message.put("content", textOrNothing(said.text()));
    if (said.hasToolExecutionRequests()) {
      message.put("tool_calls", calls(said.toolExecutionRequests()));
    }
    Map<String, JsonValue> choice = new LinkedHashMap<>();
    choice.put("index", new JsonValue.Numeral("0"));
    choice.put("message", new JsonValue.Members(message));
    choice.put("logprobs", NOTHING);
    choice.put("finish_reason", new JsonValue.Text(reason(response.finishReason())));
    Map<String, JsonValue> answer = envelope("chat.completion", choice);
    usage(response).ifPresent(usage -> answer.put("usage", json(usage)));
    return written(answer);
  }

  /// A whole answer that is a text.
  Bytes whole(String text, Usage usage) {
    Map<String, JsonValue> choice = new LinkedHashMap<>();
    choice.put("index", new JsonValue.Numeral("0"));
    choice.put(
        "message",
        new JsonValue.Members(
            Map.of("role", new JsonValue.Text("assistant"), "content", new JsonValue.Text(text))));
    choice.put("finish_reason", new JsonValue.Text("stop"));
    Map<String, JsonValue> answer = envelope("chat.completion", choice);
    if (!usage.estimated()) {
      answer.put("usage", json(usage));
    }
    return written(answer);
  }

  /// The last chunk of words that came to their end.
  Bytes stop() {
    return chunk(Map.of(), new JsonValue.Text("stop"));
  }

  /// The first chunk of a stream.
  Bytes role() {
    return chunk(
        Map.of("role", new JsonValue.Text("assistant"), "content", new JsonValue.Text("")),
        NOTHING);
  }

  /// A chunk with words.
  Bytes words(String words) {
    return chunk(Map.of("content", new JsonValue.Text(words)), NOTHING);
  }

  /// A chunk with a whole call of a tool.
  Bytes call(int index, ToolExecutionRequest call) {
    return chunk(
        Map.of("tool_calls", new JsonValue.Items(List.of(call(call, Optional.of(index))))),
        NOTHING);
  }

  /// The last chunk with a choice.
  Bytes end(ChatResponse response) {
    return chunk(Map.of(), new JsonValue.Text(reason(response.finishReason())));
  }

  /// The chunk with the tokens.
  Bytes tokens(Usage usage) {
    Map<String, JsonValue> chunk = envelope("chat.completion.chunk", Map.of());
    chunk.put("choices", new JsonValue.Items(List.of()));
    chunk.put("usage", json(usage));
    return written(chunk);
  }

  /// The tokens of an answer; empty when it tells none.
  static Optional<Usage> usage(ChatResponse response) {
    TokenUsage told = response.tokenUsage();
    if (told == null) {
      return Optional.empty();
    }
    long read = 0;
    long created = 0;
    if (told instanceof AnthropicTokenUsage detailed) {
      read = count(detailed.cacheReadInputTokens());
      created = count(detailed.cacheCreationInputTokens());
    }
    return Optional.of(
        Usage.told(
            count(told.inputTokenCount()) + read + created, read, count(told.outputTokenCount())));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  private Bytes chunk(Map<String, JsonValue> delta, JsonValue finish) {
    Map<String, JsonValue> choice = new LinkedHashMap<>();
    choice.put("index", new JsonValue.Numeral("0"));
    choice.put("delta", new JsonValue.Members(delta));
    choice.put("finish_reason", finish);
    return written(envelope("chat.completion.chunk", choice));
  }

  private Map<String, JsonValue> envelope(String object, Map<String, JsonValue> choice) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("id", new JsonValue.Text(id));
    members.put("object", new JsonValue.Text(object));
    members.put("created", new JsonValue.Numeral(Long.toString(createdSeconds)));
    members.put("model", new JsonValue.Text(model));
    members.put("choices", new JsonValue.Items(List.of(new JsonValue.Members(choice))));
    return members;
  }

  private static JsonValue calls(List<ToolExecutionRequest> requests) {
    List<JsonValue> calls = new ArrayList<>();
    requests.forEach(request -> calls.add(call(request, Optional.empty())));
    return new JsonValue.Items(calls);
  }

  private static JsonValue call(ToolExecutionRequest request, Optional<Integer> index) {
    Map<String, JsonValue> call = new LinkedHashMap<>();
    index.ifPresent(at -> call.put("index", new JsonValue.Numeral(Integer.toString(at))));
    call.put("id", textOrNothing(request.id()));
    call.put("type", new JsonValue.Text("function"));
    call.put(
        "function",
        new JsonValue.Members(
            Map.of(
                "name", textOrNothing(request.name()),
                "arguments", textOrNothing(request.arguments()))));
    return new JsonValue.Members(call);
  }

  private static JsonValue json(Usage usage) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("prompt_tokens", number(usage.promptTokens()));
    members.put("completion_tokens", number(usage.completionTokens()));
    members.put("total_tokens", number(usage.totalTokens()));
    if (usage.cachedTokens() > 0) {
      members.put(
          "prompt_tokens_details",
          new JsonValue.Members(Map.of("cached_tokens", number(usage.cachedTokens()))));
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue number(long value) {
    return new JsonValue.Numeral(Long.toString(value));
  }

  private static JsonValue textOrNothing(@Nullable String text) {
    return text == null ? NOTHING : new JsonValue.Text(text);
  }

  private static String reason(@Nullable FinishReason reason) {
    return switch (reason) {
      case null -> "stop";
      case STOP, OTHER -> "stop";
      case LENGTH -> "length";
      case TOOL_EXECUTION -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
    };
  }

  private static Bytes written(Map<String, JsonValue> members) {
    return Bytes.utf8(JsonText.write(new JsonValue.Members(members)));
  }
}
