package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that people and workers have a say in, on one server.
class GovernedJobsIT {
  private static final Duration CANCEL_MAX = Duration.ofSeconds(1);

  @TempDir static Path folder;
  private static ReeveProcess server;
  private static ForeignClient client;

  @BeforeAll
  static void start() {
    server =
        ReeveProcess.up(
            folder.resolve("data"), Map.of("REEVE_WORKERS_LEASE", "2s"), "--http-port", "0");
    client = ForeignClient.to(server.ready().grpc());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void a_running_simulation_stops_within_a_second_of_its_cancel_and_so_does_what_waits_for_it() {
    String circuit = EigenName.SEED.submit(client, Circuits.slow(300), "");
    String child =
        EigenName.SEED.submit(client, Circuits.BELL, ", \"dependencies\": [\"" + circuit + "\"]");
    ForeignStream stream = EigenName.SEED.stream(client, circuit, 0);
    stream.until(message -> {
      EigenName.Update update = EigenName.SEED.update(message);
      return update.state().equals("RUNNING") && Float.parseFloat(update.progress()) > 0;
    });

    long begin = System.nanoTime();
    EigenName.SEED.call(client, "CancelJob", circuit);
    List<EigenName.Update> end = EigenName.SEED.updates(stream.rest());

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CANCEL_MAX);
    assertThat(end.getLast().state()).isEqualTo("CANCELLED");
    assertThat(EigenName.SEED.updates(EigenName.SEED.stream(client, child, 0).rest()).getLast())
        .extracting(EigenName.Update::state)
        .isEqualTo("ERROR");
  }

  @Test
  void a_job_of_a_vanished_worker_runs_elsewhere_after_the_lease() {
    String job = DrainIT.submit(client, "job.default");
    try (CliProcess first = worker("sleep 60")) {
      DrainIT.awaitState(client, job, "JOB_STATE_EXECUTING");
      first.kill();
    }

    try (CliProcess second = worker("cat")) {
      DrainIT.awaitState(client, job, "JOB_STATE_COMPLETED");
      assertThat(second.isAlive()).isTrue();
    }

    assertThat(DrainIT.job(client, job).number("job.attempt")).isEqualTo(2);
  }

  @Test
  void a_held_job_runs_when_approved_and_is_denied_when_rejected() {
    String approved = held();
    String rejected = held();

    assertThat(command("approve", approved)).isZero();
    assertThat(command("reject", rejected, "--reason", "not today")).isZero();

    try (CliProcess worker = worker("cat")) {
      DrainIT.awaitState(client, approved, "JOB_STATE_COMPLETED");
      assertThat(worker.isAlive()).isTrue();
    }
    assertThat(DrainIT.job(client, rejected).text("job.state")).isEqualTo("JOB_STATE_DENIED");
    assertThat(cordumState(rejected)).isEqualTo("DENIED");
    assertThat(cordumState(approved)).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_failed_job_is_retried_once_its_worker_is_mended() {
    String job = DrainIT.submit(client, "job.default");
    try (CliProcess broken = worker("echo broken >&2; exit 1")) {
      DrainIT.awaitState(client, job, "JOB_STATE_FAILED");
      assertThat(broken.isAlive()).isTrue();
    }
    assertThat(http("GET", "/api/v1/dlq")).contains(job);

    String made = retried(job);
    assertThat(command("retry", job)).isZero();
    assertThat(retried(job)).isEqualTo(made);
    try (CliProcess mended = worker("cat")) {
      DrainIT.awaitState(client, made, "JOB_STATE_COMPLETED");
      assertThat(mended.isAlive()).isTrue();
    }

    assertThat(DrainIT.job(client, job).text("job.state")).isEqualTo("JOB_STATE_FAILED");
    assertThat(http("POST", "/api/v1/dlq/" + made + "/retry")).contains("JOB_NOT_RETRYABLE");
    assertThat(http("GET", "/api/v1/dlq")).contains(job).doesNotContain(made);
  }

  private static String retried(String job) {
    String answer = http("POST", "/api/v1/dlq/" + job + "/retry");
    return JsonParser.parseString(answer).getAsJsonObject().get("job_id").getAsString();
  }

  @Test
  void a_policy_that_is_lost_stays_in_force_and_health_says_so() throws IOException {
    Path policy = folder.resolve("data").resolve("policy.yaml");
    String text = Files.readString(policy);
    Files.delete(policy);

    Await.until("degraded", () -> health().contains("degraded"));

    assertThat(health()).contains(policy.toString());
    DrainIT.awaitState(client, DrainIT.submit(client, "job.echo"), "JOB_STATE_COMPLETED");
    Files.writeString(policy, text);
    Await.until("ok again", () -> health().contains("\"ok\""));
  }

  private static String held() {
    ForeignMessage answer =
        client.call(
            "cordum.v1.CordumApi/SubmitJob",
            """
            {"prompt": "deploy", "topic": "job.default", "risk_tags": ["prod"],
             "principal_id": "alice"}
            """);
    assertThat(answer.text("status")).isEqualTo("approval_required");
    return answer.text("job_id");
  }

  private static String cordumState(String job) {
    return client
        .call("cordum.v1.CordumApi/GetJobStatus", "{\"job_id\": \"" + job + "\"}")
        .text("status");
  }

  private static CliProcess worker(String command) {
    return CliProcess.worker(
        server.ready().grpc(), "job.default", command, folder.resolve("worker.log"));
  }

  private static int command(String name, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = name;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--server";
    all[arguments.length + 2] = server.ready().grpc();
    try (CliProcess command = CliProcess.start(folder.resolve("cli.log"), all)) {
      return command.end();
    }
  }

  private static String health() {
    return http("GET", "/healthz");
  }

  private static String http(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.ready().http() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
