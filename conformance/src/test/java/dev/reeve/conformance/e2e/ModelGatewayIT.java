package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The OpenAI API of the real server, in front of servers that speak it and break it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelGatewayIT {
  private static final String KEY = "sk-never-shown-123456";

  @TempDir static Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeModelServer gold = FakeModelServer.start();
  private final FakeModelServer silver = FakeModelServer.start();
  private ReeveProcess server;

  @BeforeAll
  void start() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        folder.resolve("routes/default.json"),
        """
        {"version":"1.0",
         "providers":[{"name":"gold","weight":100},{"name":"silver","weight":0}],
         "fallbacks":[{"when":{"status":["timeout","5xx","connection_error"]},"retry":1,
           "backoff":{"strategy":"fixed","base_ms":1,"jitter":false},"to":"silver"}]}
        """);
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        version: "1"
        default_decision: deny
        rules:
          - id: chat
            match: {topics: ["job.model.*"]}
            decision: allow
        """);
    Files.writeString(
        folder.resolve("reeve.yaml"),
        """
        providers:
          - {id: gold, kind: openai, base_url: "%s", api_key_env: GOLD_KEY, models: [m]}
          - {id: silver, kind: openai, base_url: "%s", models: [m], timeout: 2s}
        routing: {policies: "%s", tenants: [default, served]}
        """
            .formatted(gold.baseUrl(), silver.baseUrl(), folder.resolve("routes")));
    server =
        ReeveProcess.up(
            folder.resolve("data"),
            Map.of("GOLD_KEY", KEY),
            "--http-port",
            "0",
            "--config",
            folder.resolve("reeve.yaml").toString(),
            "--policy",
            folder.resolve("policy.yaml").toString());
  }

  @BeforeEach
  void forget() {
    gold.forget();
    silver.forget();
    gold.say("gold says hello to you .");
    silver.say("silver says hello .");
  }

  @AfterAll
  void stop() {
    server.close();
    gold.close();
    silver.close();
  }

  private HttpResponse<String> chat(String words, boolean streams)
      throws IOException, InterruptedException {
    return chat("default", words, streams);
  }

  private HttpResponse<String> chat(String tenant, String words, boolean streams)
      throws IOException, InterruptedException {
    return post(
        tenant,
        "/v1/chat/completions",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + words
            + "\"}]"
            + (streams ? ",\"stream\":true}" : "}"));
  }

  private HttpResponse<String> post(String tenant, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://" + server.ready().http() + path))
            .header("content-type", "application/json")
            .header("x-tenant-id", tenant)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void an_answer_names_who_gave_it_and_why() throws Exception {
    HttpResponse<String> response = chat("hi", false);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("gold says hello");
    assertThat(header(response, "x-reeve-provider")).isEqualTo("gold");
    assertThat(header(response, "x-reeve-reason")).isEqualTo("weighted");
    assertThat(header(response, "x-reeve-policy-version")).isEqualTo("1");
    assertThat(gold.received().getFirst().headers())
        .containsEntry("authorization", "Bearer " + KEY);
    assertThat(server.log()).doesNotContain(KEY);
  }

  @Test
  void tenant_that_is_not_served_gets_no_answer() throws Exception {
    HttpResponse<String> response = chat("stranger", "hi", false);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("TENANT_FORBIDDEN");
    assertThat(gold.received()).isEmpty();
    assertThat(chat("served", "hi", false).statusCode()).isEqualTo(200);
  }

  @Test
  void a_stream_ends_as_clients_expect() throws Exception {
    HttpResponse<String> response = chat("hi", true);

    assertThat(header(response, "content-type")).startsWith("text/event-stream");
    assertThat(response.body()).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
  }

  @Test
  void who_fails_is_asked_again_and_then_another() throws Exception {
    gold.failAlways(new ModelFault.Status(500, "", "planned"));

    HttpResponse<String> response = chat("hi", false);

    assertThat(response.body()).contains("silver says hello");
    assertThat(header(response, "x-reeve-reason")).isEqualTo("fallback");
    assertThat(header(response, "x-reeve-fallback-chain")).isEqualTo("gold,gold,silver");
    assertThat(gold.received()).hasSize(2);
  }

  @Test
  void a_stream_that_breaks_after_words_left_has_no_end() throws Exception {
    gold.fail(new ModelFault.Cut(3));

    HttpResponse<String> response = chat("hi", true);

    assertThat(response.body())
        .contains("\"content\":\"gold \"")
        .contains("\"error\"")
        .doesNotContain("\"finish_reason\":\"stop\"")
        .doesNotContain("[DONE]");
    assertThat(silver.received()).isEmpty();
  }

  @Test
  void a_stream_that_breaks_before_is_taken_over() throws Exception {
    gold.fail(new ModelFault.Cut(0), new ModelFault.Cut(0));

    HttpResponse<String> response = chat("hi", true);

    assertThat(response.body()).contains("silver").endsWith("data: [DONE]\n\n");
  }

  @Test
  void a_secret_in_an_answer_is_withheld_whole_or_streamed() throws Exception {
    gold.say("the key is AKIAQ3EGR5T7U9WXYZ23 keep it");

    HttpResponse<String> whole = chat("hi", false);
    HttpResponse<String> streamed = chat("hi", true);

    assertThat(whole.statusCode()).isEqualTo(403);
    assertThat(whole.body()).contains("MODEL_OUTPUT_WITHHELD").doesNotContain("AKIA");
    assertThat(streamed.body())
        .contains("MODEL_OUTPUT_WITHHELD")
        .doesNotContain("AKIA")
        .doesNotContain("[DONE]");
  }

  @Test
  void a_request_that_the_boundary_holds_reaches_nobody() throws Exception {
    HttpResponse<String> response = chat("<script>alert(1)</script> ../../etc/passwd", false);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"CIF_QUARANTINED\"");
    assertThat(gold.received()).isEmpty();
  }

  @Test
  void what_the_provider_refuses_is_refused_in_its_words() throws Exception {
    gold.fail(new ModelFault.Status(422, "", "bad_tool"));

    HttpResponse<String> response = chat("hi", false);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"code\":\"bad_tool\"");
    assertThat(silver.received()).isEmpty();
  }

  @Test
  void what_is_no_request_reaches_nobody_and_names_the_member() throws Exception {
    HttpResponse<String> response =
        post(
            "default",
            "/v1/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                + "{\"role\":\"robot\",\"content\":\"hi\"}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"param\":\"messages[1].role\"", "\"type\":\"invalid_request_error\"");
    assertThat(gold.received()).isEmpty();
  }

  @Test
  void a_response_is_a_chat_in_another_form() throws Exception {
    HttpResponse<String> response =
        post(
            "default",
            "/v1/responses",
            "{\"model\":\"m\",\"instructions\":\"be brief\",\"input\":\"hi\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"object\":\"response\"", "\"text\":\"gold says hello to you .\"");
    assertThat(header(response, "x-reeve-provider")).isEqualTo("gold");
    assertThat(gold.received().getFirst().path()).endsWith("/chat/completions");
    assertThat(gold.received().getFirst().body())
        .contains("{\"role\":\"system\",\"content\":\"be brief\"}");
  }

  @Test
  void a_streamed_response_ends_with_what_was_said() throws Exception {
    HttpResponse<String> response =
        post("default", "/v1/responses", "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}");

    assertThat(header(response, "content-type")).startsWith("text/event-stream");
    assertThat(response.body())
        .startsWith("event: response.created\n")
        .contains("event: response.output_text.delta\n")
        .doesNotContain("[DONE]");
    String last = response.body().substring(response.body().lastIndexOf("event: "));
    assertThat(last)
        .startsWith("event: response.completed\n")
        .contains("\"text\":\"gold says hello to you .\"", "\"total_tokens\":13");
  }

  @Test
  void a_secret_in_a_streamed_response_fails_it() throws Exception {
    gold.say("the key is AKIAQ3EGR5T7U9WXYZ23 keep it");

    HttpResponse<String> response =
        post("default", "/v1/responses", "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}");

    assertThat(response.body())
        .contains("MODEL_OUTPUT_WITHHELD")
        .doesNotContain("AKIA")
        .doesNotContain("response.completed");
  }

  @Test
  void nothing_is_kept_to_go_on_from() throws Exception {
    HttpResponse<String> response =
        post(
            "default",
            "/v1/responses",
            "{\"model\":\"m\",\"input\":\"hi\",\"previous_response_id\":\"resp_1\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"param\":\"previous_response_id\"");
    assertThat(gold.received()).isEmpty();
  }
}
