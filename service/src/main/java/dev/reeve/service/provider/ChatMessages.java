package dev.reeve.service.provider;

import dev.reeve.governance.cif.JsonValue;
import java.util.List;
import java.util.Set;

/// Whether the messages of a chat request are ones, as far as every provider sees it alike. What
/// only some take, such as a part of a type of their own, is known here too; what else a message
/// holds is theirs to judge.
final class ChatMessages {
  /// As many as the API takes.
  private static final int MESSAGES_MAX = 2_048;

  private static final int PARTS_MAX = 2_048;
  private static final int CALLS_MAX = 1_024;

  private static final String ROLES = "system, developer, user, assistant, tool or function";
  private static final String PARTS =
      "text, refusal, image_url, input_audio, file, audio_url or video_url";
  private static final String CONTENT = "content";

  /// Parts that hold an object or an address under the name of their type.
  private static final Set<String> LINKED = Set.of("image_url", "audio_url", "video_url");

  private ChatMessages() {}

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`, which names the member
  static void check(JsonValue.Members request) {
    RequestMember messages = RequestMember.of(request, "messages");
    List<RequestMember> items = messages.items(MESSAGES_MAX);
    if (items.isEmpty()) {
      throw messages.refused("a list of at least one message");
    }
    items.forEach(ChatMessages::checkMessage);
  }

  private static void checkMessage(RequestMember message) {
    message.checkObject("a message with a role");
    RequestMember role = message.member("role");
    RequestMember content = message.member(CONTENT);
    message.member("name").checkTextOrAbsent();
    switch (role.text(ROLES)) {
      case "system", "developer", "user" -> checkContent(content);
      case "assistant" -> checkAssistant(message, content);
      case "tool" -> {
        String _ = message.member("tool_call_id").name("the id of the call that it answers");
        checkContent(content);
      }
      case "function" -> {
        String _ = message.member("name").name("the name of the function that it answers for");
        checkContentOrAbsent(content);
      }
      default -> throw role.refused(ROLES);
    }
  }

  /// An assistant that called a tool need not have said anything.
  private static void checkAssistant(RequestMember message, RequestMember content) {
    List<RequestMember> calls = message.member("tool_calls").items(CALLS_MAX);
    calls.forEach(ChatMessages::checkCall);
    RequestMember call = message.member("function_call");
    if (!call.isAbsent()) {
      call.checkObject("an object with name and arguments");
    }
    message.member("refusal").checkTextOrAbsent();
    boolean mayBeSilent =
        !calls.isEmpty()
            || !call.isAbsent()
            || !message.member("refusal").isAbsent()
            || !message.member("audio").isAbsent();
    if (mayBeSilent) {
      checkContentOrAbsent(content);
    } else {
      checkContent(content);
    }
  }

  private static void checkCall(RequestMember call) {
    call.checkObject("a call of a tool");
    String _ = call.member("id").name("the id of the call");
    RequestMember type = call.member("type");
    type.checkTextOrAbsent();
    String kind = type.isAbsent() ? "function" : type.text("");
    RequestMember called = call.member(kind);
    if (kind.equals("function")) {
      called.checkObject("an object with name and arguments");
      String _ = called.member("name").name("the name of the function");
      String _ = called.member("arguments").text("JSON as a text");
    }
  }

  private static void checkContentOrAbsent(RequestMember content) {
    if (!content.isAbsent()) {
      checkContent(content);
    }
  }

  private static void checkContent(RequestMember content) {
    if (content.isText()) {
      return;
    }
    List<RequestMember> parts =
        content.value() instanceof JsonValue.Items ? content.items(PARTS_MAX) : List.of();
    if (parts.isEmpty()) {
      throw content.refused("a text, or a list of parts");
    }
    parts.forEach(ChatMessages::checkPart);
  }

  private static void checkPart(RequestMember part) {
    part.checkObject("a part with a type");
    RequestMember type = part.member("type");
    String kind = type.text(PARTS);
    RequestMember held = part.member(kind);
    switch (kind) {
      case "text", "refusal" -> {
        String _ = held.text("a text");
      }
      case "input_audio", "file" -> held.checkObject("an object");
      default -> {
        if (!LINKED.contains(kind)) {
          throw type.refused(PARTS);
        }
        RequestMember url = held.isText() ? held : held.member("url");
        String _ = url.name("an address, or data: with the bytes");
      }
    }
  }
}
