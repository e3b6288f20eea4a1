package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.MemoryPointers;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The paths of the contract's HTTP surface, as a client of them sees them.
class RestSurfaceIT {
  private static final String RULES =
      """
      version: "1"
      default_decision: deny
      rules:
        - id: no-prod
          match: {topics: [job.prod]}
          decision: deny
          reason: not in prod
          remediations:
            - {id: staging, title: Use staging, replacement_topic: job.staging}
        - id: ask
          match: {topics: [job.ask]}
          decision: require_approval
          reason: look first
        - id: open
          match: {topics: [job.staging, job.default]}
          decision: allow
      input_rules:
        - {id: inj, severity: high, decision: deny, match: {scanners: [prompt_injection]}}
      output_policy: {enabled: true}
      output_rules:
        - {id: keys, severity: critical, decision: quarantine, match: {scanners: [secret]}}
      """;

  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          RULES,
          (services, archive) ->
              List.of(
                  CordumDialect.create(services),
                  CapDialect.create(services, new MemoryPointers()),
                  ReeveFixture.dialect(services, archive)));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    URI uri =
        URI.create("http://127.0.0.1:" + gateway.gateway().httpPort() + "/api/v1/" + path)
            .normalize();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonElement ok(String method, String path, String body, String... headers) {
    HttpResponse<String> answer = send(method, path, body, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body());
  }

  private JsonObject get(String path) {
    return ok("GET", path, "").getAsJsonObject();
  }

  private JsonObject post(String path, String body) {
    return ok("POST", path, body).getAsJsonObject();
  }

  private static String text(JsonElement of, String name) {
    return of.getAsJsonObject().get(name).getAsString();
  }

  private static JsonArray items(JsonObject page) {
    return page.getAsJsonArray("items");
  }

  /// A job of somebody else that waits for the operator.
  private String held(String prompt) {
    return text(
        post(
            "jobs",
            "{\"prompt\":\"" + prompt + "\",\"topic\":\"job.ask\",\"principal_id\":\"alice\"}"),
        "job_id");
  }

  @Test
  void a_held_job_is_listed_looked_at_and_approved_once() {
    String job = held("pay");

    JsonObject listed = items(get("approvals")).get(0).getAsJsonObject();
    assertThat(listed.getAsJsonObject("job").get("id").getAsString()).isEqualTo(job);
    assertThat(listed.getAsJsonObject("job").get("state").getAsString())
        .isEqualTo("APPROVAL_REQUIRED");
    assertThat(text(listed, "decision")).isEqualTo("REQUIRE_APPROVAL");
    assertThat(text(listed, "policy_rule_id")).isEqualTo("ask");
    assertThat(text(listed, "policy_reason")).isEqualTo("look first");
    assertThat(text(listed, "approval_ref")).isEqualTo(job);
    assertThat(text(listed, "approval_status")).isEqualTo("pending");
    assertThat(text(listed, "job_hash")).hasSize(64);

    JsonObject context = get("approvals/" + job + "/context");
    assertThat(text(context, "job_hash")).isEqualTo(text(listed, "job_hash"));
    assertThat(context.getAsJsonObject("job_input").get("prompt").getAsString()).isEqualTo("pay");
    assertThat(text(context.get("approval"), "context_status")).isEqualTo("available");
    assertThat(text(context.get("policy_snapshot_summary"), "rule_id")).isEqualTo("ask");
    assertThat(context.get("time_remaining_ms").isJsonNull()).isTrue();

    HttpResponse<String> stale =
        send("POST", "approvals/" + job + "/approve", "{\"job_hash\":\"" + "0".repeat(64) + "\"}");
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(stale.body())
        .contains(
            "\"code\":\"approval_stale_request\"",
            "\"reason\":\"APPROVAL_STALE_REQUEST\"",
            "\"status\":409");

    assertThat(send("POST", "approvals/" + job + "/approve", "{\"job_hash\":\"abc\"}").body())
        .contains("job_hash: \\\"abc\\\" (expected: 64 digits");

    JsonObject approved =
        post(
            "approvals/" + job + "/approve",
            "{\"reason\":\"seen\",\"note\":\"T-1\",\"job_hash\":\""
                + text(listed, "job_hash")
                + "\"}");
    assertThat(text(approved, "job_id")).isEqualTo(job);
    assertThat(text(approved, "trace_id")).isEqualTo(text(get("jobs/" + job), "trace_id"));
    assertThat(items(get("approvals"))).isEmpty();
    JsonObject after = get("approvals/" + job + "/context");
    assertThat(text(after, "approval_status")).isEqualTo("approved");
    assertThat(text(after, "resolved_comment")).isEqualTo("seen; T-1");
  }

  @Test
  void who_asked_does_not_approve_and_who_was_rejected_is_a_dead_letter() {
    String own = text(post("jobs", "{\"prompt\":\"x\",\"topic\":\"job.ask\"}"), "job_id");
    HttpResponse<String> self = send("POST", "approvals/" + own + "/approve", "");
    assertThat(self.statusCode()).isEqualTo(403);
    assertThat(self.body()).contains("\"code\":\"self_approval_denied\"");

    String job = held("x");
    assertThat(text(post("approvals/" + job + "/reject", "{\"reason\":\"no\"}"), "state"))
        .isEqualTo("DENIED");
    HttpResponse<String> again = send("POST", "approvals/" + job + "/approve", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("\"code\":\"approval_already_resolved\"");
    assertThat(text(get("approvals/" + job + "/context"), "approval_status")).isEqualTo("rejected");

    String plain = text(post("jobs", "{\"prompt\":\"x\",\"principal_id\":\"alice\"}"), "job_id");
    HttpResponse<String> never = send("POST", "approvals/" + plain + "/reject", "");
    assertThat(never.statusCode()).isEqualTo(409);
    assertThat(never.body()).contains("\"code\":\"approval_not_actionable\"");
    assertThat(send("GET", "approvals/" + plain + "/context", "").statusCode()).isEqualTo(404);

    for (String path : List.of("dlq", "dlq/page")) {
      assertThat(items(get(path))).hasSize(1);
      JsonObject entry = items(get(path)).get(0).getAsJsonObject();
      assertThat(text(entry, "job_id")).isEqualTo(job);
      assertThat(text(entry, "topic")).isEqualTo("job.ask");
      assertThat(text(entry, "status")).isEqualTo("JOB_STATUS_DENIED");
      assertThat(text(entry, "reason")).isEqualTo("no");
      assertThat(text(entry, "reason_code")).isEqualTo("approval_rejected");
      assertThat(text(entry, "last_state")).isEqualTo("DENIED");
    }
  }

  @Test
  void lists_go_on_page_by_page() {
    List<String> held = List.of(held("a"), held("b"), held("c"));

    JsonObject first = get("approvals?limit=2");
    JsonObject second = get("approvals?limit=2&cursor=" + text(first, "next_cursor"));

    List<String> seen = new ArrayList<>();
    items(first).forEach(item -> seen.add(text(item, "approval_ref")));
    items(second).forEach(item -> seen.add(text(item, "approval_ref")));
    assertThat(seen).isEqualTo(held);
    assertThat(second.has("next_cursor")).isFalse();
    assertThat(send("GET", "approvals?limit=0", "").statusCode()).isEqualTo(400);
    assertThat(send("GET", "approvals?include_resolved=true", "").body())
        .contains("include_resolved");
  }

  @Test
  void what_was_decided_of_a_job_is_its_receipts_the_newest_first() {
    String job = held("x");
    post("approvals/" + job + "/reject", "{\"reason\":\"no\"}");

    JsonArray decisions = ok("GET", "jobs/" + job + "/decisions", "").getAsJsonArray();

    assertThat(text(decisions.get(0), "decision")).isEqualTo("REJECT");
    assertThat(text(decisions.get(0), "action")).isEqualTo("action:approval:reject");
    JsonElement asked = decisions.get(decisions.size() - 1);
    assertThat(text(asked, "decision")).isEqualTo("REQUIRE_APPROVAL");
    assertThat(text(asked, "rule_id")).isEqualTo("ask");
    assertThat(text(asked, "policy_snapshot")).isNotEmpty();
    assertThat(asked.getAsJsonObject().get("checked_at").getAsLong()).isPositive();
    assertThat(ok("GET", "jobs/" + job + "/decisions?limit=1", "").getAsJsonArray()).hasSize(1);

    JsonObject events = get("audit/events?limit=1");
    assertThat(items(events)).hasSize(1);
    assertThat(text(items(events).get(0), "event_hash")).hasSize(64);
    assertThat(items(get("audit/events?job_id=" + job))).hasSize(decisions.size());
    assertThat(text(items(get("audit/events?job_id=" + job)).get(0), "matched_rule"))
        .isEqualTo("ask");
  }

  @Test
  void a_denied_job_is_submitted_anew_as_its_only_remediation_says() {
    HttpResponse<String> denied = send("POST", "jobs", "{\"prompt\":\"x\",\"topic\":\"job.prod\"}");
    assertThat(denied.statusCode()).isEqualTo(403);
    String first = text(JsonParser.parseString(denied.body()), "job_id");

    assertThat(send("POST", "jobs/" + first + "/remediate", "").body())
        .contains("PAYLOAD_REQUIRED");
    String made = text(post("jobs/" + first + "/remediate", "{\"prompt\":\"x\"}"), "job_id");

    assertThat(text(get("jobs/" + made), "topic")).isEqualTo("job.staging");
    String open = text(post("jobs", "{\"prompt\":\"x\"}"), "job_id");
    assertThat(send("POST", "jobs/" + open + "/remediate", "").body()).contains("none is offered");
  }

  @Test
  void a_dead_letter_is_retried_once_however_often_it_is_asked_for() {
    String job = held("x");
    assertThat(send("POST", "dlq/" + job + "/retry", "").statusCode()).isEqualTo(409);
    JsonObject _ = post("approvals/" + job + "/reject", "{\"reason\":\"no\"}");

    JsonObject made = post("dlq/" + job + "/retry", "{}");
    assertThat(post("dlq/" + job + "/retry", "")).isEqualTo(made);
    String again = text(made, "job_id");

    assertThat(text(made, "status")).isEqualTo("approval_required");
    assertThat(text(get("jobs/" + again), "trace_id")).isEqualTo(text(made, "trace_id"));
    assertThat(get("jobs/" + again).getAsJsonObject("labels").get("_retries").getAsString())
        .isEqualTo(job);
    assertThat(items(get("dlq"))).hasSize(1);
    JsonObject _ =
        ok("POST", "approvals/" + again + "/reject", "{\"principal_id\":\"bob\"}")
            .getAsJsonObject();
    assertThat(text(items(get("dlq")).get(0), "retry_of")).isEqualTo(job);
  }

  @Test
  void what_cannot_be_retried_is_a_conflict_that_says_why() {
    HttpResponse<String> denied = send("POST", "jobs", "{\"prompt\":\"x\",\"topic\":\"job.prod\"}");
    String job = text(JsonParser.parseString(denied.body()), "job_id");

    HttpResponse<String> answer = send("POST", "dlq/" + job + "/retry", "");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("\"code\":\"JOB_NOT_RETRYABLE\"", "\"status\":409", "denied at its submit");
    assertThat(send("POST", "dlq/nobody/retry", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "dlq/" + job + "/retry", "{\"force\":true}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "dlq/" + job + "/retry", "", "x-tenant-id", "other").statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_trace_has_its_jobs_with_their_stages_and_nobody_elses() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    List<String> made = new ArrayList<>();
    for (String topic : List.of("job.staging", "job.ask")) {
      JsonElement answer =
          ok(
              "POST",
              "jobs",
              "{\"prompt\":\"x\",\"topic\":\"" + topic + "\",\"principal_id\":\"alice\"}",
              "traceparent",
              "00-" + trace + "-00f067aa0ba902b7-01");
      made.addFirst(text(answer, "job_id"));
      assertThat(text(answer, "trace_id").replace("-", "")).isEqualTo(trace);
    }
    JsonObject _ = post("approvals/" + made.getFirst() + "/reject", "{\"reason\":\"no\"}");
    JsonObject _ = post("jobs", "{\"prompt\":\"x\"}");

    JsonArray jobs = items(get("traces/" + text(get("jobs/" + made.getFirst()), "trace_id")));

    assertThat(jobs.asList()).extracting(job -> text(job, "id")).isEqualTo(made);
    JsonArray rejected = jobs.get(0).getAsJsonObject().getAsJsonArray("stages");
    assertThat(rejected.asList())
        .extracting(stage -> text(stage, "state"))
        .containsExactly("APPROVAL_REQUIRED", "DENIED");
    assertThat(text(rejected.get(1), "error_code")).isEqualTo("APPROVAL_REJECTED");
    JsonObject page = get("traces/" + trace + "?limit=1");
    assertThat(items(page)).hasSize(1);
    assertThat(items(get("traces/" + trace + "?limit=1&cursor=" + text(page, "next_cursor"))))
        .hasSize(1);
    assertThat(items(ok("GET", "traces/" + trace, "", "x-tenant-id", "other").getAsJsonObject()))
        .isEmpty();
    assertThat(send("GET", "traces/mine", "").body()).contains("trace_id", "REQUEST_INVALID");
  }

  @Test
  void the_server_looks_at_its_own_log() {
    JsonObject _ = post("jobs", "{\"prompt\":\"x\"}");

    JsonObject found = get("audit/verify?entries=1");

    assertThat(found.get("ok").getAsBoolean()).isTrue();
    assertThat(found.get("checked").getAsLong()).isEqualTo(1);
    assertThat(text(found, "signed_at")).endsWith("Z");
    String kept = "size=" + text(found, "size") + "&root=";
    assertThat(get("audit/verify?" + kept + text(found, "root")).get("ok").getAsBoolean()).isTrue();
    JsonObject other = get("audit/verify?" + kept + "0".repeat(64));
    assertThat(other.get("ok").getAsBoolean()).isFalse();
    assertThat(text(other.get("first_damaged"), "what")).contains("of the kept checkpoint");
    assertThat(send("GET", "audit/verify?" + kept, "").body()).contains("kept.root_hash");
    assertThat(send("GET", "audit/verify?entries=x", "").statusCode()).isEqualTo(400);
  }

  @Test
  void what_became_of_outputs_is_counted_by_rule_since_the_start() {
    for (String content : List.of("fine", "the key is AKIA" + "Z7Q2M4K9T1X8W5B3")) {
      String base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
      JsonElement _ =
          ok(
              "POST",
              "../../cordum.v1.OutputPolicyService/CheckOutput",
              "{\"topic\":\"job.a\",\"output_content\":\"" + base64 + "\"}");
    }

    JsonObject stats = get("policy/output/stats");

    assertThat(text(stats, "since")).endsWith("Z");
    assertThat(text(stats, "checked")).isEqualTo("2");
    assertThat(stats.getAsJsonObject("decisions").get("quarantine").getAsLong()).isEqualTo(1);
    assertThat(items(stats)).hasSize(2);
    JsonElement held = items(stats).get(1);
    assertThat(text(held, "source")).isEqualTo("check");
    assertThat(text(held, "decision")).isEqualTo("quarantine");
    assertThat(text(held, "rule_id")).isEqualTo("keys");
  }

  @Test
  void policy_answers_questions_in_the_words_of_the_contract() {
    for (String verb : List.of("evaluate", "explain", "simulate")) {
      JsonObject answer =
          post(
              "policy/" + verb,
              "{\"job_id\":\"j\",\"topic\":\"job.ask\",\"org_id\":\"default\",\"team_id\":\"t\","
                  + "\"workflow_id\":\"w\",\"priority\":\"batch\",\"effective_config\":{},"
                  + "\"meta\":{\"actor_type\":\"human\",\"risk_tags\":[\"pii\"]}}");
      assertThat(text(answer, "decision")).isEqualTo("DECISION_TYPE_REQUIRE_HUMAN");
      assertThat(text(answer, "ruleId")).isEqualTo("ask");
      assertThat(answer.get("approvalRequired").getAsBoolean()).isTrue();
      assertThat(answer.getAsJsonArray("trace").isEmpty()).isEqualTo(!verb.equals("explain"));
    }
    JsonObject denied =
        post(
            "policy/evaluate",
            "{\"topic\":\"job.default\","
                + "\"effective_config\":{\"safety\":{\"denied_topics\":[\"job.default\"]}}}");
    assertThat(text(denied, "decision")).isEqualTo("DECISION_TYPE_DENY");
    assertThat(send("POST", "policy/evaluate", "{\"topicc\":\"x\"}").body()).contains("topicc");
    assertThat(send("POST", "policy/evaluate", "{\"priority\":\"soon\"}").body())
        .contains("batch, critical, interactive");
    assertThat(send("POST", "policy/evaluate", "{\"tenant\":\"a\",\"org_id\":\"b\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void the_policy_in_force_is_shown_rule_by_rule() {
    JsonArray rules = items(get("policy/rules"));
    assertThat(rules).hasSize(4);
    assertThat(text(rules.get(0), "id")).isEqualTo("no-prod");
    assertThat(text(rules.get(0), "decision")).isEqualTo("deny");
    assertThat(text(rules.get(3), "type")).isEqualTo("INPUT");
    assertThat(text(rules.get(3), "severity")).isEqualTo("high");

    JsonObject output = get("policy/output/rules");
    assertThat(items(output)).hasSize(1);
    assertThat(text(items(output).get(0), "decision")).isEqualTo("quarantine");
    assertThat(get("policy/snapshots").getAsJsonArray("snapshots").get(0).getAsString())
        .isEqualTo(text(output, "policy_snapshot"));
  }

  @Test
  void an_output_that_may_go_is_said_to() {
    JsonObject allowed =
        ok("POST", "../../cordum.v1.OutputPolicyService/CheckOutput", "{\"topic\":\"job.a\"}")
            .getAsJsonObject();

    assertThat(text(allowed, "decision")).isEqualTo("OUTPUT_DECISION_ALLOW");
  }

  @Test
  void the_server_tells_how_it_is() {
    JsonObject status = get("status");

    assertThat(text(status, "time")).endsWith("Z");
    assertThat(status.getAsJsonObject("build").has("version")).isTrue();
    assertThat(text(status, "policy_snapshot")).isNotEmpty();
    assertThat(get("config/effective").has("config")).isTrue();
  }

  @Test
  void a_tenant_sees_its_own_and_nothing_else() {
    String job = held("x");

    JsonObject theirs = ok("GET", "approvals", "", "x-tenant-id", "other").getAsJsonObject();
    assertThat(items(theirs)).isEmpty();
    assertThat(items(get("approvals?tenant=other"))).isEmpty();
    HttpResponse<String> foreign =
        send("POST", "approvals/" + job + "/reject", "", "x-tenant-id", "other");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(items(get("approvals"))).hasSize(1);
  }

  @Test
  void paths_without_a_core_are_refused_by_name() {
    for (String path : List.of("workflows", "dlq/x/retry", "approvals/x", "policy/bundles")) {
      HttpResponse<String> answer = send("GET", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("ROUTE_NOT_FOUND", path);
    }
  }
}
