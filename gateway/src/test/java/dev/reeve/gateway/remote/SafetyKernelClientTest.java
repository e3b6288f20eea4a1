package dev.reeve.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.policy.Constraints;
import dev.reeve.policy.Decision;
import dev.reeve.policy.DelegationFacts;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.JobFacts;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.Remediation;
import dev.reeve.policy.Scope;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.ActorType;
import dev.reeve.wire.cordum.agent.v1.BudgetConstraints;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.PolicyConstraints;
import dev.reeve.wire.cordum.agent.v1.PolicyRemediation;
import dev.reeve.wire.cordum.agent.v1.SandboxProfile;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetyKernelClientTest {
  private static final PolicyInput JOB = PolicyInput.of("acme", "job.a");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final FakeDecider kernel = FakeDecider.start();
  private final SafetyKernelClient client = SafetyKernelClient.connect(kernel.target(), LONG);

  @AfterEach
  void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void the_question_carries_all_that_our_policy_sees() {
    kernel.answers(allow());
    JobFacts facts =
        new JobFacts(
            "job-1",
            "pack",
            "robot",
            "service",
            List.of("gpu"),
            2.5,
            Scope.NONE,
            Optional.empty(),
            Optional.of(new DelegationFacts(2, "bob", List.of("ann", "bob"), List.of("read"))));

    client.decide(
        new PolicyInput("acme", "job.ops.x", "net", List.of("prod"), Map.of("env", "prod"), "alice")
            .withFacts(facts)
            .withContent(new InputContent(Bytes.utf8("hello"), "text/plain", 0)));

    PolicyCheckRequest asked = kernel.policyAsked.getFirst();
    assertThat(asked.getJobId()).isEqualTo("job-1");
    assertThat(asked.getTopic()).isEqualTo("job.ops.x");
    assertThat(asked.getTenant()).isEqualTo("acme");
    assertThat(asked.getPrincipalId()).isEqualTo("alice");
    assertThat(asked.getEstimatedCost()).isEqualTo(2.5);
    assertThat(asked.getLabelsMap())
        .containsEntry("env", "prod")
        .containsEntry("_delegation.depth", "2")
        .containsEntry("_delegation.issuer_chain", "ann,bob")
        .doesNotContainKey(PolicyQuestions.TRUNCATED_LABEL);
    assertThat(asked.getMeta().getTenantId()).isEqualTo("acme");
    assertThat(asked.getMeta().getActorId()).isEqualTo("robot");
    assertThat(asked.getMeta().getActorType()).isEqualTo(ActorType.ACTOR_TYPE_SERVICE);
    assertThat(asked.getMeta().getCapability()).isEqualTo("net");
    assertThat(asked.getMeta().getRiskTagsList()).containsExactly("prod");
    assertThat(asked.getMeta().getRequiresList()).containsExactly("gpu");
    assertThat(asked.getMeta().getPackId()).isEqualTo("pack");
    assertThat(asked.getInputContent().toStringUtf8()).isEqualTo("hello");
    assertThat(asked.getInputContentType()).isEqualTo("text/plain");
    assertThat(asked.getInputSizeBytes()).isEqualTo(5);
  }

  @ParameterizedTest(name = "{0} bytes of {1}: {2} sent, cut {3}")
  @CsvSource({
    "2097152, 2097152, 2097152, false",
    "2097153, 2097153, 2097152, true",
    "5, 9000000, 5, true",
  })
  void content_over_two_mebibytes_is_cut_and_the_true_size_told(
      int given, long trueSize, int sent, boolean cut) {
    kernel.answers(allow());

    client.decide(JOB.withContent(new InputContent(Bytes.wrap(new byte[given]), "x/y", trueSize)));

    PolicyCheckRequest asked = kernel.policyAsked.getFirst();
    assertThat(asked.getInputContent().size()).isEqualTo(sent);
    assertThat(asked.getInputSizeBytes()).isEqualTo(trueSize);
    assertThat(asked.containsLabels(PolicyQuestions.TRUNCATED_LABEL)).isEqualTo(cut);
  }

  @ParameterizedTest(name = "{0}, approval {1}: {2}")
  @CsvSource({
    "DECISION_TYPE_ALLOW, false, ALLOW",
    "DECISION_TYPE_ALLOW, true, REQUIRE_APPROVAL",
    "DECISION_TYPE_ALLOW_WITH_CONSTRAINTS, false, ALLOW_WITH_CONSTRAINTS",
    "DECISION_TYPE_ALLOW_WITH_CONSTRAINTS, true, REQUIRE_APPROVAL",
    "DECISION_TYPE_REQUIRE_HUMAN, true, REQUIRE_APPROVAL",
    "DECISION_TYPE_REQUIRE_HUMAN, false, REQUIRE_APPROVAL",
    "DECISION_TYPE_THROTTLE, false, THROTTLE",
    "DECISION_TYPE_DENY, false, DENY",
    "DECISION_TYPE_DENY, true, DENY",
    "DECISION_TYPE_UNSPECIFIED, false, DENY",
    "DECISION_TYPE_QUARANTINE, false, DENY",
    "DECISION_TYPE_REDACT, false, DENY",
  })
  void what_is_not_understood_is_a_deny(DecisionType said, boolean approval, Decision read) {
    kernel.answers(
        PolicyCheckResponse.newBuilder()
            .setDecision(said)
            .setApprovalRequired(approval)
            .setRuleId("r-1")
            .setPolicySnapshot("v1:abc")
            .build());

    PolicyDecision decision = decided(client.decide(JOB));

    assertThat(decision.decision()).isEqualTo(read);
    assertThat(decision.ruleId()).isEqualTo("r-1");
    assertThat(decision.snapshot()).isEqualTo("v1:abc");
  }

  @Test
  void a_decision_of_the_future_is_a_deny() {
    kernel.answers(PolicyCheckResponse.newBuilder().setDecisionValue(99).build());

    assertThat(decided(client.decide(JOB)).decision()).isEqualTo(Decision.DENY);
  }

  @Test
  void limits_and_advice_are_read() {
    kernel.answers(
        allow().toBuilder()
            .setDecision(DecisionType.DECISION_TYPE_ALLOW_WITH_CONSTRAINTS)
            .setConstraints(
                PolicyConstraints.newBuilder()
                    .setBudgets(
                        BudgetConstraints.newBuilder().setMaxRuntimeMs(500).setMaxRetries(-1))
                    .setSandbox(
                        SandboxProfile.newBuilder().setIsolated(true).addNetworkAllowlist("a"))
                    .setRedactionLevel("full"))
            .build());

    Constraints limits = decided(client.decide(JOB)).constraints();

    assertThat(limits.budgets()).isEqualTo(new Constraints.Budgets(500, 1, 0, 0));
    assertThat(limits.sandbox().isolated()).isTrue();
    assertThat(limits.sandbox().networkAllowlist()).containsExactly("a");
    assertThat(limits.redactionLevel()).isEqualTo("full");

    kernel.answers(
        PolicyCheckResponse.newBuilder()
            .setDecision(DecisionType.DECISION_TYPE_DENY)
            .setReason("off\nlimits")
            .addRemediations(
                PolicyRemediation.newBuilder().setId("soft").setReplacementTopic("job.soft"))
            .build());

    PolicyDecision denied = decided(client.decide(JOB));
    assertThat(denied.reason()).isEqualTo("off limits");
    assertThat(denied.remediations())
        .containsExactly(new Remediation("soft", "", "", "job.soft", "", Map.of(), List.of()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "CANCELLED",
        "UNKNOWN",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED"
      })
  void an_outage_is_the_deciders_own_fault(Status.Code code) {
    kernel.fails(code.toStatus().withDescription("it broke"));

    assertThat(client.decide(JOB))
        .isInstanceOfSatisfying(
            DeciderAnswer.Outage.class,
            outage -> assertThat(outage.reason()).isEqualTo(code + ": it broke"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "FAILED_PRECONDITION",
        "OUT_OF_RANGE"
      })
  void a_question_that_is_refused_is_denied_and_never_passes_as_an_outage(Status.Code code) {
    kernel.fails(code.toStatus().withDescription("bad question"));

    PolicyDecision decision = decided(client.decide(JOB));

    assertThat(decision.decision()).isEqualTo(Decision.DENY);
    assertThat(decision.reason()).contains("bad question");
  }

  @Test
  void a_decider_that_is_too_busy_is_no_outage() {
    kernel.fails(Status.RESOURCE_EXHAUSTED);

    assertThat(client.decide(JOB))
        .isInstanceOfSatisfying(
            DeciderAnswer.Withdrawn.class,
            busy -> assertThat(busy.problem().reason()).isEqualTo("DECIDER_BUSY"));
  }

  @Test
  void silence_is_an_outage_after_the_time_limit() {
    kernel.isSilent();
    try (SafetyKernelClient hasty = SafetyKernelClient.connect(kernel.target(), SHORT)) {
      assertThat(hasty.decide(JOB))
          .isInstanceOfSatisfying(
              DeciderAnswer.Outage.class,
              outage -> assertThat(outage.reason()).startsWith("DEADLINE_EXCEEDED"));
    }
  }

  @Test
  void a_caller_in_a_hurry_says_nothing_about_the_decider() throws Exception {
    kernel.isSilent();

    DeciderAnswer<PolicyDecision> answer =
        within(Duration.ofMillis(150)).call(() -> client.decide(JOB));

    assertThat(answer)
        .isInstanceOfSatisfying(
            DeciderAnswer.Withdrawn.class,
            late -> assertThat(late.problem().reason()).isEqualTo("DECIDER_OUT_OF_TIME"));
  }

  @Test
  void a_caller_who_leaves_ends_the_call() throws Exception {
    kernel.isSilent();
    Context.CancellableContext call = Context.ROOT.withCancellation();

    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<DeciderAnswer<PolicyDecision>> asking =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return call.call(() -> client.decide(JOB));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              pool);
      Await.until("asked", () -> !kernel.policyAsked.isEmpty());
      call.cancel(null);

      assertThat(asking.get())
          .isInstanceOfSatisfying(
              DeciderAnswer.Withdrawn.class,
              gone -> assertThat(gone.problem().reason()).isEqualTo("DECIDER_CALL_CANCELLED"));
    }
    assertThat(call.call(() -> client.decide(JOB))).isInstanceOf(DeciderAnswer.Withdrawn.class);
    assertThat(kernel.policyAsked).hasSize(1);
  }

  @Test
  void a_decider_that_comes_back_is_found_again_at_once() {
    RemoteTarget gone = kernel.target();
    kernel.close();
    try (SafetyKernelClient patient = SafetyKernelClient.connect(gone, Duration.ofSeconds(1))) {
      for (int i = 0; i < 4; i++) {
        assertThat(patient.decide(JOB)).isInstanceOf(DeciderAnswer.Outage.class);
      }
      try (FakeDecider again = FakeDecider.startOn(gone.port())) {
        again.answers(allow());

        assertThat(decided(patient.decide(JOB)).decision()).isEqualTo(Decision.ALLOW);
      }
    }
  }

  private static Context within(Duration time) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    return Context.ROOT.withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS, timer);
  }

  private static PolicyCheckResponse allow() {
    return PolicyCheckResponse.newBuilder().setDecision(DecisionType.DECISION_TYPE_ALLOW).build();
  }

  private static PolicyDecision decided(DeciderAnswer<PolicyDecision> answer) {
    assertThat(answer).isInstanceOf(DeciderAnswer.Decided.class);
    return ((DeciderAnswer.Decided<PolicyDecision>) answer).decision();
  }
}
