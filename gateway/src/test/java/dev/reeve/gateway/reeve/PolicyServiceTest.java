package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.BacktestTenant;
import dev.reeve.wire.reeve.v1.GetPolicyRequest;
import dev.reeve.wire.reeve.v1.GetPolicyResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.ShadowPolicy;
import dev.reeve.wire.reeve.v1.SimulatePolicyRequest;
import dev.reeve.wire.reeve.v1.SimulatePolicyResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PolicyServiceTest {
  private static final String SCANNING =
      """
      default_decision: allow
      input_rules:
        - {id: leak, decision: deny, reason: no keys, match: {scanners: [secret_leak]}}
      """;
  private static final String KEY = "key AKIAQ6M3YZ7TN4WDK5RC and more";

  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final PolicyServiceGrpc.PolicyServiceBlockingStub policies =
      PolicyServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void submit(String id, String payload) {
    JobServiceGrpc.newBlockingStub(gateway.channel())
        .submitJob(
            SubmitJobRequest.newBuilder()
                .setJobId(id)
                .setTopic("job.open.a")
                .setPayload(ByteString.copyFromUtf8(payload))
                .build());
  }

  private static dev.reeve.wire.reeve.v1.PolicyFile file(String content) {
    return dev.reeve.wire.reeve.v1.PolicyFile.newBuilder()
        .setName("next.yaml")
        .setContent(ByteString.copyFromUtf8(content))
        .build();
  }

  private BacktestPolicyResponse backtest(BacktestPolicyRequest.Builder request, String policy) {
    return policies.backtestPolicy(request.addCandidate(file(policy)).build());
  }

  @Test
  void the_policy_in_force_and_its_history_are_shown() {
    GetPolicyResponse policy = policies.getPolicy(GetPolicyRequest.getDefaultInstance());

    assertThat(policy.getSnapshot().getId()).startsWith("test-1:");
    assertThat(policy.getRules()).isEqualTo(2);
    assertThat(
            policies
                .listPolicySnapshots(ListPolicySnapshotsRequest.getDefaultInstance())
                .getSnapshotsList())
        .containsExactly(policy.getSnapshot());
  }

  @Test
  void a_candidate_is_asked_beside_the_policy_in_force() {
    SimulatePolicyResponse both =
        policies.simulatePolicy(
            SimulatePolicyRequest.newBuilder()
                .setRequest(
                    PolicyCheckRequest.newBuilder().setJobId("1").setTopic("job.closed").build())
                .addCandidate(file("default_decision: allow\n"))
                .build());

    assertThat(both.getActive().getDecision()).isEqualTo(DecisionType.DECISION_TYPE_DENY);
    assertThat(both.getCandidate().getDecision()).isEqualTo(DecisionType.DECISION_TYPE_ALLOW);
    assertThat(both.getFlips()).isTrue();
    assertThat(both.getLoosens()).isTrue();
  }

  @Test
  void a_backtest_scans_the_stored_content_of_past_jobs() {
    submit("clean", "nothing here");
    submit("leaky", KEY);

    BacktestPolicyResponse result = backtest(BacktestPolicyRequest.newBuilder(), SCANNING);

    assertThat(result.getFlipsList())
        .extracting(
            flip -> flip.getJobId(), flip -> flip.getAfter().getRuleId(), flip -> flip.getTenant())
        .containsExactly(tuple("leaky", "leak", "default"));
    assertThat(result.getTenantsList())
        .containsExactly(
            BacktestTenant.newBuilder().setTenant("default").setDecided(2).setFlipped(1).build());
    assertThat(result.getWithoutContent()).isZero();
  }

  @Test
  void what_was_denied_has_no_content_left_and_the_answer_says_so() {
    assertThatThrownBy(() ->
            JobServiceGrpc.newBlockingStub(gateway.channel())
                .submitJob(
                    SubmitJobRequest.newBuilder()
                        .setTopic("job.closed")
                        .setPayload(ByteString.copyFromUtf8(KEY))
                        .build()))
        .isInstanceOf(StatusRuntimeException.class);

    BacktestPolicyResponse result = backtest(BacktestPolicyRequest.newBuilder(), SCANNING);

    assertThat(result.getWithoutContent()).isEqualTo(1);
    assertThat(result.getTenants(0).getLoosened()).isEqualTo(1);
  }

  @Test
  void what_was_denied_for_its_content_does_not_flip_where_the_rule_stays() {
    try (GatewayFixture scanning =
        GatewayFixture.startOn(
            new InMemoryStore(InstantSource.system()),
            SCANNING,
            (services, archive) -> List.of(ReeveFixture.dialect(services, archive)))) {
      assertThatThrownBy(() ->
              JobServiceGrpc.newBlockingStub(scanning.channel())
                  .submitJob(
                      SubmitJobRequest.newBuilder()
                          .setTopic("job.echo")
                          .setPayload(ByteString.copyFromUtf8(KEY))
                          .build()))
          .isInstanceOf(StatusRuntimeException.class);

      BacktestPolicyResponse result =
          PolicyServiceGrpc.newBlockingStub(scanning.channel())
              .backtestPolicy(
                  BacktestPolicyRequest.newBuilder()
                      .addCandidate(file(SCANNING + "# the same\n"))
                      .build());

      assertThat(result.getTenants(0).getDecided()).isEqualTo(1);
      assertThat(result.getTenants(0).getFlipped()).isZero();
      assertThat(result.getWithoutContent()).isEqualTo(1);
    }
  }

  @Test
  void a_backtest_can_be_for_one_tenant() {
    submit("a", "x");

    assertThat(
            backtest(BacktestPolicyRequest.newBuilder().setTenant("other"), SCANNING)
                .getTenantsList())
        .isEmpty();
    assertThat(
            backtest(BacktestPolicyRequest.newBuilder().setTenant("default"), SCANNING)
                .getTenants(0)
                .getDecided())
        .isEqualTo(1);
  }

  @Test
  void a_shadow_counts_what_it_would_change_and_changes_nothing() {
    gateway
        .services()
        .rules()
        .shadows()
        .replace(
            List.of(
                new ShadowPolicies.Named(
                    "next.yaml",
                    PolicyFile.load(Bytes.utf8("default_decision: deny\n")).orThrow("shadow"))));

    submit("a", "x");

    ShadowPolicy shadow = policies.getPolicy(GetPolicyRequest.getDefaultInstance()).getShadows(0);
    assertThat(shadow.getName()).isEqualTo("next.yaml");
    assertThat(shadow.getDecided()).isEqualTo(1);
    assertThat(shadow.getFlipped()).isEqualTo(1);
    assertThat(shadow.getLoosened()).isZero();
  }
}
