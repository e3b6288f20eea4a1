package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.RulesInForce;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ApproveJobResponse;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListApprovalsResponse;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs that wait while the policy changes, and jobs that wait for persons.
final class ReconsiderTest {
  private static final String ALLOW = policy("decision: allow");
  private static final String DENY = policy("decision: deny, reason: freeze");
  private static final String ASK = policy("decision: require_approval, reason: look first");
  private static final String LATER = policy("decision: throttle, reason: busy");

  private final AtomicReference<RulesInForce> rules = new AtomicReference<>();
  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          ALLOW,
          (services, archive) -> {
            rules.set(services.rules());
            return List.of(ReeveFixture.dialect(services, archive));
          });
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals =
      ApprovalServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static String policy(String rule) {
    return "version: \"1\"\nrules:\n  - {id: r, " + rule + "}\n";
  }

  private void inForce(String policy) {
    rules.get().replace(PolicyFile.load(Bytes.utf8(policy)).orThrow("policy"));
  }

  private String submitted() {
    return jobs.submitJob(SubmitJobRequest.newBuilder().setTopic("job.nobody").build())
        .getJob()
        .getJobId();
  }

  private Job job(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private void becomes(String id, JobState state) {
    Await.until("state " + state, Duration.ofSeconds(5), () -> job(id).getState() == state);
  }

  private ApproveJobResponse approve(String id, String by) {
    return approvals.approveJob(
        ApproveJobRequest.newBuilder().setJobId(id).setPrincipalId(by).build());
  }

  private static void refused(ThrowingCallable call, Status.Code code, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(String.valueOf(StatusProto.fromThrowable(e))).contains(reason);
            });
  }

  @Test
  void a_queued_job_that_the_new_policy_denies_is_denied() {
    String id = submitted();

    inForce(DENY);

    becomes(id, JobState.JOB_STATE_DENIED);
    assertThat(job(id).getError().getCode()).isEqualTo("POLICY_REVOKED");
    assertThat(job(id).getPolicy().getSnapshot()).isEqualTo(rules.get().snapshotId());
  }

  @Test
  void a_queued_job_that_now_needs_a_person_is_held_and_goes_on_when_approved() {
    String id = submitted();

    inForce(ASK);
    becomes(id, JobState.JOB_STATE_AWAITING_APPROVAL);
    refused(() -> approve(id, ""), Status.Code.PERMISSION_DENIED, "SELF_APPROVAL_DENIED");
    approve(id, "bob");

    assertThat(job(id).getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
    assertThat(approve(id, "carol").getRemainingApprovals()).isZero();
    refused(
        () ->
            approvals.rejectJob(
                RejectJobRequest.newBuilder().setJobId(id).setPrincipalId("bob").build()),
        Status.Code.ALREADY_EXISTS,
        "APPROVAL_ALREADY_RESOLVED");
  }

  @Test
  void a_throttled_job_goes_on_when_the_policy_permits_it_again() {
    String id = submitted();

    inForce(LATER);
    becomes(id, JobState.JOB_STATE_THROTTLED);
    inForce(ALLOW);

    becomes(id, JobState.JOB_STATE_QUEUED);
  }

  @Test
  void an_approval_of_what_the_policy_denies_by_now_is_stale() {
    inForce(ASK);
    String id = submitted();

    inForce(DENY);

    refused(() -> approve(id, "bob"), Status.Code.ALREADY_EXISTS, "APPROVAL_STALE_SNAPSHOT");
    becomes(id, JobState.JOB_STATE_DENIED);
    refused(() -> approve(id, "bob"), Status.Code.ALREADY_EXISTS, "APPROVAL_STALE_SNAPSHOT");
  }

  @Test
  void an_approval_may_name_what_was_looked_at() {
    inForce(ASK);
    String id = submitted();
    ListApprovalsResponse list = approvals.listApprovals(ListApprovalsRequest.getDefaultInstance());
    String hash = list.getHeldOrThrow(id).getRequestHash();
    ApproveJobRequest.Builder approval =
        ApproveJobRequest.newBuilder().setJobId(id).setPrincipalId("bob");

    refused(
        () -> approvals.approveJob(approval.setRequestHash("0".repeat(64)).build()),
        Status.Code.ALREADY_EXISTS,
        "APPROVAL_STALE_REQUEST");
    approvals.approveJob(approval.setRequestHash(hash).build());

    assertThat(job(id).getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
  }
}
