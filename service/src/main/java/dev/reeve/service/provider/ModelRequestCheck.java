package dev.reeve.service.provider;

import dev.reeve.governance.cif.JsonValue;
import java.util.List;

/// Whether a request keeps to the OpenAI API, before policy and providers see it: what is required,
/// and types and ranges of what that API names. Members that it does not name pass; what a model
/// makes of a member is its provider's business.
final class ModelRequestCheck {
  private static final int TOOLS_MAX = 1_024;
  private static final int STOPS_MAX = 64;
  private static final int INPUTS_MAX = 2_048;
  private static final int CHOICES_MAX = 128;
  private static final int TOKENS_MAX = Integer.MAX_VALUE;

  private ModelRequestCheck() {}

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`, which names the member
  static void check(ModelOperation operation, JsonValue.Members request) {
    RequestMember.of(request, "user").checkTextOrAbsent();
    switch (operation) {
      case CHAT -> {
        ChatMessages.check(request);
        checkChat(request);
        checkSampling(request);
        checkStreamOptions(request);
      }
      case COMPLETION -> {
        RequestMember prompt = RequestMember.of(request, "prompt");
        if (!prompt.isAbsent()) {
          checkWords(prompt);
        }
        checkSampling(request);
        checkStreamOptions(request);
      }
      case EMBEDDING -> checkEmbedding(request);
    }
  }

  private static void checkSampling(JsonValue.Members request) {
    RequestMember.of(request, "temperature").checkNumber(0, 2, "a number from 0 to 2");
    RequestMember.of(request, "top_p").checkNumber(0, 1, "a number from 0 to 1");
    RequestMember.of(request, "n").checkWhole(1, CHOICES_MAX, "a whole number from 1 to 128");
    for (String limit : List.of("max_tokens", "max_completion_tokens")) {
      RequestMember.of(request, limit).checkWhole(1, TOKENS_MAX, "a whole number of at least 1");
    }
    for (String penalty : List.of("presence_penalty", "frequency_penalty")) {
      RequestMember.of(request, penalty).checkNumber(-2, 2, "a number from -2 to 2");
    }
    RequestMember.of(request, "seed")
        .checkWhole(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits");
    RequestMember stop = RequestMember.of(request, "stop");
    if (!stop.isText()) {
      stop.items(STOPS_MAX)
          .forEach(one -> {
            String _ = one.text("a text");
          });
    }
    RequestMember biases = RequestMember.of(request, "logit_bias");
    if (!biases.isAbsent()) {
      biases.checkObject("an object of numbers by token");
    }
  }

  private static void checkChat(JsonValue.Members request) {
    RequestMember.of(request, "logprobs").checkTruthOrAbsent();
    RequestMember.of(request, "top_logprobs").checkWhole(0, 20, "a whole number from 0 to 20");
    RequestMember.of(request, "parallel_tool_calls").checkTruthOrAbsent();
    RequestMember.of(request, "tools").items(TOOLS_MAX).forEach(ModelRequestCheck::checkTool);
    RequestMember choice = RequestMember.of(request, "tool_choice");
    if (!choice.isAbsent() && !choice.isText()) {
      choice.checkObject("none, auto, required, or an object that names a tool");
    }
    RequestMember format = RequestMember.of(request, "response_format");
    if (!format.isAbsent()) {
      format.checkObject("an object with a type");
      String _ = format.member("type").name("text, json_object or json_schema");
    }
  }

  private static void checkTool(RequestMember tool) {
    tool.checkObject("a tool with a type");
    if (!tool.member("type").name("function").equals("function")) {
      return;
    }
    RequestMember function = tool.member("function");
    function.checkObject("an object with the name of a function");
    String _ = function.member("name").name("the name of a function");
    RequestMember parameters = function.member("parameters");
    if (!parameters.isAbsent()) {
      parameters.checkObject("a JSON schema");
    }
  }

  private static void checkStreamOptions(JsonValue.Members request) {
    RequestMember options = RequestMember.of(request, "stream_options");
    if (options.isAbsent()) {
      return;
    }
    options.checkObject("an object");
    boolean streams =
        request.values().get("stream") instanceof JsonValue.Truth truth && truth.value();
    if (!streams) {
      throw options.refused("nothing unless stream is true");
    }
    options.member("include_usage").checkTruthOrAbsent();
  }

  private static void checkEmbedding(JsonValue.Members request) {
    checkWords(RequestMember.of(request, "input"));
    RequestMember.of(request, "dimensions")
        .checkWhole(1, TOKENS_MAX, "a whole number of at least 1");
    RequestMember form = RequestMember.of(request, "encoding_format");
    boolean known = form.isAbsent() || List.of("float", "base64").contains(form.text("a text"));
    if (!known) {
      throw form.refused("float or base64");
    }
  }

  /// A text; a list of texts; tokens; a list of lists of tokens.
  private static void checkWords(RequestMember words) {
    if (words.isText()) {
      return;
    }
    if (!(words.value() instanceof JsonValue.Items list) || list.values().isEmpty()) {
      throw words.refused("a text, tokens, or a list of either");
    }
    if (list.values().getFirst() instanceof JsonValue.Numeral) {
      checkTokens(words, list);
      return;
    }
    for (RequestMember item : words.items(INPUTS_MAX)) {
      if (item.value() instanceof JsonValue.Items tokens) {
        checkTokens(item, tokens);
      } else if (!item.isText()) {
        throw item.refused("a text, or tokens");
      }
    }
  }

  /// There may be a million, so only a wrong one is named.
  private static void checkTokens(RequestMember words, JsonValue.Items tokens) {
    int at = 0;
    for (JsonValue token : tokens.values()) {
      if (!(token instanceof JsonValue.Numeral)) {
        throw new RequestMember(words.path() + "[" + at + "]", token).refused("a token");
      }
      at++;
    }
  }
}
