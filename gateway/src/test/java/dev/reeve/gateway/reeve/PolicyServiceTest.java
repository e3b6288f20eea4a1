package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyRequest;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.BacktestTenant;
import dev.reeve.wire.reeve.v1.GetPolicyRequest;
import dev.reeve.wire.reeve.v1.GetPolicyResponse;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotRequest;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.PolicySnapshot;
import dev.reeve.wire.reeve.v1.ShadowPolicy;
import dev.reeve.wire.reeve.v1.SimulatePolicyRequest;
import dev.reeve.wire.reeve.v1.SimulatePolicyResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
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
  void the_text_of_a_policy_that_was_in_force_is_given_as_it_was_read() throws StoreException {
    PolicySnapshot first = newest();
    String later = "version: later\ndefault_decision: deny # \u00e4\n";
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    gateway
        .services()
        .kernel()
        .history()
        .add(
            "later:1",
            at,
            "a.yaml, floor.yaml",
            List.of(
                new LoadedPolicy.File(new PolicySource("a.yaml", Bytes.utf8(later)), false, true),
                new LoadedPolicy.File(new PolicySource("floor.yaml", Bytes.EMPTY), true, false)));

    GetPolicySnapshotResponse shown = snapshot("later:1");
    assertThat(shown.getSnapshot())
        .isEqualTo(newest())
        .isEqualTo(
            PolicySnapshot.newBuilder()
                .setId("later:1")
                .setInForceAt(Timestamps.fromMillis(at.toEpochMilli()))
                .setFirstInForceAt(Timestamps.fromMillis(at.toEpochMilli()))
                .setSource("a.yaml, floor.yaml")
                .setFileCount(2)
                .setSizeBytes(Bytes.utf8(later).size())
                .build());
    assertThat(shown.getFilesList())
        .extracting(
            file -> file.getName(),
            file -> file.getContent().toStringUtf8(),
            file -> file.getInvariants(),
            file -> file.getVerified())
        .containsExactly(tuple("a.yaml", later, false, true), tuple("floor.yaml", "", true, false));
    assertThat(snapshot(first.getId()).getFiles(0).getContent().toStringUtf8())
        .isEqualTo(GatewayFixture.POLICY);
  }

  @Test
  void a_policy_that_is_not_kept_or_not_named_is_refused_with_what_to_ask_for() {
    assertThatThrownBy(() -> snapshot("v9:" + "0".repeat(64)))
        .hasMessageStartingWith("NOT_FOUND: snapshot: \"v9:000")
        .hasMessageContaining("expected: one of ListPolicySnapshots");
    assertThatThrownBy(() -> snapshot(""))
        .hasMessageStartingWith(
            "INVALID_ARGUMENT: snapshot: \"none\" (expected: the id of a policy");
  }

  private GetPolicySnapshotResponse snapshot(String id) {
    return policies.getPolicySnapshot(
        GetPolicySnapshotRequest.newBuilder().setSnapshot(id).build());
  }

  private PolicySnapshot newest() {
    return policies
        .listPolicySnapshots(ListPolicySnapshotsRequest.getDefaultInstance())
        .getSnapshots(0);
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
