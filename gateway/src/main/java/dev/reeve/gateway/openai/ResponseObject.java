package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `response` object of `/v1/responses`: what was asked for, and what became of it.
final class ResponseObject {
  private static final JsonValue NO = new JsonValue.Truth(false);

  private final JsonValue.Members asked;
  private final String id;

  /// @param callId names the call
  ResponseObject(JsonValue.Members asked, String callId) {
    this.asked = asked;
    this.id = callId.replace("-", "");
  }

  /// The id of the n-th item of the answer.
  ///
  /// @param prefix what sort of item, such as `msg_`
  String itemId(String prefix, int index) {
    return prefix + id + index;
  }

  /// An answer that has only begun.
  JsonValue begun(JsonValue chat) {
    return document(chat, "in_progress", List.of(), Map.of());
  }

  /// An answer at its end.
  ///
  /// @param chat the chat answer, or its last chunk: model and time are taken from it
  /// @param finish why the model stopped, in the word of chats
  JsonValue ended(JsonValue chat, String finish, List<JsonValue> output, JsonValue usage) {
    String reason =
        switch (finish) {
          case "length" -> "max_output_tokens";
          case "content_filter" -> "content_filter";
          default -> "";
        };
    Map<String, JsonValue> facts = new LinkedHashMap<>();
    facts.put("usage", usage(usage));
    if (!reason.isEmpty()) {
      facts.put("incomplete_details", Json.object("reason", reason));
    }
    return document(chat, reason.isEmpty() ? "completed" : "incomplete", output, facts);
  }

  /// An answer that broke off.
  JsonValue failed(JsonValue chat, OpenAiErrors.Why why, List<JsonValue> output) {
    JsonValue error = Json.object("code", why.code(), "message", why.message());
    return document(chat, "failed", output, Map.of("error", error));
  }

  private JsonValue document(
      JsonValue chat, String status, List<JsonValue> output, Map<String, JsonValue> facts) {
    Map<String, JsonValue> out =
        Json.members(
            "id", "resp_" + id,
            "object", "response",
            "created_at", Json.or(Json.at(chat, "created"), Json.number(0)),
            "status", status,
            "background", NO,
            "error", Json.NOTHING,
            "incomplete_details", Json.NOTHING,
            "instructions", asked("instructions", Json.NOTHING),
            "max_output_tokens", asked("max_output_tokens", Json.NOTHING),
            "max_tool_calls", asked("max_tool_calls", Json.NOTHING),
            "model", Json.or(Json.at(chat, "model"), asked("model", Json.NOTHING)),
            "output", Json.list(output),
            "parallel_tool_calls", asked("parallel_tool_calls", new JsonValue.Truth(true)),
            "previous_response_id", Json.NOTHING,
            "reasoning", asked("reasoning", Json.object("effort", Json.NOTHING)),
            "store", NO,
            "temperature", asked("temperature", Json.number(1)),
            "text", asked("text", Json.object("format", Json.object("type", "text"))),
            "tool_choice", asked("tool_choice", Json.text("auto")),
            "tools", asked("tools", Json.list(List.of())),
            "top_logprobs", Json.number(0),
            "top_p", asked("top_p", Json.number(1)),
            "truncation", "disabled",
            "usage", Json.NOTHING,
            "user", asked("user", Json.NOTHING),
            "metadata", asked("metadata", Json.object()));
    out.putAll(facts);
    return new JsonValue.Members(out);
  }

  private JsonValue asked(String name, JsonValue otherwise) {
    return Json.or(Json.at(asked, name), otherwise);
  }

  private static JsonValue usage(JsonValue chat) {
    if (chat instanceof JsonValue.Absent) {
      return Json.NOTHING;
    }
    JsonValue none = Json.number(0);
    return Json.object(
        "input_tokens",
        Json.or(Json.at(chat, "prompt_tokens"), none),
        "input_tokens_details",
        Json.object(
            "cached_tokens",
            Json.or(Json.at(Json.at(chat, "prompt_tokens_details"), "cached_tokens"), none)),
        "output_tokens",
        Json.or(Json.at(chat, "completion_tokens"), none),
        "output_tokens_details",
        Json.object(
            "reasoning_tokens",
            Json.or(Json.at(Json.at(chat, "completion_tokens_details"), "reasoning_tokens"), none)),
        "total_tokens",
        Json.or(Json.at(chat, "total_tokens"), none));
  }

  /// A message of the answer.
  static JsonValue message(String itemId, String status, List<JsonValue> content) {
    return Json.object(
        "id",
        itemId,
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        Json.list(content));
  }

  /// Words in a message: those of the answer, or of a model that refuses.
  ///
  /// @param kind `output_text` or `refusal`
  static JsonValue part(String kind, String words) {
    return kind.equals("refusal")
        ? Json.object("type", kind, "refusal", words)
        : Json.object(
            "type",
            kind,
            "annotations",
            Json.list(List.of()),
            "logprobs",
            Json.list(List.of()),
            "text",
            words);
  }

  /// A call of a function.
  static JsonValue call(
      String itemId, String status, String callId, String name, String arguments) {
    return Json.object(
        "id", itemId,
        "type", "function_call",
        "status", status,
        "arguments", arguments,
        "call_id", callId,
        "name", name);
  }
}
