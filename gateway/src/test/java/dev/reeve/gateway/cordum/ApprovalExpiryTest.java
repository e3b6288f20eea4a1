package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.MemoryPointers;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What whoever decides hears when nobody decided in time.
class ApprovalExpiryTest {
  private final GatewayFixture gateway =
      GatewayFixture.startOnTerms(
          new ApprovalTerms(1, Duration.ofMillis(20)),
          GatewayFixture.POLICY,
          (services, archive) ->
              List.of(
                  CordumDialect.create(services),
                  CapDialect.create(services, new MemoryPointers()),
                  ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
      ApprovalServiceGrpc.newBlockingStub(gateway.channel());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  /// A job about which nobody decided in time.
  private String expired() {
    String job =
        jobs.submitJob(
                SubmitJobRequest.newBuilder().setTopic("job.open.pay").addRiskTags("prod").build())
            .getJob()
            .getJobId();
    Await.value(
        "state",
        JobState.JOB_STATE_DENIED,
        () -> jobs.getJob(GetJobRequest.newBuilder().setJobId(job).build()).getJob().getState());
    return job;
  }

  private HttpResponse<String> post(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + gateway.gateway().httpPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void an_approval_that_expired_cannot_be_decided_over_http() throws Exception {
    String job = expired();

    for (String wish : List.of("approve", "reject")) {
      HttpResponse<String> late = post("/api/v1/approvals/" + job + "/" + wish);
      assertThat(late.statusCode()).as(late.body()).isEqualTo(409);
      assertThat(late.body())
          .contains(
              "\"code\":\"approval_not_actionable\"",
              "\"reason\":\"APPROVAL_NOT_ACTIONABLE\"",
              "nobody decided in time");
    }
  }

  @Test
  void an_approval_that_expired_cannot_be_decided_over_grpc() {
    String job = expired();

    assertThat(
            Refusals.of(
                () -> approvals.approveJob(ApproveJobRequest.newBuilder().setJobId(job).build())))
        .isEqualTo("ALREADY_EXISTS APPROVAL_NOT_ACTIONABLE []");
    assertThat(
            Refusals.of(
                () -> approvals.rejectJob(RejectJobRequest.newBuilder().setJobId(job).build())))
        .isEqualTo("ALREADY_EXISTS APPROVAL_NOT_ACTIONABLE []");
  }
}
