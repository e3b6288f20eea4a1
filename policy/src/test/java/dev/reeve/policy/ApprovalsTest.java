package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.policy.Approvals.SelfApproval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApprovalsTest {
  private static final ApprovalRequest HELD =
      new ApprovalRequest(
          "acme",
          "job-1",
          "agent-7",
          "job.ops.restart",
          "ops",
          List.of("prod", "write"),
          Map.of("env", "prod", "team", "core"),
          Sha256.of(Bytes.utf8("payload")));

  @Test
  void the_hash_of_a_request_is_what_it_always_was() {
    assertThat(HELD.hash().hex())
        .isEqualTo("6f94df9decace65d5824436266d06da243ae0d9dd87f89f1e5e89626a112bd27");
  }

  @Test
  void labels_set_by_approving_do_not_change_the_hash() {
    ApprovalRequest marked =
        withLabels(
            Map.of(
                "env", "prod",
                "team", "core",
                "approval_granted", "true",
                "approval_snapshot", "a1:00",
                "cordum.bus_msg_id", "approval:job-1",
                "policy.attachment_id", "job-1"));

    assertThat(marked.hash()).isEqualTo(HELD.hash());
  }

  @Test
  void every_other_change_of_the_request_changes_the_hash() {
    List<ApprovalRequest> changed =
        List.of(
            withLabels(Map.of("env", "prod")),
            withLabels(Map.of("env", "dev", "team", "core")),
            withLabels(Map.of("env", "prod", "team", "core", "cordum.other", "x")),
            request("globex", "job-1", "agent-7", "job.ops.restart", "ops", List.of("prod")),
            request("acme", "job-2", "agent-7", "job.ops.restart", "ops", List.of("prod")),
            request("acme", "job-1", "agent-8", "job.ops.restart", "ops", List.of("prod")),
            request("acme", "job-1", "agent-7", "job.ops.stop", "ops", List.of("prod")),
            request("acme", "job-1", "agent-7", "job.ops.restart", "db", List.of("prod")),
            request("acme", "job-1", "agent-7", "job.ops.restart", "ops", List.of()));

    assertThat(changed.stream().map(ApprovalRequest::hash).distinct())
        .hasSize(changed.size())
        .doesNotContain(HELD.hash());
  }

  @ParameterizedTest
  @CsvSource({
    "local-operator, agent-7, REFUSED, true",
    "agent-7, agent-7, REFUSED, false",
    "Agent-7, ' agent-7', REFUSED, false",
    "agent-7, '', REFUSED, false",
    "'', agent-7, REFUSED, false",
    "agent\u200b-7, agent-7, REFUSED, false",
    "\uff21gent-7, agent-7\ufe0f, REFUSED, false",
    "\u200b, agent-7, REFUSED, false",
    "agent-7, agent-7, ALLOWED, true",
    "agent-7, '', ALLOWED, true",
  })
  void nobody_decides_a_request_of_their_own(
      String approver, String requester, SelfApproval rule, boolean mayDecide) {
    assertThat(Approvals.refusal(approver, requester, "", rule).isEmpty()).isEqualTo(mayDecide);
  }

  @Test
  void a_refusal_names_the_rule_that_was_broken() {
    assertThat(Approvals.refusal("ann", "ann", "", SelfApproval.REFUSED))
        .hasValueSatisfying(problem -> {
          assertThat(problem.reason()).isEqualTo("SELF_APPROVAL_DENIED");
          assertThat(problem.message())
              .isEqualTo(
                  "principal: \"ann\" submitted this job (expected: somebody else decides it)");
        });
  }

  @Test
  void an_approval_under_the_same_policy_stands() {
    assertThat(standing(HELD, Decision.REQUIRE_APPROVAL, "a1:00"))
        .isEqualTo(new ApprovalStanding.Current());
  }

  @Test
  void an_approval_under_a_new_policy_that_still_agrees_is_refreshed() {
    assertThat(standing(HELD, Decision.REQUIRE_APPROVAL, "a2:11"))
        .isEqualTo(new ApprovalStanding.Refreshed("a2:11"));
    assertThat(standing(HELD, Decision.ALLOW, "a2:11"))
        .isEqualTo(new ApprovalStanding.Refreshed("a2:11"));
  }

  @Test
  void a_deny_of_the_policy_in_force_is_final() {
    assertThat(standing(HELD, Decision.DENY, "a2:11"))
        .isInstanceOfSatisfying(
            ApprovalStanding.Stale.class,
            stale -> assertThat(stale.problem().reason()).isEqualTo("APPROVAL_STALE_SNAPSHOT"));
    assertThat(standing(HELD, Decision.DENY, "a1:00")).isInstanceOf(ApprovalStanding.Stale.class);
  }

  @Test
  void a_request_that_changed_cannot_be_approved() {
    assertThat(standing(withLabels(Map.of()), Decision.ALLOW, "a1:00"))
        .isInstanceOfSatisfying(
            ApprovalStanding.Stale.class,
            stale -> assertThat(stale.problem().reason()).isEqualTo("APPROVAL_STALE_REQUEST"));
  }

  @Test
  void a_denial_tells_the_caller_which_rule_of_which_policy() {
    Problem problem = new PolicyDecision(Decision.DENY, "off", "no-delete", "a1:00").toDenial();

    assertThat(problem.reason()).isEqualTo("POLICY_DENIED");
    assertThat(problem.message()).isEqualTo("off");
    assertThat(problem.metadata())
        .isEqualTo(Map.of("rule_id", "no-delete", "policy_snapshot", "a1:00"));
    assertThat(PolicyDecision.NO_POLICY.decision()).isEqualTo(Decision.DENY);
  }

  private static ApprovalStanding standing(
      ApprovalRequest request, Decision decision, String snapshot) {
    String reason = decision == Decision.ALLOW ? "" : "because";
    return Approvals.standing(
        HELD.hash(), "a1:00", request, new PolicyDecision(decision, reason, "r", snapshot));
  }

  private static ApprovalRequest withLabels(Map<String, String> labels) {
    return new ApprovalRequest(
        HELD.tenant(),
        HELD.jobId(),
        HELD.principal(),
        HELD.topic(),
        HELD.capability(),
        HELD.riskTags(),
        labels,
        HELD.payloadSha256());
  }

  private static ApprovalRequest request(
      String tenant,
      String job,
      String principal,
      String topic,
      String capability,
      List<String> tags) {
    return new ApprovalRequest(
        tenant, job, principal, topic, capability, tags, HELD.labels(), HELD.payloadSha256());
  }
}
