package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Answers of chats in the form of `/v1/responses`: a `response` object, or typed events that end
/// with `response.completed`, `response.incomplete` or, where it broke off, `response.failed`.
final class ResponsesAnswer implements AnswerForm {
  private final JsonValue.Members asked;
  private ResponsesEvents events;

  ResponsesAnswer(ResponsesRequest request) {
    this.asked = request.asked();
    this.events = new ResponsesEvents(new ResponseObject(asked, ""));
  }

  @Override
  public byte[] whole(OpenAiPart part) {
    ResponseObject response = new ResponseObject(asked, part.head().getRequestId());
    JsonValue chat = tree(part);
    JsonValue choice = Json.itemsAt(chat, "choices").stream().findFirst().orElse(Json.NOTHING);
    List<JsonValue> output = output(response, Json.at(choice, "message"));
    JsonValue ended =
        response.ended(chat, Json.textAt(choice, "finish_reason"), output, Json.at(chat, "usage"));
    return JsonText.write(ended).getBytes(StandardCharsets.UTF_8);
  }

  private static List<JsonValue> output(ResponseObject response, JsonValue message) {
    List<JsonValue> output = new ArrayList<>();
    List<JsonValue> words = new ArrayList<>();
    String content = Json.textAt(message, "content");
    String refusal = Json.textAt(message, "refusal");
    List<JsonValue> calls = Json.itemsAt(message, "tool_calls");
    if (!content.isEmpty() || (refusal.isEmpty() && calls.isEmpty())) {
      words.add(ResponseObject.part("output_text", content));
    }
    if (!refusal.isEmpty()) {
      words.add(ResponseObject.part("refusal", refusal));
    }
    if (!words.isEmpty()) {
      output.add(ResponseObject.message(response.itemId("msg_", 0), "completed", words));
    }
    for (JsonValue call : calls) {
      JsonValue function = Json.at(call, "function");
      output.add(
          ResponseObject.call(
              response.itemId("fc_", output.size()),
              "completed",
              Json.textAt(call, "id"),
              Json.textAt(function, "name"),
              Json.textAt(function, "arguments")));
    }
    return output;
  }

  @Override
  public byte[] chunk(OpenAiPart part) {
    StringBuilder out = new StringBuilder();
    if (part.hasHead()) {
      events = new ResponsesEvents(new ResponseObject(asked, part.head().getRequestId()));
      events.begin(out);
    }
    if (!part.body().isEmpty()) {
      events.chunk(tree(part), out);
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue tree(OpenAiPart part) {
    return JsonText.parse(part.body().toStringUtf8()).orElse(Json.NOTHING);
  }

  @Override
  public String end() {
    StringBuilder out = new StringBuilder();
    events.end(out);
    return out.toString();
  }

  @Override
  public String broken(Status closed, Metadata trailers) {
    StringBuilder out = new StringBuilder();
    events.fail(OpenAiErrors.why(closed, trailers), out);
    return out.toString();
  }
}
