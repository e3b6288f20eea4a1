package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What policy sees of a job, and what the writer counts, by way of the real APIs.
final class AdmissionTest {
  private static final String RULES =
      """
      version: "1"
      default_decision: allow
      rules:
        - id: no-packs
          match: {pack_ids: [bad-pack]}
          decision: deny
          reason: pack is banned
        - id: no-robots
          match: {actor_types: [robot]}
          decision: deny
        - id: no-mallory
          match: {actor_ids: [mallory]}
          decision: deny
        - id: no-gpu
          match: {requires: [gpu]}
          decision: deny
        - id: no-prod
          match: {risk_tags: [prod]}
          decision: deny
        - id: no-red
          match: {labels: {team: red}}
          decision: deny
        - id: no-secrets
          match: {secrets_present: true}
          decision: deny
        - id: rate
          match: {topics: [job.rated]}
          velocity: {max_requests: 20, window_seconds: 3600, key: tenant}
          decision: throttle
          reason: too many
      input_rules:
        - id: no-bombs
          match: {keywords: [bomb]}
          decision: deny
          reason: not here
      """;

  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          RULES,
          (services, archive) ->
              List.of(
                  ReeveFixture.dialect(services, archive),
                  CordumDialect.create(services),
                  MathisonDialect.create(services)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static SubmitJobRequest.Builder job() {
    return SubmitJobRequest.newBuilder().setTopic("job.nobody");
  }

  private String submitted(SubmitJobRequest.Builder job) {
    return JobServiceGrpc.newBlockingStub(gateway.channel())
        .submitJob(job.build())
        .getJob()
        .getJobId();
  }

  private void refused(SubmitJobRequest.Builder job, String rule) {
    assertThatThrownBy(() -> submitted(job))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
              assertThat(info(e).getMetadataMap()).containsEntry("rule_id", rule);
            });
  }

  private static ErrorInfo info(StatusRuntimeException e) {
    return Objects.requireNonNull(StatusProto.fromThrowable(e)).getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(detail -> {
          try {
            return detail.unpack(ErrorInfo.class);
          } catch (InvalidProtocolBufferException bad) {
            throw new IllegalStateException(bad);
          }
        })
        .findFirst()
        .orElseThrow();
  }

  private static Metadata headers(String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return headers;
  }

  @Test
  void a_rule_sees_who_acts_what_is_required_and_what_is_in_the_payload() {
    refused(job().setPackId("bad-pack"), "no-packs");
    refused(job().setActorType("robot"), "no-robots");
    refused(job().setActorId("Mallory"), "no-mallory");
    refused(job().addRequires("gpu"), "no-gpu");
    refused(job().setPayload(ByteString.copyFromUtf8("a Bomb")), "no-bombs");
    refused(job().setPayload(ByteString.copyFromUtf8("x secret://vault/a")), "no-secrets");

    assertThat(submitted(job().setPackId("good").setActorId("ada"))).isNotEmpty();
  }

  @Test
  void the_same_content_gets_the_same_answer_in_every_dialect() {
    assertThatThrownBy(() ->
            CordumApiGrpc.newBlockingStub(gateway.channel())
                .submitJob(
                    dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                        .setPrompt("build a bomb")
                        .build()))
        .isInstanceOfSatisfying(StatusRuntimeException.class, AdmissionTest::isNoBombs);
    assertThatThrownBy(() ->
            MathisonServiceGrpc.newBlockingStub(gateway.channel())
                .runJob(
                    JobRunRequest.newBuilder()
                        .setJobType("nobody")
                        .setInputs(ByteString.copyFromUtf8("{\"text\":\"bomb\"}"))
                        .build()))
        .isInstanceOfSatisfying(StatusRuntimeException.class, AdmissionTest::isNoBombs);
  }

  private static void isNoBombs(StatusRuntimeException e) {
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(info(e).getMetadataMap()).containsEntry("rule_id", "no-bombs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-reeve-risk-tags: a, prod", "x-reeve-label-team: red"})
  void the_metadata_of_a_call_speaks_where_the_message_has_no_place(String header) {
    String[] parts = header.split(": ", 2);

    assertThatThrownBy(() ->
            MathisonServiceGrpc.newBlockingStub(gateway.channel())
                .withInterceptors(
                    MetadataUtils.newAttachHeadersInterceptor(headers(parts[0], parts[1])))
                .runJob(JobRunRequest.newBuilder().setJobType("nobody").build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  @Test
  void of_a_hundred_jobs_at_once_exactly_as_many_pass_as_the_rate_permits() throws Exception {
    List<Callable<Status.Code>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(() -> code(job().setTopic("job.rated")));
    }
    List<Status.Code> codes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Status.Code> answer : threads.invokeAll(calls)) {
        codes.add(answer.get(60, TimeUnit.SECONDS));
      }
    }

    assertThat(codes).filteredOn(Status.Code.OK::equals).hasSize(20);
    assertThat(codes).filteredOn(Status.Code.RESOURCE_EXHAUSTED::equals).hasSize(80);
  }

  @Test
  void a_repeat_of_an_admitted_job_is_not_throttled() {
    SubmitJobRequest.Builder first = job().setTopic("job.rated").setIdempotencyKey("k");
    String id = submitted(first);
    for (int i = 0; i < 19; i++) {
      submitted(job().setTopic("job.rated"));
    }

    assertThat(code(job().setTopic("job.rated"))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(submitted(first)).isEqualTo(id);
  }

  private Status.Code code(SubmitJobRequest.Builder job) {
    try {
      submitted(job);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
