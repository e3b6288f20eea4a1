package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.TestWorker;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.GetJobStatusRequest;
import dev.reeve.wire.cordum.v1.GetJobStatusResponse;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputDecision;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DeleteHeldOutputRequest;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetOutputStatsRequest;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.HeldOutputStanding;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListHeldOutputsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.OutputCount;
import dev.reeve.wire.reeve.v1.OutputReviewServiceGrpc;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.ReadHeldOutputRequest;
import dev.reeve.wire.reeve.v1.ReleaseHeldOutputRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutputPolicyTest {
  private static final String KEY = "AKIA" + "Z7Q2M4K9T1X8W5B3";
  private static final String MAIL = "jane.doe@shop.example.org";
  private static final String POLICY =
      """
      version: out-1
      default_decision: allow
      output_policy: {enabled: true, fail_mode: closed}
      output_rules:
        - {id: keys, severity: critical, decision: quarantine, match: {scanners: [secret]}}
        - {id: risky, decision: deny, match: {risk_tags: [risky], keywords: [boom]}}
        - {id: mail, decision: redact, match: {scanners: [pii]}}
      """;

  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          POLICY,
          (services, archive) ->
              List.of(CordumDialect.create(services), ReeveFixture.dialect(services, archive)));
  private final CordumApiGrpc.CordumApiBlockingStub cordum =
      CordumApiGrpc.newBlockingStub(gateway.channel());
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final OutputPolicyServiceGrpc.OutputPolicyServiceBlockingStub outputs =
      OutputPolicyServiceGrpc.newBlockingStub(gateway.channel());

  private final OutputReviewServiceGrpc.OutputReviewServiceBlockingStub reviews =
      OutputReviewServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_clean_result_is_readable() {
    String job = completed("all is well");

    assertThat(await(job, "SUCCEEDED").getResultPtr()).isEqualTo("redis://res:" + job);
    assertThat(result(job)).isEqualTo("all is well");
  }

  @Test
  void a_result_with_a_secret_is_held_back() {
    String job = completed("the key is " + KEY);

    assertThat(await(job, "OUTPUT_QUARANTINED").getResultPtr()).isEmpty();
    assertThat(withheld(job)).isTrue();
    assertThat(job(job).getError().getMessage()).isNotEmpty().doesNotContain(KEY);
    assertThat(leaf(job))
        .contains("\"decision\":\"quarantine\"", "\"rule\":\"keys\"", "\"snapshot\":\"out-1:");
  }

  /// Cordum flagged the job and left the content behind the old pointer.
  @Test
  void defect_6_a_redacted_result_takes_the_place_of_the_first_before_anybody_reads_it() {
    String job = completed("ask " + MAIL + " please");

    await(job, "SUCCEEDED");

    assertThat(result(job)).isEqualTo("ask [REDACTED] please");
    assertThat(leaf(job)).contains("\"decision\":\"redact\"", "\"in\":", "\"out\":");
  }

  @Test
  void what_became_of_results_is_counted_by_rule() {
    await(completed("all is well"), "SUCCEEDED");
    await(completed("ask " + MAIL + " please"), "SUCCEEDED");
    await(completed("the key is " + KEY), "OUTPUT_QUARANTINED");
    await(completed("again " + KEY), "OUTPUT_QUARANTINED");

    assertThat(
            PolicyServiceGrpc.newBlockingStub(gateway.channel())
                .getOutputStats(GetOutputStatsRequest.getDefaultInstance())
                .getCountsList())
        .containsExactlyInAnyOrder(
            counted("allow", "", 1),
            counted("redact", "mail", 1),
            counted("quarantine", "keys", 2));
  }

  private static OutputCount counted(String decision, String rule, long count) {
    return OutputCount.newBuilder()
        .setSource("job")
        .setDecision(decision)
        .setRuleId(rule)
        .setCount(count)
        .build();
  }

  @Test
  void every_hit_of_a_flood_is_cut_out_of_a_result() {
    String job = completed((MAIL + " ").repeat(20_000));

    await(job, "SUCCEEDED");

    assertThat(result(job)).isEqualTo("[REDACTED] ".repeat(20_000));
  }

  @Test
  void a_large_result_is_looked_at_whole_and_not_readable_before() {
    String clean = "word ".repeat(700_000);
    String held = completed(clean + KEY);
    String redacted = completed(clean + MAIL);

    await(held, "OUTPUT_QUARANTINED");
    await(redacted, "SUCCEEDED");

    assertThat(withheld(held)).isTrue();
    assertThat(result(redacted)).isEqualTo(clean + "[REDACTED]");
  }

  @Test
  void rules_see_what_the_job_was_submitted_with() {
    String risky = run(SubmitJobRequest.newBuilder().setPrompt("x").addRiskTags("risky"), "boom");
    String other = run(SubmitJobRequest.newBuilder().setPrompt("x"), "boom");

    await(risky, "OUTPUT_QUARANTINED");
    await(other, "SUCCEEDED");
  }

  @Test
  void the_words_of_an_error_are_an_output_too() {
    String redacted = failed("no answer from " + MAIL);
    String withheld = failed("bad key " + KEY);

    await(redacted, "FAILED");
    await(withheld, "FAILED");

    assertThat(job(redacted).getError().getMessage()).contains("no answer from [REDACTED]");
    assertThat(job(withheld).getError().getMessage()).doesNotContain(KEY);
    assertThat(job(withheld).getError().getCode()).isEqualTo("EXIT_1");
  }

  @Test
  void an_output_brought_along_is_checked() {
    OutputCheckResponse bad = check(content("k=" + KEY));
    OutputCheckResponse mail = check(content(MAIL));
    OutputCheckResponse good = check(content("fine"));
    OutputCheckResponse error = check(OutputCheckRequest.newBuilder().setErrorMessage("k=" + KEY));

    assertThat(bad.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_QUARANTINE);
    assertThat(bad.getRuleId()).isEqualTo("keys");
    assertThat(bad.getFindings(0).getOffset()).isEqualTo(2);
    assertThat(bad.getFindings(0).getLength()).isEqualTo(20);
    assertThat(bad.getFindings(0).getType()).isEqualTo("secret_leak");
    assertThat(mail.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_REDACT);
    assertThat(good.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
    assertThat(good.getPolicySnapshot()).startsWith("out-1:");
    assertThat(error.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_QUARANTINE);
  }

  @Test
  void a_check_has_its_receipt_before_its_answer() {
    check(content(MAIL).setJobId("j-9"));

    assertThat(leaf("j-9")).contains("\"decision\":\"redact\"", "\"rule\":\"mail\"");
  }

  @Test
  void content_over_the_cap_is_held() {
    OutputCheckResponse over = check(content(" ".repeat(2 * 1024 * 1024 + 1)));
    OutputCheckResponse at = check(content(" ".repeat(2 * 1024 * 1024)));
    OutputCheckResponse cutByClient =
        check(content(" ".repeat(2 * 1024 * 1024)).setOutputSizeBytes(3 * 1024 * 1024));

    assertThat(over.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_QUARANTINE);
    assertThat(over.getFindings(0).getType()).isEqualTo("content_truncated");
    assertThat(at.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
    assertThat(cutByClient.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_QUARANTINE);
  }

  @Test
  void a_pointer_names_a_result_or_nothing_or_what_nobody_may_read() {
    String done = completed("ask " + MAIL);
    String held = completed(KEY);
    await(done, "SUCCEEDED");
    await(held, "OUTPUT_QUARANTINED");

    assertThat(check(pointer("redis://res:" + done)).getDecision())
        .isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
    assertThat(check(pointer("redis://res:" + held)).getFindings(0).getType())
        .isEqualTo("pointer_unreadable");
    assertThat(check(pointer("redis://res:no-such")).getDecision())
        .isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
    assertThat(check(pointer("no pointer")).getDecision())
        .isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
  }

  @Test
  void a_redacted_copy_is_kept_behind_a_pointer_of_its_own() {
    OutputCheckResponse first = check(content("ask " + MAIL).setResultPtr("redis://res:elsewhere"));
    OutputCheckResponse copy = check(pointer(first.getRedactedPtr()));

    assertThat(first.getRedactedPtr()).startsWith("redis://res:elsewhere:redacted:");
    assertThat(copy.getDecision()).isEqualTo(OutputDecision.OUTPUT_DECISION_ALLOW);
  }

  @Test
  void what_was_never_held_back_is_neither_released_nor_deleted() {
    String job = completed("all is well");
    assertThat(await(job, "SUCCEEDED").getResultPtr()).isNotEmpty();

    assertThat(
            Refusals.of(() ->
                reviews.releaseHeldOutput(
                    ReleaseHeldOutputRequest.newBuilder().setJobId(job).build())))
        .contains("OUTPUT_NOT_HELD");
  }

  @Test
  void a_reviewer_reads_a_held_output_and_lets_it_go_once() {
    String job = completed("the key is " + KEY);

    HeldOutput listed =
        reviews.listHeldOutputs(ListHeldOutputsRequest.getDefaultInstance()).getOutputs(0);
    String read = read(job);
    reviews.releaseHeldOutput(
        ReleaseHeldOutputRequest.newBuilder().setJobId(job).setComment("a sample key").build());

    assertThat(listed.getJob().getJobId()).isEqualTo(job);
    assertThat(listed.getStanding()).isEqualTo(HeldOutputStanding.HELD_OUTPUT_STANDING_HELD);
    assertThat(read).isEqualTo("the key is " + KEY);
    assertThat(result(job)).isEqualTo("the key is " + KEY);
    assertThat(status(job).getStatus()).isEqualTo("OUTPUT_QUARANTINED");
    assertThat(status(job).getResultPtr()).isEqualTo("redis://res:" + job);
    assertThat(leaf(job))
        .contains("\"action\":\"action:output:release\"", "\"reason\":\"a sample key\"");
    assertThat(
            reviews.listHeldOutputs(ListHeldOutputsRequest.getDefaultInstance()).getOutputsList())
        .isEmpty();
    assertThatThrownBy(() ->
            reviews.deleteHeldOutput(DeleteHeldOutputRequest.newBuilder().setJobId(job).build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("RELEASED");
  }

  @Test
  void a_deleted_output_is_gone_for_everybody() {
    String job = completed("the key is " + KEY);

    reviews.deleteHeldOutput(
        DeleteHeldOutputRequest.newBuilder().setJobId(job).setComment("leaked").build());

    assertThat(withheld(job)).isTrue();
    assertThatThrownBy(() -> read(job)).isInstanceOf(StatusRuntimeException.class);
  }

  private String read(String job) {
    StringBuilder text = new StringBuilder();
    reviews
        .readHeldOutput(ReadHeldOutputRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(part -> text.append(part.getChunk().toStringUtf8()));
    return text.toString();
  }

  private static OutputCheckRequest.Builder content(String text) {
    return OutputCheckRequest.newBuilder().setOutputContent(ByteString.copyFromUtf8(text));
  }

  private static OutputCheckRequest.Builder pointer(String text) {
    return OutputCheckRequest.newBuilder().setResultPtr(text);
  }

  private OutputCheckResponse check(OutputCheckRequest.Builder request) {
    return outputs.checkOutput(request.setTopic("job.default").build());
  }

  private String completed(String result) {
    return run(SubmitJobRequest.newBuilder().setPrompt("x"), result);
  }

  private String run(SubmitJobRequest.Builder request, String result) {
    String job = cordum.submitJob(request.build()).getJobId();
    TestWorker worker = TestWorker.serving(gateway.channel(), "w-" + job, 1, "job.default");
    worker.complete(worker.assignmentOf(job), "text/plain", result);
    await(job, "SUCCEEDED", "OUTPUT_QUARANTINED");
    worker.halfClose();
    return job;
  }

  private String failed(String message) {
    String job = cordum.submitJob(SubmitJobRequest.newBuilder().setPrompt("x").build()).getJobId();
    TestWorker worker = TestWorker.serving(gateway.channel(), "w-" + job, 1, "job.default");
    Assignment assignment = worker.assignmentOf(job);
    worker.send(
        ConnectRequest.newBuilder()
            .setFail(
                DispatchFail.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setCode("EXIT_1")
                    .setMessage(message))
            .build());
    await(job, "FAILED");
    worker.halfClose();
    return job;
  }

  private GetJobStatusResponse await(String job, String... states) {
    Await.until("end of " + job, () -> List.of(states).contains(status(job).getStatus()));
    return status(job);
  }

  private GetJobStatusResponse status(String job) {
    return cordum.getJobStatus(GetJobStatusRequest.newBuilder().setJobId(job).build());
  }

  private Job job(String job) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(job).build()).getJob();
  }

  private String result(String job) {
    StringBuilder text = new StringBuilder();
    jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(part -> text.append(part.getChunk().toStringUtf8()));
    return text.toString();
  }

  private boolean withheld(String job) {
    try {
      result(job);
      return false;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
    }
  }

  /// The newest leaf about a job, as text.
  private String leaf(String job) {
    return AuditServiceGrpc.newBlockingStub(gateway.channel())
        .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(1000).build())
        .getLeavesList()
        .stream()
        .map(leaf -> leaf.getLeaf().toStringUtf8())
        .filter(leaf -> leaf.contains("\"job\":\"" + job + "\""))
        .reduce((_, later) -> later)
        .orElseThrow();
  }
}
