package dev.reeve.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.reeve.wire.reeve.v1.ModelCallHead;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers of chats as clients of `/v1/responses` read them.
class ResponsesAnswerTest {
  private static final ModelCallHead HEAD =
      ModelCallHead.newBuilder().setRequestId("1-2-3").build();

  private final ResponsesAnswer answer =
      new ResponsesAnswer(
          ResponsesRequest.read(
              "{\"model\":\"m\",\"input\":\"hi\",\"temperature\":0.5,\"metadata\":{\"a\":\"b\"}}"));
  private final List<JsonObject> events = new ArrayList<>();

  private static OpenAiPart part(String body, boolean head) {
    return new OpenAiPart(HEAD, head, ByteString.copyFromUtf8(body.replace('\'', '"')), true, "0");
  }

  private JsonObject whole(String choice) {
    String chat =
        "{'id':'c','object':'chat.completion','created':5,'model':'m-1','choices':["
            + choice
            + "],'usage':{'prompt_tokens':7,'completion_tokens':3,'total_tokens':10,"
            + "'prompt_tokens_details':{'cached_tokens':2}}}";
    byte[] written = answer.whole(part(chat, true));
    return JsonParser.parseString(new String(written, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private void begin() {
    read(answer.chunk(part("", true)));
  }

  private void delta(String delta, String finish) {
    String chunk =
        "{'id':'c','object':'chat.completion.chunk','created':5,'model':'m-1','choices':["
            + "{'index':0,'delta':"
            + delta
            + ",'finish_reason':"
            + finish
            + "}]}";
    read(answer.chunk(part(chunk, false)));
  }

  private void usage() {
    read(
        answer.chunk(
            part(
                "{'created':5,'model':'m-1','choices':[],'usage':{'prompt_tokens':7,"
                    + "'completion_tokens':3,'total_tokens':10}}",
                false)));
  }

  private void end() {
    read(answer.end().getBytes(StandardCharsets.UTF_8));
  }

  /// Each event is named twice: by the stream and in its document.
  private void read(byte[] text) {
    for (String event : new String(text, StandardCharsets.UTF_8).split("\n\n", -1)) {
      if (event.isEmpty()) {
        continue;
      }
      String[] lines = event.split("\n", -1);
      assertThat(lines).hasSize(2);
      JsonObject document =
          JsonParser.parseString(lines[1].substring("data: ".length())).getAsJsonObject();
      assertThat(lines[0]).isEqualTo("event: " + document.get("type").getAsString());
      assertThat(document.get("sequence_number").getAsInt()).isEqualTo(events.size());
      events.add(document);
    }
  }

  private List<String> types() {
    return events.stream().map(event -> event.get("type").getAsString()).toList();
  }

  private static String text(JsonElement tree, String... path) {
    JsonElement at = tree;
    for (String step : path) {
      at =
          at instanceof JsonArray array
              ? array.get(Integer.parseInt(step))
              : at.getAsJsonObject().get(step);
    }
    return at.isJsonPrimitive() ? at.getAsString() : at.toString();
  }

  @Test
  void a_whole_answer_is_a_message() {
    JsonObject response =
        whole(
            "{'index':0,'message':{'role':'assistant','content':'hello'},'finish_reason':'stop'}");

    assertThat(text(response, "id")).isEqualTo("resp_123");
    assertThat(text(response, "object")).isEqualTo("response");
    assertThat(text(response, "created_at")).isEqualTo("5");
    assertThat(text(response, "status")).isEqualTo("completed");
    assertThat(text(response, "model")).isEqualTo("m-1");
    assertThat(text(response, "temperature")).isEqualTo("0.5");
    assertThat(text(response, "metadata", "a")).isEqualTo("b");
    assertThat(text(response, "store")).isEqualTo("false");
    assertThat(response.getAsJsonArray("output")).hasSize(1);
    assertThat(text(response, "output", "0", "role")).isEqualTo("assistant");
    assertThat(text(response, "output", "0", "content", "0", "text")).isEqualTo("hello");
    assertThat(text(response, "usage", "input_tokens")).isEqualTo("7");
    assertThat(text(response, "usage", "input_tokens_details", "cached_tokens")).isEqualTo("2");
    assertThat(text(response, "usage", "output_tokens")).isEqualTo("3");
    assertThat(text(response, "usage", "total_tokens")).isEqualTo("10");
  }

  @Test
  void calls_of_functions_are_items_of_their_own() {
    JsonObject response =
        whole(
            "{'index':0,'message':{'role':'assistant','content':null,'tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "'finish_reason':'tool_calls'}");

    assertThat(response.getAsJsonArray("output")).hasSize(1);
    assertThat(text(response, "output", "0", "type")).isEqualTo("function_call");
    assertThat(text(response, "output", "0", "call_id")).isEqualTo("c1");
    assertThat(text(response, "output", "0", "name")).isEqualTo("f");
    assertThat(text(response, "output", "0", "arguments")).isEqualTo("{}");
  }

  @Test
  void an_answer_that_was_cut_off_says_why() {
    JsonObject response =
        whole("{'index':0,'message':{'role':'assistant','content':'he'},'finish_reason':'length'}");

    assertThat(text(response, "status")).isEqualTo("incomplete");
    assertThat(text(response, "incomplete_details", "reason")).isEqualTo("max_output_tokens");
  }

  @Test
  void a_model_that_refuses_says_so_in_a_part_of_its_own() {
    JsonObject response =
        whole(
            "{'index':0,'message':{'role':'assistant','content':null,'refusal':'no'},"
                + "'finish_reason':'stop'}");

    assertThat(text(response, "output", "0", "content", "0", "type")).isEqualTo("refusal");
    assertThat(text(response, "output", "0", "content", "0", "refusal")).isEqualTo("no");
  }

  @Test
  void a_stream_is_told_by_typed_events() {
    begin();
    delta("{'role':'assistant','content':''}", "null");
    delta("{'content':'hel'}", "null");
    delta("{'content':'lo'}", "null");
    delta("{}", "'stop'");
    usage();
    end();

    assertThat(types())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    assertThat(text(events.get(4), "delta")).isEqualTo("hel");
    assertThat(text(events.get(4), "item_id")).isEqualTo(text(events.get(2), "item", "id"));
    assertThat(text(events.get(6), "text")).isEqualTo("hello");
    JsonObject response = events.getLast().getAsJsonObject("response");
    assertThat(text(response, "id")).isEqualTo(text(events.getFirst(), "response", "id"));
    assertThat(text(response, "output", "0", "content", "0", "text")).isEqualTo("hello");
    assertThat(text(response, "usage", "total_tokens")).isEqualTo("10");
  }

  @Test
  void calls_of_functions_are_streamed_beside_each_other() {
    begin();
    delta("{'content':'I look.'}", "null");
    delta("{'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':''}}]}", "null");
    delta("{'tool_calls':[{'index':1,'id':'c2','function':{'name':'g','arguments':'['}}]}", "null");
    delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}", "null");
    delta("{'tool_calls':[{'index':1,'function':{'arguments':']'}}]}", "'tool_calls'");
    end();

    assertThat(types())
        .filteredOn(type -> type.startsWith("response.output_item"))
        .containsExactly(
            "response.output_item.added",
            "response.output_item.done",
            "response.output_item.added",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_item.done");
    JsonObject response = events.getLast().getAsJsonObject("response");
    assertThat(response.getAsJsonArray("output")).hasSize(3);
    assertThat(text(response, "output", "1", "call_id")).isEqualTo("c1");
    assertThat(text(response, "output", "1", "arguments")).isEqualTo("{}");
    assertThat(text(response, "output", "2", "name")).isEqualTo("g");
    assertThat(text(response, "output", "2", "arguments")).isEqualTo("[]");
  }

  @Test
  void a_stream_that_breaks_off_fails_and_is_not_completed() {
    begin();
    delta("{'content':'hel'}", "null");
    String last =
        answer.broken(Status.UNAVAILABLE.withDescription("the provider broke off"), new Metadata());
    read(last.getBytes(StandardCharsets.UTF_8));

    assertThat(types()).endsWith("response.output_text.delta", "response.failed");
    JsonObject response = events.getLast().getAsJsonObject("response");
    assertThat(text(response, "status")).isEqualTo("failed");
    assertThat(text(response, "error", "message")).contains("broke off");
    assertThat(response.getAsJsonArray("output")).isEmpty();
  }
}
