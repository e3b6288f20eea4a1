package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.service.EchoTask;
import dev.reeve.service.RegisteredAction;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatus;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GovernanceStationTest {
  private static final Metadata.Key<String> GENOME =
      Metadata.Key.of("genome-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final ProblemCode MISSING =
      new ProblemCode(ProblemKind.UNAVAILABLE, "GENOME_MISSING", "There is no genome.");

  private final GatewayFixture fixture =
      GatewayFixture.start((services, _) -> List.of(MathisonDialect.create(services)));
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private final MathisonServiceGrpc.MathisonServiceBlockingStub mathison =
      MathisonServiceGrpc.newBlockingStub(
          ClientInterceptors.intercept(
              fixture.channel(), MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)));

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void without_governance_calls_are_refused_by_its_reason_and_health_answers() {
    fixture.governance(new Fallen());

    assertThatThrownBy(() -> mathison.runJob(run()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(Refusals.info(e).getReason()).isEqualTo("GENOME_MISSING");
            });
    assertThat(
            HealthGrpc.newBlockingStub(fixture.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatusValue())
        .isPositive();
  }

  @Test
  void every_answer_and_every_event_names_the_genome() {
    fixture.governance(new Standing());
    fixture.execute("echo", EchoTask.ROUTE, 1, new EchoTask());

    String job = mathison.runJob(run()).getJobId();
    assertThat(headers.get().get(GENOME)).isEqualTo("g-1");
    assertThat(trailers.get().get(GENOME)).isEqualTo("g-1");
    Iterator<JobStatus> events =
        mathison.streamJobStatus(JobStatusRequest.newBuilder().setJobId(job).build());
    JobStatus first = events.next();
    assertThat(first.getGenomeId()).isEqualTo("g-1");
    assertThat(first.getGenomeVersion()).isEqualTo("1.2");
    assertThat(headers.get().get(GENOME)).isEqualTo("g-1");
  }

  @Test
  void answers_in_json_name_the_genome_too() throws Exception {
    fixture.governance(new Standing());
    fixture.execute("echo", EchoTask.ROUTE, 1, new EchoTask());

    for (String body : List.of("{\"job_type\":\"echo\"}", "{\"job_type\":\"\"}")) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:"
                                  + fixture.gateway().httpPort()
                                  + "/mathison.MathisonService/RunJob"))
                      .header("content-type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.headers().firstValue("genome-id")).as(answer.body()).contains("g-1");
      assertThat(answer.headers().firstValue("genome-version")).contains("1.2");
    }
  }

  @Test
  void streams_and_paths_and_refusals_at_the_door_name_the_genome_too() throws Exception {
    fixture.governance(new Standing());
    fixture.execute("echo", EchoTask.ROUTE, 1, new EchoTask());
    String job = mathison.runJob(run()).getJobId();
    String stream = "mathison.MathisonService/StreamJobStatus";
    String ask = "{\"job_id\":\"" + job + "\"}";

    for (HttpResponse<String> answer :
        List.of(
            send(stream, ask, "accept", "text/event-stream"),
            send(stream, ask, "accept", "application/x-ndjson"),
            send(stream, "{\"job_id\":\"none\"}", "accept", "text/event-stream"),
            send("api/v1/jobs", "{", "accept", "*/*"),
            send("nowhere.Service/Method", "{}", "accept", "*/*"))) {
      assertThat(answer.headers().allValues("genome-id"))
          .as(answer.uri() + " " + answer.body())
          .containsExactly("g-1");
      assertThat(answer.headers().allValues("genome-version")).containsExactly("1.2");
    }
  }

  private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + fixture.gateway().httpPort() + "/" + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JobRunRequest run() {
    return JobRunRequest.newBuilder().setJobType("echo").build();
  }

  private static class Standing implements GovernanceStation {
    @Override
    public Optional<Problem> refusal(RegisteredAction action) {
      return Optional.empty();
    }

    @Override
    public GenomeInForce genome() {
      return new GenomeInForce("g-1", "1.2");
    }
  }

  private static final class Fallen extends Standing {
    @Override
    public Optional<Problem> refusal(RegisteredAction action) {
      return action.access() == RegisteredAction.Access.PUBLIC
          ? Optional.empty()
          : Optional.of(MISSING.because("no genome"));
    }
  }
}
