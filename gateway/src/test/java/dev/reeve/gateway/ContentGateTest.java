package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.service.EchoTask;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The boundary and the conscience in front of every API.
final class ContentGateTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(
              CordumDialect.create(services),
              MathisonDialect.create(services),
              ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub reeve =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final CordumApiGrpc.CordumApiBlockingStub cordum =
      CordumApiGrpc.newBlockingStub(gateway.channel());
  private final MathisonServiceGrpc.MathisonServiceBlockingStub mathison =
      MathisonServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static StatusRuntimeException refused(Callable<?> call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::call);
    assertThat(refused).isNotNull();
    return refused;
  }

  private static JobRunRequest run(String inputs) {
    return JobRunRequest.newBuilder()
        .setJobType("echo")
        .setInputs(ByteString.copyFromUtf8(inputs))
        .build();
  }

  @Test
  void what_is_suspicious_is_refused_with_the_text_of_the_contract() {
    StatusRuntimeException refused = refused(() -> mathison.runJob(run("{\"t\":\"<iframe>\"}")));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.getStatus().getDescription()).isEqualTo("CIF_INGRESS_BLOCKED");
    assertThat(Refusals.info(refused).getReason()).isEqualTo("CIF_QUARANTINED");
    assertThat(Refusals.metadata(refused)).containsEntry("detectors", "iframe");
  }

  @Test
  void streaming_calls_and_json_calls_pass_the_same_gate() throws Exception {
    StatusRuntimeException stream =
        refused(() ->
            mathison
                .streamJobStatus(JobStatusRequest.newBuilder().setJobId("..%2fx").build())
                .hasNext());
    assertThat(Refusals.info(stream).getReason()).isEqualTo("CIF_QUARANTINED");

    HttpResponse<String> json =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + gateway.gateway().httpPort()
                                + "/cordum.v1.CordumApi/SubmitJob"))
                    .header("content-type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"topic\":\"job.echo\",\"prompt\":\"eval (1)\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).contains("CIF_QUARANTINED");
  }

  @Test
  void the_handler_gets_the_cleaned_request_and_the_receipt_commits_to_both() throws Exception {
    gateway.execute("echo", EchoTask.ROUTE, 4, new EchoTask());

    JobResult result = mathison.runJob(run("{\"t\":\"<script>x</script>hi\"}"));

    assertThat(result.getStatus()).isEqualTo("completed");
    assertThat(result.getOutputs().toStringUtf8()).contains("hi").doesNotContain("script");
    assertThat(receipts())
        .anySatisfy(receipt ->
            assertThat(receipt.getLeaf().toStringUtf8())
                .contains("\"decision\":\"sanitise\"", "\"action\":\"action:job:run\"", "\"out\""));
  }

  @Test
  void a_refused_change_has_a_receipt_before_its_answer() {
    refused(() -> mathison.runJob(run("{\"t\":\"../x\"}")));

    assertThat(receipts())
        .anySatisfy(receipt ->
            assertThat(receipt.getLeaf().toStringUtf8())
                .contains(
                    "\"decision\":\"quarantine\"",
                    "CIF_QUARANTINED",
                    "\"action\":\"action:job:run\"",
                    "\"in\":"));
  }

  @Test
  void a_quarantined_read_has_a_receipt_too() {
    refused(() -> mathison.getJobStatus(JobStatusRequest.newBuilder().setJobId("../x").build()));

    assertThat(receipts())
        .anySatisfy(receipt ->
            assertThat(receipt.getLeaf().toStringUtf8())
                .contains(
                    "\"decision\":\"quarantine\"", "\"action\":\"action:job:status\"", "\"in\":"));
  }

  private List<ReceiptLeaf> receipts() {
    return AuditServiceGrpc.newBlockingStub(gateway.channel())
        .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(100).build())
        .getLeavesList();
  }

  @Test
  void a_repeat_is_told_by_the_request_as_it_came() throws Exception {
    gateway.execute("echo", EchoTask.ROUTE, 4, new EchoTask());
    JobRunRequest clean = run("{\"t\":\"go\"}").toBuilder().setJobId("one").build();
    JobRunRequest cut = run("{\"t\":\"javascript:go\"}").toBuilder().setJobId("one").build();

    assertThat(mathison.runJob(clean).getStatus()).isEqualTo("completed");
    StatusRuntimeException conflict = refused(() -> mathison.runJob(cut));

    assertThat(Refusals.info(conflict).getReason()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(mathison.runJob(clean).getJobId()).isEqualTo("one");
  }

  @Test
  void json_that_only_some_readers_take_is_looked_at_all_the_same() {
    StatusRuntimeException refused =
        refused(() ->
            reeve.submitJob(
                dev.reeve.wire.reeve.v1.SubmitJobRequest.newBuilder()
                    .setTopic("job.open.x")
                    .setPayload(ByteString.copyFromUtf8("{\"a\":1,\"a\":\"<iframe>\"}"))
                    .build()));

    assertThat(Refusals.info(refused).getReason()).isEqualTo("CIF_QUARANTINED");
  }

  private static SubmitJobRequest prompt(String prompt) {
    return SubmitJobRequest.newBuilder().setTopic("job.open.x").setPrompt(prompt).build();
  }

  @Test
  void a_stop_halts_everybody_and_still_lets_work_be_stopped() {
    String job = cordum.submitJob(prompt("go")).getJobId();
    ConsentSignal stop =
        new ConsentSignal(ConsentSignal.Kind.STOP, "admin", 1, 0, ConsentScope.ALL);
    gateway.standing(
        new ActionCheck.Standing(
            Consent.of(List.of(stop), Set.of("admin")), CapabilityCeiling.NONE, true, true));

    for (StatusRuntimeException refused :
        List.of(
            refused(() -> mathison.runJob(run("{}"))),
            refused(() -> reeve.getJob(GetJobRequest.newBuilder().setJobId(job).build())))) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(Refusals.info(refused).getReason()).isEqualTo("CONSENT_STOP_ACTIVE");
    }
    reeve.cancelJob(CancelJobRequest.newBuilder().setJobId(job).build());
  }

  @Test
  void what_no_capability_allows_is_refused() {
    gateway.standing(
        new ActionCheck.Standing(
            Consent.NONE,
            CapabilityCeiling.of(
                List.of(
                    new CapabilityCeiling.Capability(
                        "READ", "A", List.of("action:job:status"), List.of()))),
            true,
            true));

    StatusRuntimeException refused = refused(() -> mathison.runJob(run("{}")));

    assertThat(Refusals.info(refused).getReason()).isEqualTo("GENOME_CAPABILITY_DENIED");
  }

  @Test
  void words_of_a_job_leave_without_personal_data() throws Exception {
    String job =
        cordum
            .submitJob(SubmitJobRequest.newBuilder().setTopic("job.open.x").setPrompt("x").build())
            .getJobId();
    reeve.cancelJob(
        CancelJobRequest.newBuilder()
            .setJobId(job)
            .setReason("asked by alice@example.com")
            .build());

    Await.until(
        "the job ends",
        () ->
            reeve
                .getJob(GetJobRequest.newBuilder().setJobId(job).build())
                .getJob()
                .hasFinishedAt());
    assertThat(reeve.getJob(GetJobRequest.newBuilder().setJobId(job).build()).toString())
        .doesNotContain("alice@example.com");
  }
}
