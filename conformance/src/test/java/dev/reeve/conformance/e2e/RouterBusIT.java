package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.NatsServer;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The router over a real broker, asked by a client that knows the text protocol of NATS alone.
class RouterBusIT {
  private static final String DECIDE = "beamline.router.v1.decide";

  /// As it is published with the protocol, byte for byte.
  private static final String PUBLISHED =
      """
      {
        "message": {
          "message_id": "msg_1234567890",
          "tenant_id": "tenant_abc123",
          "trace_id": "trace_abc123",
          "message_type": "chat",
          "payload": "{\\"text\\": \\"Hello, world!\\"}",
          "metadata": {"source": "gateway"},
          "timestamp_ms": 1704067200000,
          "run_id": "run_abc123",
          "flow_id": "flow_xyz789",
          "step_id": "step_012345",
          "idempotency_key": "idem_key_345",
          "span_id": "span_678901"
        },
        "policy_id": "default",
        "context": {"user_id": "user_123"},
        "idempotency_key": "request_idem_key_456"
      }
      """;

  private static final String TASK =
      "{\"version\":\"1\",\"request_id\":\"r1\",\"tenant_id\":\"t1\",\"policy_id\":\"%s\","
          + "\"task\":{\"type\":\"chat\",\"payload\":{\"text\":\"good morning\"}}}";

  private static final String DRY_RUN = "beamline.router.v1.admin.dry_run_pipeline";

  private static final String FAILED =
      "\"context\":{\"status\":\"timeout\",\"current_provider\":\"openai\"}";

  @TempDir private static Path folder;

  private static NatsServer broker;
  private static ReeveProcess server;

  @BeforeAll
  static void start() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("default.json"),
        "{\"version\":\"1.0\",\"providers\":[{\"name\":\"openai\",\"weight\":100,"
            + "\"expected_latency_ms\":250,\"expected_cost\":0.001}]}");
    Files.writeString(
        policies.resolve("guarded.json"),
        "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":100}],"
            + "\"validators\":[{\"id\":\"pii_guard\",\"on_fail\":\"block\",\"timeout_ms\":5000}]}");
    Files.writeString(
        policies.resolve("shared.json"),
        "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":50},"
            + "{\"name\":\"m2\",\"weight\":50}]}");
    Path config = folder.resolve("reeve.yaml");
    Files.writeString(
        config,
        "routing:\n  policies: "
            + policies
            + "\n  tenants: [tenant_abc123, t1, t2, t3]\n  decide_stream: on\n"
            + "  rate:\n    tenant: 1\n    tenant_burst: 50\n");
    broker = NatsServer.start();
    server =
        ReeveProcess.up(
            folder.resolve("data"),
            Map.of("REEVE_NATS_URL", broker.uri().toString()),
            "--http-port",
            "0",
            "--config",
            config.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
    broker.close();
  }

  private static JsonObject ask(String subject, String payload) {
    try (PlainNats nats = PlainNats.to(broker.uri())) {
      return JsonParser.parseString(nats.request(subject, payload)).getAsJsonObject();
    }
  }

  private static JsonObject error(JsonObject reply) {
    assertThat(reply.get("ok").getAsBoolean()).isFalse();
    return reply.getAsJsonObject("error");
  }

  @Test
  void the_published_request_is_answered_with_the_members_and_types_of_the_published_reply() {
    JsonObject reply = ask(DECIDE, PUBLISHED);

    assertThat(reply.keySet())
        .containsExactly(
            "provider_id",
            "reason",
            "priority",
            "expected_latency_ms",
            "expected_cost",
            "metadata");
    assertThat(reply.get("provider_id")).isEqualTo(JsonParser.parseString("\"openai\""));
    assertThat(reply.get("reason")).isEqualTo(JsonParser.parseString("\"weighted\""));
    assertThat(reply.get("priority").toString()).isEqualTo("50");
    assertThat(reply.get("expected_latency_ms").toString()).isEqualTo("250");
    assertThat(reply.get("expected_cost").toString()).isEqualTo("0.001");
    JsonObject metadata = reply.getAsJsonObject("metadata");
    assertThat(metadata.get("algorithm").getAsString()).isEqualTo("weighted_round_robin");
    for (Map.Entry<String, JsonElement> entry : metadata.entrySet()) {
      assertThat(entry.getValue().getAsJsonPrimitive().isString()).as(entry.getKey()).isTrue();
    }
  }

  @Test
  void the_dry_run_of_the_contract_needs_no_more_than_the_contract_says() {
    JsonObject reply =
        ask(
            DRY_RUN,
            "{\"tenant_id\":\"t1\",\"policy_id\":\"default\",\"payload\":{\"text\":\"hello\"}}");

    assertThat(reply.get("ok").getAsBoolean()).isTrue();
    JsonObject result = reply.getAsJsonObject("result");
    assertThat(result.keySet()).containsExactly("decision", "executed_extensions", "final_payload");
    assertThat(result.getAsJsonObject("decision").get("provider_id").getAsString())
        .isEqualTo("openai");
    assertThat(result.get("final_payload").toString()).isEqualTo("{\"text\":\"hello\"}");
  }

  /// As section 7 of the contract lists them; `router_abuse_*` names none.
  private static final List<String> METRICS =
      List.of(
          "router_grpc_requests_total{",
          "router_grpc_request_duration_seconds_bucket{",
          "router_policy_decisions_total{",
          "router_policy_decision_latency_ms_bucket{",
          "router_policy_application_latency_ms_bucket{",
          "router_sticky_hits_total ",
          "router_sticky_miss_total ",
          "router_rate_limit_allowed_total{scope=\"tenant\",tenant_id=\"t1\"}",
          "router_rate_limit_exceeded_total{scope=\"tenant\",tenant_id=\"t2\"}",
          "router_circuit_breaker_state{provider_id=\"openai\",tenant_id=\"t1\"} 0",
          "router_circuit_breaker_state_transitions_total{from=\"closed\",to=\"open\"}",
          "router_circuit_breaker_events_total{event=\"failure\"} 1.0",
          "router_circuit_breaker_error_rate{",
          "router_circuit_breaker_trigger_reason{reason=\"failures\"}",
          "router_circuit_breaker_timeout_remaining_ms{",
          "router_extension_execution_total{status=\"error\",type=\"validator\"}",
          "router_extension_latency_ms_bucket{type=\"validator\"",
          "router_assignment_published_total ",
          "router_assignment_retry_total ",
          "router_assignment_skipped_total ",
          "router_assignment_blocked_total ",
          "router_assignment_publish_failures_total ",
          "router_results_total ",
          "router_results_duplicate_total ",
          "router_results_tenant_rejected_total ",
          "router_results_validation_failed_total ",
          "router_acks_total ",
          "router_acks_duplicate_total ",
          "router_acks_tenant_rejected_total ",
          "router_acks_validation_failed_total ",
          "router_usage_emitted_total ",
          "router_jetstream_ack_total ",
          "router_jetstream_redelivery_total ",
          "router_jetstream_maxdeliver_exhausted_total ",
          "router_nats_nak_total ",
          "router_dlq_total{reason=\"validation_failed\"}",
          "router_redelivery_total ",
          "router_idem_hits_total ",
          "router_idem_miss_total ",
          "router_idem_evictions_total ",
          "router_idem_conflict_total ",
          "router_nats_contract_violations_total ",
          "router_retry_exhausted_total ",
          "router_degraded_mode_active_total ",
          "router_backpressure_events_total{status=\"active\"}");

  private static double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String metrics() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI page = URI.create("http://" + server.ready().http() + "/metrics");
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_metrics_page_has_every_name_of_the_contract() {
    ask(DECIDE, TASK.formatted("default").replace("\"policy_id\"", FAILED + ",\"policy_id\""));
    ask(DECIDE, TASK.formatted("guarded"));
    Await.until(
        "the limit of a tenant",
        () -> !ask(DECIDE, TASK.formatted("default").replace("t1", "t2")).get("ok").getAsBoolean());
    double skipped = metric("router_assignment_skipped_total ");
    String keyed = TASK.formatted("default").replace("\"r1\"", "\"r1\",\"idempotency_key\":\"m1\"");
    double misses = metric("router_idem_miss_total ");
    double hits = metric("router_idem_hits_total ");
    double conflicts = metric("router_idem_conflict_total ");
    ask(DECIDE, keyed);
    ask(DECIDE, keyed);
    ask(DECIDE, keyed.replace("good morning", "good evening"));

    assertThat(metrics()).contains(METRICS);
    assertThat(metric("router_idem_miss_total ")).isEqualTo(misses + 1);
    assertThat(metric("router_idem_hits_total ")).isEqualTo(hits + 1);
    assertThat(metric("router_idem_conflict_total ")).isEqualTo(conflicts + 1);
    assertThat(metric("router_assignment_skipped_total ")).isEqualTo(skipped + 2);
  }

  @Test
  void a_repeat_after_a_kill_gets_the_same_decision_and_its_work_is_not_given_again() {
    String keyed =
        TASK.formatted("shared")
            .replace("\"r1\"", "\"r1\",\"idempotency_key\":\"k1\",\"push_assignment\":true");
    String id = "$JS.API.STREAM.INFO.CAF_EXEC";
    long before = messages(id);
    JsonObject first = ask(DECIDE, keyed);
    Await.until("assigned", () -> messages(id) == before + 1);

    server.kill();
    server = server.again();
    JsonObject second = ask(DECIDE, keyed);

    assertThat(second).isEqualTo(first);
    assertThat(messages(id)).isEqualTo(before + 1);
    assertThat(error(ask(DECIDE, keyed.replace("morning", "evening"))).toString())
        .contains("another key");
  }

  @Test
  void a_result_that_comes_after_a_kill_teaches_the_router_once() {
    String task = TASK.formatted("default").replace("t1", "t3");
    String assignment;
    try (PlainNats worker = PlainNats.to(broker.uri())) {
      worker.listen("caf.exec.assign.v1");
      ask(DECIDE, task.replace("\"r1\"", "\"r1\",\"push_assignment\":true"));
      assignment =
          JsonParser.parseString(worker.awaitNext())
              .getAsJsonObject()
              .get("assignment_id")
              .getAsString();
    }
    Await.until("noted", () -> noted().contains(assignment));

    server.kill();
    report(assignment, 777);
    server = server.again();

    Await.until("its usage", () -> metric("router_usage_emitted_total ") == 1);
    assertThat(expectedLatencyMs(task)).isEqualTo(777);
    report(assignment, 999);
    Await.until("a second one", () -> metric("router_results_duplicate_total ") == 1);
    assertThat(expectedLatencyMs(task)).isEqualTo(777);

    Await.until("the end is noted", () -> noted().contains("\"sequence\""));
    server.kill();
    report(assignment, 999);
    server = server.again();

    Await.until("a third one", () -> metric("router_results_duplicate_total ") == 1);
    assertThat(expectedLatencyMs(task)).as("what the policy says").isEqualTo(250);
    assertThat(metric("router_usage_emitted_total ")).isZero();
  }

  /// What is noted of work that was given away.
  private static String noted() {
    try (Stream<Path> files = Files.list(folder.resolve("data/routed"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(one -> one.toString().endsWith(".assigned.jsonl")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (IOException e) {
      return "";
    }
  }

  /// As a worker that was done in so many milliseconds; kept by the broker when this returns.
  private static void report(String assignment, int latencyMs) {
    JsonObject kept =
        ask(
            "caf.exec.result.v1",
            "{\"version\":\"1\",\"assignment_id\":\"%s\",\"request_id\":\"r1\",\"tenant_id\":\"t3\","
                    .formatted(assignment)
                + "\"provider_id\":\"openai\",\"status\":\"success\",\"job\":{\"type\":\"chat\"},"
                + "\"latency_ms\":%d,\"cost\":0.5}".formatted(latencyMs));
    assertThat(kept.get("stream").getAsString()).isEqualTo("CAF_EXEC");
  }

  private static int expectedLatencyMs(String task) {
    return ask(DECIDE, task).getAsJsonObject("decision").get("expected_latency_ms").getAsInt();
  }

  private static long messages(String stream) {
    JsonObject info = ask(stream, "");
    return info.has("state") ? info.getAsJsonObject("state").get("messages").getAsLong() : 0;
  }

  @Test
  void a_request_of_the_stream_is_answered_and_then_acknowledged() {
    String consumer = "$JS.API.CONSUMER.INFO.BEAMLINE_DECIDE.router-decide-consumer";
    Await.until("the consumer", () -> !ask(consumer, "").has("error"));
    try (PlainNats listener = PlainNats.to(broker.uri())) {
      listener.listen(DECIDE + ".reply");

      JsonObject kept = ask(DECIDE + ".durable", TASK.formatted("default"));
      JsonObject answer = JsonParser.parseString(listener.awaitNext()).getAsJsonObject();

      assertThat(kept.get("stream").getAsString()).isEqualTo("BEAMLINE_DECIDE");
      assertThat(answer.get("ok").getAsBoolean()).isTrue();
      assertThat(answer.toString()).contains("\"provider_id\":\"openai\"");
    }
    Await.until(
        "the acknowledgement",
        () -> ask(consumer, "").getAsJsonObject("ack_floor").get("stream_seq").getAsLong() == 1);
  }

  @Test
  void grpc_decides_the_same() {
    JsonObject onBus = ask(DECIDE, PUBLISHED);
    try (ForeignClient client = ForeignClient.to(server.ready().grpc())) {
      var decision =
          client.call(
              "beamline.flow.v1.Router/Decide",
              "{\"message\":{\"message_id\":\"m\",\"tenant_id\":\"tenant_abc123\","
                  + "\"message_type\":\"chat\",\"payload\":\"e30=\"},"
                  + "\"policy_id\":\"default\",\"context\":{\"user_id\":\"user_123\"}}");

      assertThat(decision.text("provider_id")).isEqualTo(onBus.get("provider_id").getAsString());
      assertThat(decision.text("reason")).isEqualTo(onBus.get("reason").getAsString());
    }
  }

  @Test
  void each_form_is_answered_in_its_kind_and_refusals_are_answered_too() {
    JsonObject wrapped = ask(DECIDE, TASK.formatted("default"));
    assertThat(wrapped.get("ok").getAsBoolean()).isTrue();
    assertThat(wrapped.getAsJsonObject("context").get("request_id").getAsString()).isEqualTo("r1");
    assertThat(wrapped.getAsJsonObject("decision").get("policy_id").getAsString())
        .isEqualTo("default");

    JsonObject unknown = error(ask(DECIDE, TASK.formatted("nowhere")));
    assertThat(unknown.get("code").getAsString()).isEqualTo("policy_not_found");
    assertThat(unknown.has("intake_error_code")).isFalse();
    JsonObject foreign = error(ask(DECIDE, TASK.formatted("default").replace("t1", "t9")));
    assertThat(foreign.get("intake_error_code").getAsString()).isEqualTo("TENANT_FORBIDDEN");
    JsonObject garbage = error(ask(DECIDE, "\u0000\u0001 nothing"));
    assertThat(garbage.get("intake_error_code").getAsString())
        .isEqualTo("SCHEMA_VALIDATION_FAILED");
  }

  @Test
  void a_header_holds_against_the_payload() {
    try (PlainNats nats = PlainNats.to(broker.uri())) {
      String reply = nats.request(DECIDE, PUBLISHED, Map.of("tenant_id", "t9", "Nats-Msg-Id", "1"));

      assertThat(reply).contains("TENANT_FORBIDDEN");
    }
  }

  @Test
  void a_decision_can_be_asked_for_again_over_http_by_its_tenant_alone() throws Exception {
    ask(DECIDE, PUBLISHED);

    HttpResponse<String> again = get("/api/v1/routes/decide/msg_1234567890", "tenant_abc123");
    HttpResponse<String> foreign = get("/api/v1/routes/decide/msg_1234567890", "t1");
    HttpResponse<String> unknown = get("/api/v1/routes/decide/never", "tenant_abc123");

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body())
        .startsWith("{\"ok\":true,\"decision\":{\"provider_id\":\"openai\"")
        .contains("\"request_id\":\"msg_1234567890\"");
    for (HttpResponse<String> none : List.of(foreign, unknown)) {
      assertThat(none.statusCode()).as(none.body()).isEqualTo(404);
      assertThat(none.body()).startsWith("{\"ok\":false,\"error\":{\"code\":\"not_found\"");
    }
  }

  private static HttpResponse<String> get(String path, String tenant) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + server.ready().http() + path))
              .header("X-Tenant-ID", tenant)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void a_decision_can_be_asked_for_again_and_the_router_tells_how_it_is() {
    ask(DECIDE, PUBLISHED);

    JsonObject again =
        ask(
            "beamline.router.v1.get_decision",
            "{\"tenant_id\":\"tenant_abc123\",\"message_id\":\"msg_1234567890\"}");
    assertThat(again.toString()).contains("openai");
    JsonObject byIdAlone =
        ask("beamline.router.v1.get_decision", "{\"message_id\":\"msg_1234567890\"}");
    assertThat(byIdAlone.toString()).contains("openai");
    JsonObject load =
        ask("beamline.router.v1.status.backpressure", "{\"subject\":\"" + DECIDE + "\"}");
    assertThat(load.get("success").getAsBoolean()).isTrue();
    assertThat(load.getAsJsonObject("data").get("status").getAsString()).isEqualTo("inactive");
    assertThat(
            ask(
                    "beamline.router.v1.admin.get_pipeline_complexity",
                    "{\"tenant_id\":\"t1\",\"policy_id\":\"guarded\"}")
                .getAsJsonObject("result")
                .get("validators")
                .getAsInt())
        .isEqualTo(1);
    assertThat(
            ask("beamline.router.v1.admin.get_circuit_breaker_states", "{\"tenant_id\":\"t1\"}")
                .toString())
        .contains("circuit_breakers");
    assertThat(
            error(ask("beamline.router.control.v1.task.submit", "{\"request_id\":\"q\"}"))
                .get("code")
                .getAsString())
        .isEqualTo("not_implemented");
    assertThat(error(ask("beamline.router.control.v1.task.sbmit", "{}")).get("code").getAsString())
        .isEqualTo("invalid_subject");
  }

  @Test
  void an_extension_of_another_program_is_called_and_heeded()
      throws InterruptedException, ExecutionException, TimeoutException {
    JsonObject nobody = error(ask(DECIDE, TASK.formatted("guarded")));
    assertThat(nobody.getAsJsonObject("details").get("extension_id").getAsString())
        .isEqualTo("pii_guard");

    try (PlainNats extension = PlainNats.to(broker.uri())) {
      extension.listen("beamline.ext.validate.pii_guard.v1");
      CompletableFuture<String> asked =
          CompletableFuture.supplyAsync(
              () -> extension.answerNext("{\"status\":\"reject\",\"reason\":\"a name\"}"));
      JsonObject blocked = error(ask(DECIDE, TASK.formatted("guarded")));

      assertThat(blocked.get("code").getAsString()).isEqualTo("validator_blocked");
      JsonObject request =
          JsonParser.parseString(asked.get(10, TimeUnit.SECONDS)).getAsJsonObject();
      assertThat(request.keySet())
          .containsExactly("trace_id", "tenant_id", "payload", "metadata", "config");
      assertThat(request.getAsJsonObject("payload").get("text").getAsString())
          .isEqualTo("good morning");

      CompletableFuture<String> again =
          CompletableFuture.supplyAsync(() -> extension.answerNext("{\"status\":\"ok\"}"));
      JsonObject passed = ask(DECIDE, TASK.formatted("guarded"));
      assertThat(again.get(10, TimeUnit.SECONDS)).isNotEmpty();
      assertThat(
              passed
                  .getAsJsonObject("decision")
                  .getAsJsonObject("metadata")
                  .get("executed_extensions")
                  .getAsString())
          .contains("\"pii_guard\"")
          .contains("\"ok\"");
    }
  }

  @Test
  void a_policy_of_a_file_is_live_soon_after_it_was_written() throws IOException {
    Path file = folder.resolve("policies").resolve("late.json");
    Files.writeString(
        file, "{\"version\":\"1.0\",\"providers\":[{\"name\":\"late\",\"weight\":1}]}");

    String reply = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try (PlainNats nats = PlainNats.to(broker.uri())) {
      while (!reply.contains("\"provider_id\":\"late\"") && System.nanoTime() < end) {
        reply = nats.request(DECIDE, TASK.formatted("late").replace("t1", "t3"));
      }
    }

    assertThat(reply).contains("\"provider_id\":\"late\"");
  }
}
