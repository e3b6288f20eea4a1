package dev.reeve.testing;

import dev.reeve.testing.FakeModelServer.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One answer of a [FakeModelServer], good or bad. Used by one thread.
final class FakeModelAnswer {
  private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern CALL = Pattern.compile("call (\\w+) (\\{.*})");
  private static final int PROMPT_TOKENS = 7;
  private static final String EVENTS_HEAD =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "content-type: text/event-stream",
          "transfer-encoding: chunked",
          "",
          "");

  private final OutputStream out;
  private final String says;
  private final RandomGenerator random;
  private final long begunNanos = System.nanoTime();

  /// @param random draws the times of [ModelFault.Slow]
  FakeModelAnswer(OutputStream out, String says, RandomGenerator random) {
    this.out = out;
    this.says = says;
    this.random = random;
  }

  /// @return whether the connection goes on
  boolean send(Received request, @Nullable ModelFault fault) throws IOException {
    return switch (fault) {
      case null -> good(request, Integer.MAX_VALUE, false);
      case ModelFault.Slow slow -> {
        rest(slow);
        yield good(request, Integer.MAX_VALUE, false);
      }
      case ModelFault.Status status -> {
        String retry =
            status.retryAfter().isEmpty() ? "" : "retry-after: " + status.retryAfter() + "\r\n";
        whole(
            status.status(),
            retry,
            "{\"error\":{\"message\":\"planned\",\"type\":\"planned\",\"param\":null,\"code\":\""
                + status.code()
                + "\"}}");
        yield true;
      }
      case ModelFault.Garbage _ -> {
        whole(200, "", "<html>not what you asked for</html>");
        yield true;
      }
      case ModelFault.Cut cut -> request.streams() && good(request, cut.words(), false);
      case ModelFault.BrokenEvent broken -> good(request, broken.words(), true);
    };
  }

  private void rest(ModelFault.Slow slow) throws IOException {
    try {
      long leastNanos = slow.least().toNanos();
      TimeUnit.NANOSECONDS.sleep(
          random.nextLong(leastNanos, Math.max(leastNanos, slow.most().toNanos()) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private boolean good(Received request, int words, boolean garbled) throws IOException {
    Matcher named = MODEL.matcher(request.body());
    String model = named.find() ? named.group(1) : "none";
    if (request.path().endsWith("/messages")) {
      return request.streams() ? anthropicEvents(model, words) : anthropic(model);
    }
    if (request.path().endsWith("/embeddings")) {
      whole(
          200,
          "",
          "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
              + "\"embedding\":[0.25,-0.5,1e-3]}],\"model\":\""
              + model
              + "\",\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}");
      return true;
    }
    boolean chat = request.path().endsWith("/chat/completions");
    return request.streams()
        ? events(model, chat, words, garbled, request.body().contains("include_usage"))
        : completion(model, chat);
  }

  /// The function that it was told to call; empty when it shall speak.
  private String toolCalls(String index) {
    Matcher call = CALL.matcher(says);
    return call.matches()
        ? "\"tool_calls\":[{"
            + index
            + "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
            + quoted(call.group(1))
            + ",\"arguments\":"
            + quoted(call.group(2))
            + "}}]"
        : "";
  }

  private String message() {
    String calls = toolCalls("");
    return calls.isEmpty()
        ? "{\"role\":\"assistant\",\"content\":" + quoted(says) + "}"
        : "{\"role\":\"assistant\",\"content\":null," + calls + "}";
  }

  private boolean completion(String model, boolean chat) throws IOException {
    String words = chat ? "\"message\":" + message() : "\"text\":" + quoted(says);
    String finish = chat && !toolCalls("").isEmpty() ? "tool_calls" : "stop";
    whole(
        200,
        "",
        "{\"id\":\"chatcmpl-1\",\"object\":\""
            + (chat ? "chat.completion" : "text_completion")
            + "\",\"created\":1,\"model\":\""
            + model
            + "\","
            + fingerprint()
            + "\"choices\":[{\"index\":0,"
            + words
            + ",\"logprobs\":null,\"finish_reason\":\""
            + finish
            + "\"}],"
            + usage()
            + "}");
    return true;
  }

  /// Tells how long it took until here, so that a caller knows what others took.
  private String fingerprint() {
    return "\"system_fingerprint\":\"fp_" + (System.nanoTime() - begunNanos) + "\",";
  }

  private String usage() {
    int tokens = words().size();
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(PROMPT_TOKENS, tokens, PROMPT_TOKENS + tokens);
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\\S+\\s*").matcher(says);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }

  private boolean events(String model, boolean chat, int most, boolean garbled, boolean usage)
      throws IOException {
    eventsHead();
    String head =
        "{\"id\":\"chatcmpl-1\",\"object\":\""
            + (chat ? "chat.completion.chunk" : "text_completion")
            + "\",\"created\":1,\"model\":\""
            + model
            + "\","
            + fingerprint()
            + "\"choices\":[{\"index\":0,";
    if (chat) {
      event(
          "",
          head + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}");
    }
    String calls = chat ? toolCalls("\"index\":0,") : "";
    if (!calls.isEmpty()) {
      event("", head + "\"delta\":{" + calls + "},\"finish_reason\":null}]}");
    }
    int sent = 0;
    for (String word : calls.isEmpty() ? words() : List.<String>of()) {
      if (sent++ == most) {
        if (garbled) {
          event("", head + "\"delta\":{\"content\":");
          end();
        }
        return garbled;
      }
      event(
          "",
          head
              + (chat ? "\"delta\":{\"content\":" + quoted(word) + "}" : "\"text\":" + quoted(word))
              + ",\"finish_reason\":null}]}");
    }
    event(
        "",
        head
            + (chat ? "\"delta\":{}" : "\"text\":\"\"")
            + ",\"finish_reason\":\""
            + (calls.isEmpty() ? "stop" : "tool_calls")
            + "\"}]}");
    if (usage) {
      event("", head.substring(0, head.indexOf("\"choices\"")) + "\"choices\":[]," + usage() + "}");
    }
    event("", "[DONE]");
    end();
    return true;
  }

  private boolean anthropic(String model) throws IOException {
    whole(
        200,
        "",
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
            + model
            + "\",\"content\":[{\"type\":\"text\",\"text\":"
            + quoted(says)
            + "}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":"
            + words().size()
            + "}}");
    return true;
  }

  private boolean anthropicEvents(String model, int most) throws IOException {
    eventsHead();
    event(
        "message_start",
        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
            + "\"role\":\"assistant\",\"model\":\""
            + model
            + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":7,\"output_tokens\":0}}}");
    event(
        "content_block_start",
        "{\"type\":\"content_block_start\",\"index\":0,"
            + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
    int sent = 0;
    for (String word : words()) {
      if (sent++ == most) {
        return false;
      }
      event(
          "content_block_delta",
          "{\"type\":\"content_block_delta\",\"index\":0,"
              + "\"delta\":{\"type\":\"text_delta\",\"text\":"
              + quoted(word)
              + "}}");
    }
    event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
    event(
        "message_delta",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
            + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
            + words().size()
            + "}}");
    event("message_stop", "{\"type\":\"message_stop\"}");
    end();
    return true;
  }

  private void whole(int status, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    write(
        "HTTP/1.1 "
            + status
            + " planned\r\ncontent-type: application/json\r\n"
            + headers
            + "content-length: "
            + bytes.length
            + "\r\n\r\n");
    out.write(bytes);
  }

  private void eventsHead() throws IOException {
    write(EVENTS_HEAD);
  }

  private void event(String name, String data) throws IOException {
    byte[] bytes =
        ((name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write("\r\n");
    out.flush();
  }

  private void end() throws IOException {
    write("0\r\n\r\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
