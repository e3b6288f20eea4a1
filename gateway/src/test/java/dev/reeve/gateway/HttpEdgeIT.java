package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.ShadowPolicies;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEdgeIT {
  private final GatewayFixture fixture =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    fixture.close();
  }

  @Test
  void a_job_is_submitted_and_read_as_json() {
    HttpResponse<String> submitted = submit("one");

    assertThat(submitted.statusCode()).isEqualTo(200);
    assertThat(submitted.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(submitted.body()).contains("\"job_id\":\"one\"");

    HttpResponse<String> read = post("reeve.v1.JobService/GetJob", "{\"jobId\": \"one\"}");

    assertThat(read.body()).contains("\"state\":\"JOB_STATE_QUEUED\"", "\"topic\":\"job.default\"");
  }

  @Test
  void a_refusal_is_a_problem_with_reason_and_field() {
    HttpResponse<String> misspelt = post("reeve.v1.JobService/GetJob", "{\"job_idd\": \"one\"}");
    HttpResponse<String> missing = post("reeve.v1.JobService/GetJob", "{\"job_id\": \"none\"}");

    assertThat(misspelt.statusCode()).isEqualTo(400);
    assertThat(misspelt.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(misspelt.body())
        .contains("\"reason\":\"JSON_INVALID\"", "\"field\":\"job_idd\"", "did you mean");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("\"code\":\"NOT_FOUND\"", "\"status\":404");
  }

  @Test
  void paths_methods_and_media_types_are_refused_by_name() {
    assertThat(send("GET", "nowhere", "", "application/json").statusCode()).isEqualTo(404);
    HttpResponse<String> get = send("GET", "reeve.v1.JobService/GetJob", "", "application/json");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).hasValue("POST");
    assertThat(send("POST", "reeve.v1.JobService/GetJob", "{}", "text/plain").statusCode())
        .isEqualTo(415);
    HttpResponse<String> notYet = post("cordum.v1.ContextEngine/BuildWindow", "{}");
    assertThat(notYet.statusCode()).isEqualTo(501);
    assertThat(notYet.body()).contains("CAPABILITY_NOT_YET");
    HttpResponse<String> duplex = post("reeve.v1.WorkerService/Connect", "{}");
    assertThat(duplex.statusCode()).isEqualTo(501);
    assertThat(duplex.body()).contains("STREAM_NEEDS_GRPC");
  }

  @Test
  void a_web_page_of_another_origin_is_kept_out() throws IOException {
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("ORIGIN_REFUSED");
    assertThat(
            raw(
                String.join(
                    "\r\n",
                    "GET /healthz HTTP/1.1",
                    "Host: localhost",
                    "Origin: http://evil.example",
                    "Connection: close",
                    "",
                    "")))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void a_header_that_names_another_address_is_not_believed() throws IOException {
    String body = "{\"job_id\": \"none\"}";

    assertThat(
            raw(
                "POST /reeve.v1.JobService/GetJob HTTP/1.1\r\nHost: localhost\r\n"
                    + "reeve-peer-address: 8.8.8.8\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void an_upgrade_to_http_2_is_not_heard() throws IOException {
    assertThat(
            raw(
                String.join(
                    "\r\n",
                    "GET /metrics HTTP/1.1",
                    "Host: localhost",
                    "Connection: Upgrade, HTTP2-Settings, close",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA",
                    "",
                    "")))
        .startsWith("HTTP/1.1 200")
        .contains("# TYPE");
  }

  @Test
  void http_2_by_prior_knowledge_is_spoken() {
    AggregatedHttpResponse health =
        WebClient.of("h2c://127.0.0.1:" + fixture.gateway().httpPort())
            .get("/healthz")
            .aggregate()
            .join();

    assertThat(health.status()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void a_request_that_comes_byte_by_byte_is_read() throws IOException {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      for (byte letter :
          ascii("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
        out.write(letter);
        out.flush();
      }
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void too_much_is_refused() throws IOException {
    String large = "{\"job_id\": \"" + "x".repeat(3_000_000) + "\"}";

    assertThat(post("reeve.v1.JobService/GetJob", large).statusCode()).isEqualTo(413);
    assertThat(
            raw(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Flood: "
                    + "x".repeat(20_000)
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void health_tells_reasons_and_metrics_count_calls() {
    submit("counted");

    assertThat(send("GET", "healthz", "", "").body())
        .isEqualTo("{\"status\":\"ok\",\"reasons\":[]}");
    assertThat(send("GET", "metrics", "", "").body())
        .contains(
            "reeve_calls_total{code=\"OK\",method=\"reeve.v1.JobService/SubmitJob\"} 1.0",
            "reeve_jobs_admitted_total 1.0",
            "jvm_memory_used_bytes");

    fixture.setHealth(
        new HealthView.Health(HealthView.State.DEGRADED, List.of("policy file is gone")));
    HttpResponse<String> degraded = send("GET", "healthz", "", "");
    assertThat(degraded.statusCode()).isEqualTo(200);
    assertThat(degraded.body())
        .isEqualTo("{\"status\":\"degraded\",\"reasons\":[\"policy file is gone\"]}");

    fixture.setHealth(new HealthView.Health(HealthView.State.UNAVAILABLE, List.of("store")));
    assertThat(send("GET", "healthz", "", "").statusCode()).isEqualTo(503);
  }

  @Test
  void metrics_count_what_a_shadow_policy_would_change() {
    fixture
        .services()
        .rules()
        .shadows()
        .replace(
            List.of(
                new ShadowPolicies.Named(
                    "next.yaml",
                    PolicyFile.load(Bytes.utf8("default_decision: deny\n")).orThrow("shadow"))));

    submit("shadowed");

    assertThat(send("GET", "metrics", "", "").body())
        .contains(
            "reeve_shadow_policy_decisions_total{policy=\"next.yaml\"} 1.0",
            "reeve_shadow_policy_flips_total{policy=\"next.yaml\"} 1.0",
            "reeve_shadow_policy_loosened_total{policy=\"next.yaml\"} 0.0");
  }

  @Test
  void a_stream_is_lines_of_results_or_events_that_resume() {
    submit("watched");
    post("reeve.v1.JobService/CancelJob", "{\"job_id\": \"watched\"}");
    String watch = "{\"jobs\": [{\"job_id\": \"watched\"}]}";

    List<String> lines = post("reeve.v1.JobService/WatchJobs", watch).body().lines().toList();
    String events = sse(watch, "");
    String resumed = sse(watch, "1");

    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("{\"result\":"));
    assertThat(lines.getFirst()).contains("\"event_seq\":\"1\"");
    assertThat(lines.getLast()).contains("JOB_STATE_CANCELLED");
    assertThat(events).startsWith("id: 1\ndata: {").endsWith("event: end\ndata: {}\n\n");
    assertThat(resumed).startsWith("id: 2\ndata: {");
    assertThat(events).endsWith(resumed);
  }

  private HttpResponse<String> submit(String id) {
    return post(
        "reeve.v1.JobService/SubmitJob",
        "{\"job_id\": \"" + id + "\", \"topic\": \"job.default\"}");
  }

  private HttpResponse<String> post(String path, String body) {
    return send("POST", path, body, "application/json");
  }

  private String sse(String body, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("reeve.v1.JobService/WatchJobs"))
            .header("content-type", "application/json")
            .header("accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!lastEventId.isEmpty()) {
      request.header("last-event-id", lastEventId);
    }
    return send(request.build()).body();
  }

  private HttpResponse<String> send(String method, String path, String body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("content-type", type);
    }
    return send(request.build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + fixture.gateway().httpPort() + "/" + path);
  }

  /// What comes back for exactly these bytes.
  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(ascii(request));
      out.flush();
      return answer(socket);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), fixture.gateway().httpPort());
  }

  private static byte[] ascii(String request) {
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
