package dev.reeve.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.job.JobKey;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.EchoTask;
import dev.reeve.service.JobView;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.DeciderLink;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.PolicyChain;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import dev.reeve.wire.cordum.agent.v1.BudgetConstraints;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.PolicyConstraints;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputDecision;
import dev.reeve.wire.cordum.v1.OutputFinding;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Jobs of a whole gateway with another decider behind its own, and what becomes of them.
class DecidersTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration OPEN_TIME = Duration.ofSeconds(30);

  private final FakeClock clock = new FakeClock();
  private final FakeDecider other = FakeDecider.start();
  private final SafetyKernelClient kernel = SafetyKernelClient.connect(other.target(), TIMEOUT);
  private final OutputPolicyClient output =
      OutputPolicyClient.connect(other.target(), TIMEOUT, TIMEOUT);
  private final PolicyChain policyChain =
      PolicyChain.then(
          link("safety_kernel"),
          kernel,
          new FailModes(FailMode.CLOSED, Map.of("acme", FailMode.OPEN)));

  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          GatewayFixture.POLICY,
          new GatewayFixture.Others(policyChain, Optional.of(outputChain(FailMode.OPEN))),
          (services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
    kernel.close();
    output.close();
    other.close();
  }

  @Test
  void an_allow_changes_nothing_and_is_named() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));

    jobs.submitJob(job("one").build());

    JobView view = view("default", "one");
    assertThat(view.job().verdict().ruleId()).isEqualTo("open-work");
    assertThat(view.job().verdict().snapshot()).startsWith("test-1:").endsWith(" remote:v9");
    assertThat(other.policyAsked).singleElement().matches(asked -> asked.getJobId().equals("one"));
  }

  @Test
  void a_deny_is_final_and_stored() {
    other.answers(says(DecisionType.DECISION_TYPE_DENY));

    assertThatThrownBy(() -> jobs.submitJob(job("one").build()))
        .asInstanceOf(type(StatusRuntimeException.class))
        .satisfies(refused -> {
          assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
          assertThat(refused.getStatus().getDescription()).contains("says the other");
          assertThat(Refusals.info(refused).getMetadataMap())
              .containsEntry("rule_id", "remote:theirs")
              .containsEntry("job_id", "one");
        });
    assertThat(get("one").getState()).isEqualTo(JobState.JOB_STATE_DENIED);
  }

  @Test
  void nobody_else_is_asked_about_what_ours_denies() {
    assertThatThrownBy(() -> jobs.submitJob(job("one").setTopic("job.closed").build()))
        .asInstanceOf(type(StatusRuntimeException.class))
        .satisfies(refused ->
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));

    assertThat(other.policyAsked).isEmpty();
  }

  @Test
  void a_hold_needs_a_person_and_the_other_is_asked_again_when_one_approves() {
    other.answers(says(DecisionType.DECISION_TYPE_REQUIRE_HUMAN));
    assertThat(jobs.submitJob(job("one").build()).getJob().getState())
        .isEqualTo(JobState.JOB_STATE_AWAITING_APPROVAL);
    ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
        ApprovalServiceGrpc.newBlockingStub(gateway.channel());
    ApproveJobRequest approve =
        ApproveJobRequest.newBuilder().setJobId("one").setPrincipalId("bob").build();

    other.fails(Status.UNAVAILABLE);
    assertThat(Refusals.of(() -> approvals.approveJob(approve)))
        .contains("UNAVAILABLE", "DECIDER_UNAVAILABLE");

    other.answers(says(DecisionType.DECISION_TYPE_REQUIRE_HUMAN));
    assertThat(approvals.approveJob(approve).getJob().getState())
        .isEqualTo(JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_throttle_makes_no_job() {
    other.answers(says(DecisionType.DECISION_TYPE_THROTTLE));

    assertThat(Refusals.of(() -> jobs.submitJob(job("one").build())))
        .contains("RESOURCE_EXHAUSTED", "POLICY_THROTTLED");
    assertThat(Refusals.of(() -> get("one"))).contains("NOT_FOUND");
  }

  @Test
  void limits_are_kept() {
    other.answers(
        says(DecisionType.DECISION_TYPE_ALLOW_WITH_CONSTRAINTS).toBuilder()
            .setConstraints(
                PolicyConstraints.newBuilder()
                    .setBudgets(BudgetConstraints.newBuilder().setMaxRuntimeMs(1_500)))
            .build());

    jobs.submitJob(job("one").build());

    JobView view = view("default", "one");
    assertThat(view.job().header().limits().runTimeoutMicros()).isEqualTo(1_500_000);
    assertThat(view.job().verdict().ruleId()).isEqualTo("open-work remote:theirs");
  }

  @Test
  void an_outage_refuses_and_leaves_no_job_but_a_receipt() {
    other.fails(Status.INTERNAL);

    assertThatThrownBy(() -> jobs.submitJob(job("one").build()))
        .asInstanceOf(type(StatusRuntimeException.class))
        .satisfies(refused -> {
          assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
          assertThat(Refusals.info(refused).getReason()).isEqualTo("DECIDER_UNAVAILABLE");
        });
    assertThat(Refusals.of(() -> get("one"))).contains("NOT_FOUND");
    assertThat(decisions()).contains("undecided");
  }

  @Test
  void a_repeat_finds_its_job_during_an_outage() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    SubmitJobRequest request = job("").setIdempotencyKey("k").build();
    String first = jobs.submitJob(request).getJob().getJobId();

    other.fails(Status.INTERNAL);

    assertThat(jobs.submitJob(request).getJob().getJobId()).isEqualTo(first);
    assertThat(Refusals.of(() -> jobs.submitJob(request.toBuilder().setName("n").build())))
        .doesNotContain("OK")
        .doesNotContain("DECIDER");
  }

  @Test
  void with_an_open_fail_mode_a_job_runs_with_a_mark_after_a_receipt() {
    other.fails(Status.INTERNAL);

    jobs.submitJob(job("one").setTenant("acme").build());

    assertThat(view("acme", "one").admission().spec().work().labels())
        .containsEntry("safety_bypassed", "true");
    assertThat(decisions()).containsSubsequence("bypass", "allow");
    long newest = gateway.services().writer().head().position();
    assertThat(
            new ReceiptReader(gateway.archive())
                .ofJob(view("acme", "one").job(), newest, 0, 100)
                .entries())
        .extracting(entry -> entry.leaf().receipt().decision())
        .startsWith("bypass", "allow");
  }

  @Test
  void a_client_cannot_set_the_mark_of_a_bypass() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));

    jobs.submitJob(job("one").putLabels("safety_bypassed", "true").putLabels("a", "b").build());

    assertThat(view("default", "one").admission().spec().work().labels())
        .containsEntry("a", "b")
        .doesNotContainKey("safety_bypassed");
  }

  @Test
  void a_caller_in_a_hurry_is_refused_even_when_the_fail_mode_is_open() {
    other.isSilent();

    assertThat(
            Refusals.of(() ->
                jobs.withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                    .submitJob(job("one").setTenant("acme").build())))
        .contains("DEADLINE_EXCEEDED");

    Await.until("given up", () -> answered() == 1);
    assertThat(decisions()).doesNotContain("bypass", "allow");
    assertThat(policyChain.statuses().getFirst().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void a_silent_decider_holds_up_nobody_else_on_the_connection() throws Exception {
    other.isSilent();
    Future<SubmitJobResponse> waiting =
        JobServiceGrpc.newFutureStub(gateway.channel()).submitJob(job("one").build());
    Await.until("asked", () -> !other.policyAsked.isEmpty());

    SystemServiceGrpc.newBlockingStub(gateway.channel())
        .getServerInfo(GetServerInfoRequest.getDefaultInstance());

    assertThat(waiting.isDone()).isFalse();
    assertThat(
            Refusals.of(
                () -> jobs.withDeadlineAfter(5, TimeUnit.SECONDS).submitJob(job("one").build())))
        .contains("UNAVAILABLE");
  }

  @Test
  void the_breaker_opens_and_closes_as_the_decider_fails_and_answers() {
    other.fails(Status.INTERNAL);
    for (int i = 0; i < 4; i++) {
      assertThat(Refusals.of(() -> jobs.submitJob(job("").build()))).contains("UNAVAILABLE");
    }
    assertThat(other.policyAsked).hasSize(3);
    assertThat(policyChain.statuses().getFirst().state()).isEqualTo(CircuitBreaker.State.OPEN);

    clock.advance(OPEN_TIME);
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    jobs.submitJob(job("").build());
    assertThat(policyChain.statuses().getFirst().state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    jobs.submitJob(job("").build());

    assertThat(policyChain.statuses().getFirst().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"OK", "UNAVAILABLE"})
  void a_change_of_our_rules_never_lifts_the_hold_of_another(Status.Code how) {
    other.answers(says(DecisionType.DECISION_TYPE_REQUIRE_HUMAN));
    jobs.submitJob(job("one").setTenant("acme").build());
    if (how != Status.Code.OK) {
      other.fails(how.toStatus());
    }

    for (int round = 0; round < 2; round++) {
      long answered = answered();
      changePolicy(round);
      Await.until("asked again", () -> answered() > answered);
      awaitWriter();
    }

    assertThat(view("acme", "one").job().state())
        .isInstanceOf(dev.reeve.job.JobState.AwaitingApproval.class);
  }

  @Test
  void a_change_of_our_rules_asks_the_other_again() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    jobs.submitJob(job("one").build());
    other.answers(says(DecisionType.DECISION_TYPE_DENY));

    changePolicy(0);

    Await.until("denied", () -> get("one").getState() == JobState.JOB_STATE_DENIED);
  }

  @Test
  void what_it_cuts_out_of_a_result_nobody_reads() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    other.answers(
        OutputCheckResponse.newBuilder()
            .setDecision(OutputDecision.OUTPUT_DECISION_REDACT)
            .addFindings(OutputFinding.newBuilder().setOffset(9).setLength(6))
            .build());

    run("one", "{\"a\": \"secret\"}");

    Await.until("done", () -> get("one").getState() == JobState.JOB_STATE_COMPLETED);
    StringBuilder result = new StringBuilder();
    jobs.getJobResult(GetJobResultRequest.newBuilder().setJobId("one").build())
        .forEachRemaining(part -> result.append(part.getChunk().toStringUtf8()));
    assertThat(result.toString()).contains("[REDACTED]");
    assertThat(other.outputAsked).hasSize(2);
    assertThat(other.outputAsked.getFirst().getOutputContent().isEmpty()).isTrue();
  }

  @Test
  void what_it_holds_back_is_quarantined() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    other.answers(
        OutputCheckResponse.newBuilder()
            .setDecision(OutputDecision.OUTPUT_DECISION_QUARANTINE)
            .setReason("a key")
            .setRuleId("keys")
            .build());

    run("one", "{}");

    Await.until("held", () -> get("one").getState() == JobState.JOB_STATE_QUARANTINED);
    assertThat(get("one").getError().getMessage()).contains("a key");
    assertThat(other.outputAsked).hasSize(1);
  }

  @Test
  void a_result_goes_without_it_when_the_fail_mode_is_open() {
    other.answers(says(DecisionType.DECISION_TYPE_ALLOW));
    jobs.submitJob(job("one").setTopic(EchoTask.ROUTE).build());
    other.fails(Status.INTERNAL);
    BuiltInExecutor _ = gateway.execute("echo", EchoTask.ROUTE, 1, new EchoTask());

    Await.until("done", () -> get("one").getState() == JobState.JOB_STATE_COMPLETED);
  }

  private void run(String id, String payload) {
    BuiltInExecutor _ = gateway.execute("echo", EchoTask.ROUTE, 1, new EchoTask());
    jobs.submitJob(
        job(id).setTopic(EchoTask.ROUTE).setPayload(ByteString.copyFromUtf8(payload)).build());
  }

  private OutputChain outputChain(FailMode failMode) {
    return new OutputChain(link("output_policy"), output, failMode);
  }

  private DeciderLink link(String name) {
    return new DeciderLink(
        name,
        other.target().address(),
        new CircuitBreaker(
            CircuitBreaker.Settings.STANDARD.withOpenTime(OPEN_TIME), clock::nanoTime),
        16,
        Duration.ZERO,
        clock::nanoTime);
  }

  private JobView view(String tenant, String id) {
    return gateway.services().reader().find(new JobKey(tenant, id)).orElseThrow();
  }

  private Job get(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private List<String> decisions() {
    return new ReceiptReader(gateway.archive())
        .list(gateway.services().writer().head().position(), 0, 100, _ -> true).entries().stream()
            .map(entry -> entry.leaf().receipt().decision())
            .toList();
  }

  /// To one that decides the same.
  private void changePolicy(int round) {
    String text = GatewayFixture.POLICY + "# " + round;
    gateway.services().rules().replace(PolicyFile.load(Bytes.utf8(text)).orThrow("policy"));
  }

  private long answered() {
    return policyChain.statuses().getFirst().calls().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /// Until the writer has decided what was handed to it before.
  private void awaitWriter() {
    CompletableFuture<Boolean> looked = new CompletableFuture<>();
    gateway
        .services()
        .writer()
        .offer(new LogCommand.Look(_ -> looked.complete(true), Answer.none()));
    assertThat(looked.join()).isTrue();
  }

  private static SubmitJobRequest.Builder job(String id) {
    return SubmitJobRequest.newBuilder().setJobId(id).setTopic("job.open.a");
  }

  private static PolicyCheckResponse says(DecisionType decision) {
    return PolicyCheckResponse.newBuilder()
        .setDecision(decision)
        .setReason("says the other")
        .setRuleId("theirs")
        .setPolicySnapshot("v9")
        .build();
  }
}
