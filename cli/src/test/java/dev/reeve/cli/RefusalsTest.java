package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the server's refusals become: words, reasons and exit codes.
class RefusalsTest {
  private final FakeServer server = FakeServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 2",
    "NOT_FOUND, 2",
    "ALREADY_EXISTS, 2",
    "FAILED_PRECONDITION, 2",
    "OUT_OF_RANGE, 2",
    "UNAUTHENTICATED, 2",
    "UNAVAILABLE, 3",
    "DEADLINE_EXCEEDED, 3",
    "PERMISSION_DENIED, 4",
    "RESOURCE_EXHAUSTED, 4",
    "ABORTED, 4",
    "CANCELLED, 4",
    "UNIMPLEMENTED, 4",
    "INTERNAL, 4",
    "UNKNOWN, 4",
    "DATA_LOSS, 4"
  })
  void each_status_has_its_exit_code(Status.Code code, int exitCode) {
    server.refusals.add(
        FakeServer.refusal(
            code,
            "because",
            ErrorInfo.newBuilder().setReason("SOME_REASON").setDomain("reeve.v1").build()));

    CliRun.Result result = submit();

    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("reeve: because\n  reason: SOME_REASON\n");
  }

  @ParameterizedTest
  @CsvSource({"APPROVAL_STALE_REQUEST, 4", "APPROVAL_STALE_SNAPSHOT, 4", "JOB_ID_TAKEN, 2"})
  void an_approval_of_what_has_changed_is_no_fault_of_the_caller(String reason, int exitCode) {
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.ALREADY_EXISTS,
            "because",
            ErrorInfo.newBuilder().setReason(reason).setDomain("reeve.v1").build()));

    assertThat(submit().exitCode()).isEqualTo(exitCode);
  }

  @Test
  void a_denied_job_names_the_rule_and_the_job() {
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.PERMISSION_DENIED,
            "denied by policy: no production",
            ErrorInfo.newBuilder()
                .setReason("POLICY_DENIED")
                .setDomain("reeve.v1")
                .putMetadata("rule_id", "no-prod")
                .putMetadata("job_id", "job-9")
                .putMetadata("policy_snapshot", "abc")
                .build()));

    CliRun.Result result = submit();

    assertThat(result.err())
        .isEqualTo(
            """
            reeve: denied by policy: no production
              reason: POLICY_DENIED
              job_id: job-9
              policy_snapshot: abc
              rule_id: no-prod
            """);
  }

  @Test
  void details_of_every_kind_are_shown() {
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.RESOURCE_EXHAUSTED,
            "too much",
            ErrorInfo.newBuilder().setReason("QUOTA").setDomain("eigen.api.v1").build(),
            BadRequest.newBuilder()
                .addFieldViolations(
                    BadRequest.FieldViolation.newBuilder()
                        .setField("program")
                        .setDescription("expected: at most 262144 bytes"))
                .build(),
            RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(90)).build(),
            QuotaFailure.newBuilder()
                .addViolations(
                    QuotaFailure.Violation.newBuilder()
                        .setSubject("tenant:acme")
                        .setDescription("100 queued"))
                .build(),
            PreconditionFailure.newBuilder()
                .addViolations(
                    PreconditionFailure.Violation.newBuilder()
                        .setType("SLOT")
                        .setDescription("taken"))
                .build(),
            ResourceInfo.newBuilder().setResourceType("job").setResourceName("j").build()));

    CliRun.Result result = submit();

    assertThat(result.err())
        .isEqualTo(
            """
            reeve: too much
              reason: QUOTA
              field: program: expected: at most 262144 bytes
              precondition: SLOT: taken
              quota: tenant:acme: 100 queued
              resource: job j
              retry in: 1m30s
            """);
  }

  @Test
  void with_json_a_failure_is_one_line_of_problem_json() {
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.UNAVAILABLE,
            "the store does not answer",
            ErrorInfo.newBuilder()
                .setReason("STORE_UNAVAILABLE")
                .setDomain("reeve.v1")
                .putMetadata("retryable", "true")
                .build(),
            RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(1)).build()));

    CliRun.Result result =
        CliRun.against(server).run("submit", "--topic", "t", "--data", "x", "--json");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err().lines()).hasSize(1);
    JsonObject problem = JsonParser.parseString(result.err()).getAsJsonObject();
    assertThat(problem.get("title").getAsString()).isEqualTo("UNAVAILABLE");
    assertThat(problem.get("detail").getAsString()).isEqualTo("the store does not answer");
    assertThat(problem.get("reason").getAsString()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(problem.get("domain").getAsString()).isEqualTo("reeve.v1");
    assertThat(problem.get("retry_after").getAsString()).isEqualTo("1.0s");
    assertThat(problem.get("exit_code").getAsInt()).isEqualTo(3);
    assertThat(problem.getAsJsonObject("metadata").get("retryable").getAsString())
        .isEqualTo("true");
  }

  @Test
  void the_server_cannot_write_on_the_terminal_through_a_message() {
    server.refusals.add(
        FakeServer.refusal(Status.Code.INTERNAL, "bad \033[31mred\033[0m \u202eoverride"));

    CliRun.Result result = submit();

    assertThat(result.err()).doesNotContain("\033").doesNotContain("\u202e");
    assertThat(result.err()).startsWith("reeve: bad ?[31mred?[0m ?override");
  }

  @Test
  void a_server_that_never_answers_ends_the_call_in_time() throws Exception {
    try (java.net.ServerSocket mute = new java.net.ServerSocket(0)) {
      CliRun.Result result =
          new CliRun()
              .run(
                  "status",
                  "j",
                  "--server",
                  "127.0.0.1:" + mute.getLocalPort(),
                  "--call-timeout",
                  "300ms");

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("did not answer in time").contains("--call-timeout");
    }
  }

  private CliRun.Result submit() {
    return CliRun.against(server).run("submit", "--topic", "t", "--data", "x");
  }

  @Test
  void who_may_not_decide_a_job_hears_what_else_there_is() {
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.PERMISSION_DENIED,
            "because",
            ErrorInfo.newBuilder()
                .setReason("SELF_APPROVAL_DENIED")
                .setDomain("reeve.dev")
                .build()));

    CliRun.Result result = submit();

    assertThat(result.err()).contains("hint: ").contains("--principal").contains("reeve cancel");
  }
}
