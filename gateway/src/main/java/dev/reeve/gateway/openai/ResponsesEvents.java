package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Chunks of a chat as the typed events of `/v1/responses`, numbered from zero. Words make a
/// message, which ends when the model calls a function; calls stay open until the end, because
/// chunks may go on with any of them. Used by one thread at a time.
final class ResponsesEvents {
  private static final String IN_PROGRESS = "in_progress";
  private static final String COMPLETED = "completed";

  /// Words of one kind in a message.
  private static final class Part {
    private final String kind;
    private final StringBuilder words = new StringBuilder();

    private Part(String kind) {
      this.kind = kind;
    }

    /// The member that holds the words, and the word for it in the names of events.
    private String word() {
      return kind.equals("refusal") ? "refusal" : "text";
    }

    private String event() {
      return kind.equals("refusal") ? "refusal" : "output_text";
    }
  }

  private static final class Message {
    private final int index;
    private final String id;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    private Message(int index, String id) {
      this.index = index;
      this.id = id;
    }

    private JsonValue item(String status) {
      List<JsonValue> content = new ArrayList<>();
      parts
          .values()
          .forEach(part -> content.add(ResponseObject.part(part.kind, part.words.toString())));
      return ResponseObject.message(id, status, content);
    }

    private int indexOf(Part part) {
      return new ArrayList<>(parts.values()).indexOf(part);
    }
  }

  private static final class Call {
    private final int index;
    private final String id;
    private final String callId;
    private final String name;
    private final StringBuilder arguments = new StringBuilder();

    private Call(int index, String id, String callId, String name) {
      this.index = index;
      this.id = id;
      this.callId = callId;
      this.name = name;
    }

    private JsonValue item(String status, String said) {
      return ResponseObject.call(id, status, callId, name, said);
    }
  }

  private final ResponseObject response;
  private final Map<String, Call> calls = new LinkedHashMap<>();

  /// Items that came to their end, by their place.
  private final Map<Integer, JsonValue> done = new TreeMap<>();

  private @Nullable Message message;
  private JsonValue last = Json.NOTHING;
  private JsonValue usage = Json.NOTHING;
  private String finish = "";
  private int items;
  private long sequence;

  ResponsesEvents(ResponseObject response) {
    this.response = response;
  }

  /// The answer begins.
  void begin(StringBuilder out) {
    event(out, "response.created", "response", response.begun(last));
    event(out, "response.in_progress", "response", response.begun(last));
  }

  /// A chunk of the chat.
  void chunk(JsonValue chunk, StringBuilder out) {
    last = chunk;
    usage = Json.or(Json.at(chunk, "usage"), usage);
    for (JsonValue choice : Json.itemsAt(chunk, "choices")) {
      JsonValue delta = Json.at(choice, "delta");
      say("output_text", Json.textAt(delta, "content"), out);
      say("refusal", Json.textAt(delta, "refusal"), out);
      Json.itemsAt(delta, "tool_calls").forEach(call -> call(call, out));
      String reason = Json.textAt(choice, "finish_reason");
      finish = reason.isEmpty() ? finish : reason;
    }
  }

  /// The answer is whole.
  void end(StringBuilder out) {
    if (items == 0) {
      Message _ = message(out);
    }
    endMessage(out);
    endCalls(out);
    JsonValue ended = response.ended(last, finish, List.copyOf(done.values()), usage);
    event(out, "response." + Json.textAt(ended, "status"), "response", ended);
  }

  /// The answer broke off; what is not whole is not told as if it were.
  void fail(OpenAiErrors.Why why, StringBuilder out) {
    JsonValue failed = response.failed(last, why, List.copyOf(done.values()));
    event(out, "response.failed", "response", failed);
  }

  private void say(String kind, String words, StringBuilder out) {
    if (words.isEmpty()) {
      return;
    }
    Message open = message(out);
    Part part = open.parts.get(kind);
    if (part == null) {
      part = new Part(kind);
      open.parts.put(kind, part);
      event(
          out,
          "response.content_part.added",
          "item_id",
          Json.text(open.id),
          "output_index",
          Json.number(open.index),
          "content_index",
          Json.number(open.indexOf(part)),
          "part",
          ResponseObject.part(kind, ""));
    }
    part.words.append(words);
    Map<String, JsonValue> facts = place(open, part);
    facts.put("delta", Json.text(words));
    if (!kind.equals("refusal")) {
      facts.put("logprobs", Json.list(List.of()));
    }
    event(out, "response." + part.event() + ".delta", facts);
  }

  private static Map<String, JsonValue> place(Message message, Part part) {
    return Json.members(
        "item_id", message.id,
        "output_index", Json.number(message.index),
        "content_index", Json.number(message.indexOf(part)));
  }

  private Message message(StringBuilder out) {
    Message open = message;
    if (open == null) {
      open = new Message(items, response.itemId("msg_", items));
      items++;
      message = open;
      added(open.index, open.item(IN_PROGRESS), out);
    }
    return open;
  }

  private void endMessage(StringBuilder out) {
    Message open = message;
    if (open == null) {
      return;
    }
    message = null;
    for (Part part : open.parts.values()) {
      String words = part.words.toString();
      Map<String, JsonValue> facts = place(open, part);
      facts.put(part.word(), Json.text(words));
      if (part.word().equals("text")) {
        facts.put("logprobs", Json.list(List.of()));
      }
      event(out, "response." + part.event() + ".done", facts);
      Map<String, JsonValue> whole = place(open, part);
      whole.put("part", ResponseObject.part(part.kind, words));
      event(out, "response.content_part.done", whole);
    }
    ended(open.index, open.item(COMPLETED), out);
  }

  private void call(JsonValue delta, StringBuilder out) {
    endMessage(out);
    String place =
        Json.at(delta, "index") instanceof JsonValue.Numeral number ? number.literal() : "0";
    JsonValue function = Json.at(delta, "function");
    Call call = calls.get(place);
    if (call == null) {
      call =
          new Call(
              items,
              response.itemId("fc_", items),
              Json.textAt(delta, "id"),
              Json.textAt(function, "name"));
      items++;
      calls.put(place, call);
      added(call.index, call.item(IN_PROGRESS, ""), out);
    }
    String more = Json.textAt(function, "arguments");
    if (!more.isEmpty()) {
      call.arguments.append(more);
      event(
          out,
          "response.function_call_arguments.delta",
          "item_id",
          Json.text(call.id),
          "output_index",
          Json.number(call.index),
          "delta",
          Json.text(more));
    }
  }

  private void endCalls(StringBuilder out) {
    for (Call call : calls.values()) {
      String arguments = call.arguments.toString();
      event(
          out,
          "response.function_call_arguments.done",
          "item_id",
          Json.text(call.id),
          "name",
          Json.text(call.name),
          "output_index",
          Json.number(call.index),
          "arguments",
          Json.text(arguments));
      ended(call.index, call.item(COMPLETED, arguments), out);
    }
  }

  private void added(int index, JsonValue item, StringBuilder out) {
    event(out, "response.output_item.added", "output_index", Json.number(index), "item", item);
  }

  private void ended(int index, JsonValue item, StringBuilder out) {
    done.put(index, item);
    event(out, "response.output_item.done", "output_index", Json.number(index), "item", item);
  }

  private void event(StringBuilder out, String type, Object... facts) {
    event(out, type, Json.members(facts));
  }

  private void event(StringBuilder out, String type, Map<String, JsonValue> facts) {
    Map<String, JsonValue> members =
        Json.members("type", type, "sequence_number", Json.number(sequence++));
    members.putAll(facts);
    out.append("event: ")
        .append(type)
        .append("\ndata: ")
        .append(JsonText.write(new JsonValue.Members(members)))
        .append("\n\n");
  }
}
