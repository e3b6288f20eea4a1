package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.RequestMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `input` of a request of `/v1/responses` as the messages of a chat: words, what was said
/// before, calls of functions and what they gave.
final class ResponsesInput {
  private static final int ITEMS_MAX = 2_048;
  private static final int PARTS_MAX = 2_048;
  private static final String CONTENT = "content";
  private static final String CALLS = "tool_calls";
  private static final String ASSISTANT = "assistant";
  private static final String PARTS = "input_text, input_image, input_file or input_audio";

  private final List<Map<String, JsonValue>> messages = new ArrayList<>();

  private ResponsesInput() {}

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`, which names the member
  static JsonValue messages(JsonValue.Members request) {
    ResponsesInput reading = new ResponsesInput();
    RequestMember instructions = RequestMember.of(request, "instructions");
    if (!instructions.isAbsent()) {
      reading.say("system", Json.text(instructions.text("a text")));
    }
    RequestMember input = RequestMember.of(request, "input");
    if (input.isText()) {
      reading.say("user", Json.text(input.text("a text")));
    } else {
      List<RequestMember> items = input.items(ITEMS_MAX);
      if (items.isEmpty()) {
        throw input.refused("a text, or a list of at least one item");
      }
      items.forEach(reading::item);
    }
    return Json.list(reading.messages.stream().map(JsonValue.Members::new).toList());
  }

  private void say(String role, JsonValue content) {
    messages.add(Json.members("role", role, CONTENT, content));
  }

  private void item(RequestMember item) {
    item.checkObject("an item with a type");
    RequestMember type = item.member("type");
    String kind = type.isAbsent() ? "message" : type.text("a text");
    switch (kind) {
      case "message" -> message(item);
      case "function_call" -> call(item);
      case "function_call_output" -> {
        String id = item.member("call_id").name("the call_id of the call that it answers");
        messages.add(
            Json.members(
                "role", "tool", "tool_call_id", id, CONTENT, content(item.member("output"))));
      }
      case "reasoning" -> {
        // Of an earlier answer; a chat has no place for it, and the model made its answer of it.
      }
      case "item_reference" ->
          throw type.refused("the item itself: answers are not kept here to refer to");
      default -> throw type.refused("message, function_call, function_call_output or reasoning");
    }
  }

  private void message(RequestMember item) {
    RequestMember role = item.member("role");
    String expected = "user, assistant, system or developer";
    String said = role.text(expected);
    if (!List.of("user", ASSISTANT, "system", "developer").contains(said)) {
      throw role.refused(expected);
    }
    say(said, content(item.member(CONTENT)));
  }

  /// Calls that were made together are calls of one message, with the words before them.
  private void call(RequestMember item) {
    JsonValue call =
        Json.object(
            "id",
            item.member("call_id").name("the id of the call"),
            "type",
            "function",
            "function",
            Json.object(
                "name",
                item.member("name").name("the name of the function"),
                "arguments",
                item.member("arguments").text("JSON as a text")));
    Map<String, JsonValue> last = messages.isEmpty() ? Map.of() : messages.getLast();
    if (!Json.text(ASSISTANT).equals(last.get("role"))) {
      last = Json.members("role", ASSISTANT, CONTENT, Json.NOTHING);
      messages.add(last);
    }
    List<JsonValue> calls = new ArrayList<>(Json.itemsAt(new JsonValue.Members(last), CALLS));
    calls.add(call);
    last.put(CALLS, Json.list(calls));
  }

  private static JsonValue content(RequestMember content) {
    if (content.isText()) {
      return Json.text(content.text("a text"));
    }
    List<RequestMember> parts = content.items(PARTS_MAX);
    if (parts.isEmpty()) {
      throw content.refused("a text, or a list of parts");
    }
    List<JsonValue> out = new ArrayList<>();
    parts.forEach(part -> out.add(part(part)));
    // One text is a text, which providers without parts understand too.
    boolean plain = out.size() == 1 && Json.textAt(out.getFirst(), "type").equals("text");
    return plain ? Json.at(out.getFirst(), "text") : Json.list(out);
  }

  private static JsonValue part(RequestMember part) {
    part.checkObject("a part with a type");
    RequestMember type = part.member("type");
    return switch (type.text(PARTS)) {
      case "input_text", "output_text", "text" ->
          Json.object("type", "text", "text", part.member("text").text("a text"));
      case "refusal" ->
          Json.object("type", "refusal", "refusal", part.member("refusal").text("a text"));
      case "input_image" -> image(part);
      case "input_file" -> file(part);
      case "input_audio" -> {
        RequestMember audio = part.member("input_audio");
        audio.checkObject("an object with data and format");
        yield Json.object(
            "type", "input_audio", "input_audio", Json.at(part.value(), "input_audio"));
      }
      default -> throw type.refused(PARTS);
    };
  }

  private static JsonValue image(RequestMember part) {
    String url = part.member("image_url").name("an address, or data: with the bytes");
    Map<String, JsonValue> image = Json.members("url", url);
    String detail = Json.textAt(part.value(), "detail");
    if (!detail.isEmpty()) {
      image.put("detail", Json.text(detail));
    }
    return Json.object("type", "image_url", "image_url", new JsonValue.Members(image));
  }

  private static JsonValue file(RequestMember part) {
    RequestMember url = part.member("file_url");
    if (!url.isAbsent()) {
      throw url.refused("file_data or file_id: a chat takes no address of a file");
    }
    Map<String, JsonValue> file = new LinkedHashMap<>();
    for (String name : List.of("file_data", "file_id", "filename")) {
      RequestMember member = part.member(name);
      if (!member.isAbsent()) {
        file.put(name, Json.text(member.text("a text")));
      }
    }
    return Json.object("type", "file", "file", new JsonValue.Members(file));
  }
}
