package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ProviderProblems;
import dev.reeve.service.provider.RequestMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A request of `/v1/responses` and the chat request that it means. What would need us to remember
/// an answer, and tools that run at the provider, are refused by name; members that neither API
/// shares with the other are passed on as they are.
///
/// @param asked as it came
/// @param chat the request of `/v1/chat/completions`
record ResponsesRequest(JsonValue.Members asked, JsonValue.Members chat) {
  private static final int TOOLS_MAX = 1_024;
  private static final int INCLUDED_MAX = 64;
  private static final String NOT_KEPT = "nothing: answers are not kept here; send all as input";

  /// What may be asked for besides the answer: a chat has no reasoning to encrypt, and a client
  /// that asks goes on without it.
  private static final String REASONING = "reasoning.encrypted_content";

  /// Members that are not handed on by their name.
  private static final Set<String> TRANSLATED =
      Set.of(
          "input",
          "instructions",
          "max_output_tokens",
          "tools",
          "tool_choice",
          "text",
          "reasoning",
          "stream_options",
          "store",
          "background",
          "previous_response_id",
          "conversation",
          "prompt",
          "include",
          "truncation",
          "metadata",
          "max_tool_calls",
          "top_logprobs");

  /// Members of a chat request that would stand beside what they are here.
  private static final Set<String> OF_CHATS =
      Set.of("messages", "n", "max_tokens", "max_completion_tokens", "response_format", "logprobs");

  /// Reads a request.
  ///
  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`, which names the member
  static ResponsesRequest read(String text) {
    if (!(JsonText.parse(text).orElse(Json.NOTHING) instanceof JsonValue.Members asked)) {
      throw ProviderProblems.MODEL_REQUEST_INVALID
          .field("body", "no JSON object", "a JSON object without repeated members")
          .toException();
    }
    refuseWhatIsNotOffered(asked);
    Map<String, JsonValue> chat = new LinkedHashMap<>();
    asked
        .values()
        .forEach((name, value) -> {
          if (!TRANSLATED.contains(name)) {
            chat.put(name, value);
          }
        });
    chat.put("messages", ResponsesInput.messages(asked));
    RequestMember most = RequestMember.of(asked, "max_output_tokens");
    most.checkWhole(1, Integer.MAX_VALUE, "a whole number of at least 1");
    put(chat, "max_completion_tokens", most);
    tools(asked, chat);
    format(asked, chat);
    RequestMember reasoning = RequestMember.of(asked, "reasoning");
    if (!reasoning.isAbsent()) {
      reasoning.checkObject("an object");
      put(chat, "reasoning_effort", reasoning.member("effort"));
    }
    RequestMember streams = RequestMember.of(asked, "stream");
    streams.checkTruthOrAbsent();
    if (streams.value() instanceof JsonValue.Truth truth && truth.value()) {
      chat.put("stream_options", Json.object("include_usage", new JsonValue.Truth(true)));
    }
    return new ResponsesRequest(asked, new JsonValue.Members(chat));
  }

  private static void put(Map<String, JsonValue> chat, String name, RequestMember member) {
    JsonValue value = member.value();
    if (value != null && !member.isAbsent()) {
      chat.put(name, value);
    }
  }

  private static void refuseWhatIsNotOffered(JsonValue.Members asked) {
    for (String name : List.of("previous_response_id", "conversation")) {
      refuse(RequestMember.of(asked, name), NOT_KEPT);
    }
    refuse(
        RequestMember.of(asked, "prompt"), "nothing: prompts are not kept here; send it as input");
    for (String name : List.of("background", "store")) {
      RequestMember member = RequestMember.of(asked, name);
      member.checkTruthOrAbsent();
      if (member.value() instanceof JsonValue.Truth truth && truth.value()) {
        throw member.refused("false: answers are not kept here");
      }
    }
    RequestMember truncation = RequestMember.of(asked, "truncation");
    if (!truncation.isAbsent() && !truncation.text("disabled").equals("disabled")) {
      throw truncation.refused("disabled");
    }
    RequestMember.of(asked, "top_logprobs").checkWhole(0, 0, "0: logprobs are not offered here");
    for (RequestMember one : RequestMember.of(asked, "include").items(INCLUDED_MAX)) {
      if (!one.text(REASONING).equals(REASONING)) {
        throw one.refused(REASONING + " or nothing");
      }
    }
    for (String name : OF_CHATS) {
      refuse(RequestMember.of(asked, name), "nothing: it belongs to /v1/chat/completions");
    }
  }

  private static void refuse(RequestMember member, String expected) {
    if (!member.isAbsent()) {
      throw member.refused(expected);
    }
  }

  private static void tools(JsonValue.Members asked, Map<String, JsonValue> chat) {
    List<JsonValue> tools = new ArrayList<>();
    for (RequestMember tool : RequestMember.of(asked, "tools").items(TOOLS_MAX)) {
      tool.checkObject("a function");
      RequestMember type = tool.member("type");
      if (!type.text("function").equals("function")) {
        throw type.refused("function: other tools are not offered here");
      }
      tools.add(function(tool));
    }
    if (!tools.isEmpty()) {
      chat.put("tools", Json.list(tools));
    }
    RequestMember choice = RequestMember.of(asked, "tool_choice");
    if (choice.isAbsent()) {
      return;
    }
    if (choice.isText()) {
      put(chat, "tool_choice", choice);
      return;
    }
    choice.checkObject("none, auto, required, or an object that names a function");
    RequestMember type = choice.member("type");
    if (!type.text("function").equals("function")) {
      throw type.refused("function: other tools are not offered here");
    }
    String name = choice.member("name").name("the name of a function");
    chat.put("tool_choice", Json.object("type", "function", "function", Json.object("name", name)));
  }

  private static JsonValue function(RequestMember tool) {
    Map<String, JsonValue> function = new LinkedHashMap<>();
    function.put("name", Json.text(tool.member("name").name("the name of a function")));
    for (String name : List.of("description", "parameters", "strict")) {
      put(function, name, tool.member(name));
    }
    return Json.object("type", "function", "function", new JsonValue.Members(function));
  }

  private static void format(JsonValue.Members asked, Map<String, JsonValue> chat) {
    RequestMember text = RequestMember.of(asked, "text");
    if (text.isAbsent()) {
      return;
    }
    text.checkObject("an object with format");
    put(chat, "verbosity", text.member("verbosity"));
    RequestMember format = text.member("format");
    if (format.isAbsent()) {
      return;
    }
    RequestMember type = format.member("type");
    switch (type.text("text, json_object or json_schema")) {
      case "text" -> {
        // What a chat answers by itself.
      }
      case "json_object" -> put(chat, "response_format", format);
      case "json_schema" -> {
        Map<String, JsonValue> schema = new LinkedHashMap<>();
        schema.put("name", Json.text(format.member("name").name("the name of the schema")));
        for (String name : List.of("description", "schema", "strict")) {
          put(schema, name, format.member(name));
        }
        chat.put(
            "response_format",
            Json.object("type", "json_schema", "json_schema", new JsonValue.Members(schema)));
      }
      default -> throw type.refused("text, json_object or json_schema");
    }
  }
}
