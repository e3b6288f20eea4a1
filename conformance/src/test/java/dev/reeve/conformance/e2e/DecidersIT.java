package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers, the second one asked by the first about every job and every result.
class DecidersIT {
  private static final String OURS =
      """
      version: ours
      default_decision: deny
      rules:
        - {id: ours-no, match: {topics: [job.no]}, decision: deny, reason: not here}
        - {id: ours-all, match: {topics: ["job.*"]}, decision: allow}
      """;

  private static final String SECRET = "AKIA" + "Z7QJ5PLXW3NRB2KD";

  private static final String THEIRS =
      """
      version: theirs
      default_decision: deny
      rules:
        - {id: theirs-no, match: {topics: [job.bad]}, decision: deny, reason: bad is off}
        - {id: theirs-hold, match: {topics: [job.held]}, decision: require_approval, reason: look first}
        - {id: theirs-leak, match: {topics: [job.leak]}, decision: deny, reason: no SECRET here}
        - {id: theirs-ask, match: {topics: [job.ask]}, decision: require_approval, reason: with SECRET}
        - {id: theirs-all, match: {topics: ["job.*"]}, decision: allow}
      output_policy: {enabled: true}
      output_rules:
        - {id: words, severity: high, decision: quarantine, reason: is SECRET, match: {keywords: [plum]}}
        - {id: keys, severity: critical, decision: quarantine, match: {scanners: [secret]}}
      """
          .replace("SECRET", SECRET);

  @TempDir Path folder;
  private ReeveProcess theirs;

  @BeforeEach
  void startTheirs() throws IOException {
    Path policy = Files.writeString(folder.resolve("theirs.yaml"), THEIRS);
    theirs =
        ReeveProcess.up(
            folder.resolve("theirs"), "--http-port", "0", "--policy", policy.toString());
  }

  @AfterEach
  void stopTheirs() {
    theirs.close();
  }

  @Test
  void the_other_server_takes_back_and_its_outage_refuses_until_it_is_back() {
    try (ReeveProcess ours = startOurs("closed");
        ForeignClient client = ForeignClient.to(ours.ready().grpc())) {
      DrainIT.awaitState(client, DrainIT.submit(client, "job.echo"), "JOB_STATE_COMPLETED");
      assertThat(DrainIT.job(client, DrainIT.submit(client, "job.held")).text("job.state"))
          .isEqualTo("JOB_STATE_AWAITING_APPROVAL");
      assertRefused(client, "job.bad", Status.Code.PERMISSION_DENIED, "bad is off");
      assertRefused(client, "job.no", Status.Code.PERMISSION_DENIED, "not here");
      assertThat(get(ours, "/healthz")).contains("\"state\":\"closed\"");

      theirs.kill();

      for (int i = 0; i < 4; i++) {
        assertRefused(client, "job.echo", Status.Code.UNAVAILABLE, "safety_kernel");
      }
      assertRefused(client, "job.no", Status.Code.PERMISSION_DENIED, "not here");
      assertThat(get(ours, "/healthz")).contains("degraded", "decider safety_kernel");
      assertThat(get(ours, "/metrics"))
          .contains("reeve_decider_calls_total{decider=\"safety_kernel\",outcome=\"failed\"} ");

      try (ReeveProcess again = theirs.again()) {
        Await.until("asked again", () -> isAdmitted(client));
        Await.until(
            "closed again",
            () -> isAdmitted(client) && get(ours, "/healthz").contains("\"state\":\"closed\""));
        assertRefused(client, "job.bad", Status.Code.PERMISSION_DENIED, "bad is off");
        assertThat(again.isAlive()).isTrue();
      }
    }
  }

  @Test
  void with_an_open_fail_mode_jobs_run_marked_and_receipted() {
    theirs.kill();
    try (ReeveProcess ours = startOurs("open");
        ForeignClient client = ForeignClient.to(ours.ready().grpc())) {
      String job = DrainIT.submit(client, "job.echo");

      DrainIT.awaitState(client, job, "JOB_STATE_COMPLETED");
      String receipts = client.call("reeve.v1.AuditService/ListReceipts", "{}").toString();
      assertThat(receipts).contains("bypass").contains("safety_kernel");
      assertRefused(client, "job.no", Status.Code.PERMISSION_DENIED, "not here");
    }
  }

  @Test
  void results_are_checked_by_the_other_server_too() {
    try (ReeveProcess ours = startOurs("closed");
        ForeignClient client = ForeignClient.to(ours.ready().grpc())) {
      String clean = DrainIT.submit(client, "job.echo");
      String leak =
          client
              .call(
                  "reeve.v1.JobService/SubmitJob",
                  "{\"topic\": \"job.echo\", \"payload\": \"%s\"}"
                      .formatted(Json.base64("key AKIA" + "Z7QJ5PLXW3NRB2KD")))
              .text("job.job_id");

      DrainIT.awaitState(client, clean, "JOB_STATE_COMPLETED");
      DrainIT.awaitState(client, leak, "JOB_STATE_QUARANTINED");
    }
  }

  @Test
  void a_secret_in_the_words_of_the_other_server_reaches_neither_client_nor_disk()
      throws IOException {
    try (ReeveProcess ours = startOurs("closed");
        ForeignClient client = ForeignClient.to(ours.ready().grpc());
        ForeignClient them = ForeignClient.to(theirs.ready().grpc())) {
      assertThat(
              them.call(
                      "cordum.agent.v1.SafetyKernel/Check",
                      "{\"topic\": \"job.leak\", \"tenant\": \"default\"}")
                  .text("reason"))
          .as("what ours is told")
          .contains(SECRET);

      assertThatThrownBy(() -> DrainIT.submit(client, "job.leak"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(String.valueOf(StatusProto.fromThrowable(refused)))
                      .contains("[REDACTED]")
                      .doesNotContain(SECRET));
      String held = DrainIT.submit(client, "job.ask");
      String quarantined =
          client
              .call(
                  "reeve.v1.JobService/SubmitJob",
                  "{\"topic\": \"job.echo\", \"payload\": \"%s\"}".formatted(Json.base64("plum")))
              .text("job.job_id");
      DrainIT.awaitState(client, quarantined, "JOB_STATE_QUARANTINED");

      StringBuilder said = new StringBuilder();
      for (String job : List.of(held, quarantined)) {
        String named = "{\"job_id\": \"" + job + "\"}";
        said.append(DrainIT.job(client, job));
        said.append(client.call("reeve.v1.JobService/ExplainJob", named));
      }
      said.append(client.call("reeve.v1.ApprovalService/ListApprovals", "{}"));
      String receipts = client.call("reeve.v1.AuditService/ListReceipts", "{}").toString();
      assertThat(receipts).contains("theirs-leak", "theirs-ask", "words", "[REDACTED]");
      assertThat(said.append(receipts).append(get(ours, "/healthz")).toString())
          .contains("[REDACTED]")
          .doesNotContain(SECRET);
    }
    try (Stream<Path> files = Files.walk(folder.resolve("ours"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }

  private ReeveProcess startOurs(String failMode) {
    Map<String, String> settings = new HashMap<>();
    String address = theirs.ready().grpc();
    settings.put("REEVE_DECIDERS_SAFETY_KERNEL_ADDRESS", address);
    settings.put("REEVE_DECIDERS_SAFETY_KERNEL_FAIL_MODE", failMode);
    settings.put("REEVE_DECIDERS_OUTPUT_POLICY_ADDRESS", address);
    settings.put("REEVE_DECIDERS_OUTPUT_POLICY_FAIL_MODE", failMode);
    settings.put("REEVE_DECIDERS_OUTPUT_POLICY_METADATA_TIMEOUT", "2s");
    settings.put("REEVE_DECIDERS_OPEN_TIME", "1s");
    try {
      Path policy = Files.writeString(folder.resolve("ours.yaml"), OURS);
      return ReeveProcess.up(
          folder.resolve("ours"), settings, "--http-port", "0", "--policy", policy.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAdmitted(ForeignClient client) {
    try {
      return !DrainIT.submit(client, "job.echo").isEmpty();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    }
  }

  private static void assertRefused(
      ForeignClient client, String topic, Status.Code code, String words) {
    assertThatThrownBy(() -> DrainIT.submit(client, topic))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode()).isEqualTo(code);
              assertThat(refused.getStatus().getDescription()).contains(words);
            });
  }

  private static String get(ReeveProcess server, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://" + server.ready().http() + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
