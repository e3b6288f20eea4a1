package dev.reeve.gateway.reeve;

import static dev.reeve.service.RegisteredAction.read;
import static dev.reeve.service.RegisteredAction.write;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.service.RemediateJob;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ConsentServiceGrpc;
import dev.reeve.wire.reeve.v1.GovernanceServiceGrpc;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.OutputReviewServiceGrpc;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Our own API: services, and the registered action of each of their methods.
public final class ReeveDialect {
  /// A payload or result of 64 MiB and what goes with it.
  private static final int LARGE_BYTES = 66 * 1024 * 1024;

  private static final int SMALL_BYTES = 64 * 1024;

  /// Some policy files of 2 MiB each.
  private static final int POLICIES_BYTES = 16 * 1024 * 1024;

  private ReeveDialect() {}

  /// Makes the dialect over the use cases and what the server tells of itself.
  public static Dialect create(GatewayServices services, ReevePorts ports) {
    Replies replies = new Replies(ProblemTable.OWN);
    RemediateJob remediations =
        new RemediateJob(
            services.submit(),
            services.reader(),
            services.rules(),
            services.writer(),
            services.clock());
    return new Dialect(
        ReeveProfile.V1.dialect(),
        List.of(
            new JobHandlers(services, replies, ReeveProfile.V1, remediations).bindService(),
            new ApprovalHandlers(services, replies, remediations).bindService(),
            new HeldOutputHandlers(services, replies).bindService(),
            new WorkerHandlers(services, ports, replies).bindService(),
            new PoolHandlers(services, ports, replies).bindService(),
            new AuditHandlers(services, ports, replies).bindService(),
            new PolicyHandlers(services, ports, replies).bindService(),
            new SystemHandlers(services, ports, replies).bindService(),
            new GovernanceHandlers(services, ports, replies).bindService(),
            new ConsentHandlers(ports.consent(), services.gate(), services.clock(), replies)
                .bindService()),
        List.of(),
        actions(),
        ProblemTable.OWN);
  }

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    Map<String, RegisteredAction> actions = new HashMap<>();
    jobs(actions);
    governance(actions);
    consent(actions);
    policies(actions);
    approvals(actions);
    put(
        actions,
        OutputReviewServiceGrpc.getListHeldOutputsMethod(),
        new RegisteredAction(
            "action:output:held", false, Risk.MEDIUM, Mode.BLOCKING, SMALL_BYTES, Access.ADMIN));
    put(actions, OutputReviewServiceGrpc.getReadHeldOutputMethod(), decision("action:output:read"));
    put(
        actions,
        OutputReviewServiceGrpc.getReleaseHeldOutputMethod(),
        decision("action:output:release"));
    put(
        actions,
        OutputReviewServiceGrpc.getDeleteHeldOutputMethod(),
        decision("action:output:delete"));
    put(
        actions,
        WorkerServiceGrpc.getConnectMethod(),
        write("action:worker:connect", Mode.INLINE).withRequestBytesMax(LARGE_BYTES).ofOperator());
    put(actions, WorkerServiceGrpc.getListWorkersMethod(), read("action:worker:list", Mode.INLINE));
    put(actions, PoolServiceGrpc.getListPoolsMethod(), read("action:pool:list", Mode.INLINE));
    put(
        actions,
        PoolServiceGrpc.getSetPoolStatusMethod(),
        decision("action:pool:set_status").ofOperator());
    put(actions, PoolServiceGrpc.getListTopicsMethod(), read("action:topic:list", Mode.INLINE));
    put(actions, AuditServiceGrpc.getGetTreeHeadMethod(), read("action:audit:head", Mode.INLINE));
    put(
        actions,
        AuditServiceGrpc.getListReceiptsMethod(),
        read("action:audit:list", Mode.BLOCKING));
    put(
        actions,
        AuditServiceGrpc.getGetInclusionProofMethod(),
        read("action:audit:prove", Mode.BLOCKING));
    put(
        actions,
        AuditServiceGrpc.getGetConsistencyProofMethod(),
        read("action:audit:compare", Mode.BLOCKING));
    put(actions, AuditServiceGrpc.getListKeysMethod(), read("action:audit:keys", Mode.INLINE));
    put(
        actions,
        AuditServiceGrpc.getVerifyLogMethod(),
        read("action:audit:verify", Mode.BLOCKING).ofOperator());
    put(
        actions,
        AuditServiceGrpc.getRotateKeyMethod(),
        decision("action:audit:rotate_key").ofOperator());
    put(
        actions,
        SystemServiceGrpc.getGetServerInfoMethod(),
        read("action:system:info", Mode.INLINE));
    put(
        actions,
        SystemServiceGrpc.getGetConfigMethod(),
        new RegisteredAction(
            "action:system:config", false, Risk.MEDIUM, Mode.INLINE, SMALL_BYTES, Access.OPERATOR));
    return actions;
  }

  private static void governance(Map<String, RegisteredAction> actions) {
    put(
        actions,
        GovernanceServiceGrpc.getGetGenomeMethod(),
        read("action:governance:genome", Mode.INLINE));
    put(
        actions,
        GovernanceServiceGrpc.getGetPostureMethod(),
        read("action:governance:posture", Mode.INLINE));
    put(
        actions,
        GovernanceServiceGrpc.getSetPostureMethod(),
        decision("action:governance:set_posture").ofOperator());
    put(
        actions,
        GovernanceServiceGrpc.getUnlockPostureMethod(),
        decision("action:governance:unlock_posture").ofOperator());
  }

  /// Anybody may speak for themselves; who may speak for others is asked in the use case.
  private static void consent(Map<String, RegisteredAction> actions) {
    put(
        actions,
        ConsentServiceGrpc.getSignalConsentMethod(),
        new RegisteredAction(
            "action:consent:signal", true, Risk.HIGH, Mode.BLOCKING, SMALL_BYTES, Access.READ));
    put(
        actions,
        ConsentServiceGrpc.getGetConsentMethod(),
        read("action:consent:read", Mode.INLINE));
  }

  private static void jobs(Map<String, RegisteredAction> actions) {
    put(
        actions,
        JobServiceGrpc.getSubmitJobMethod(),
        write("action:job:submit", Mode.INLINE).withRequestBytesMax(LARGE_BYTES));
    put(actions, JobServiceGrpc.getGetJobMethod(), read("action:job:get", Mode.BLOCKING));
    put(actions, JobServiceGrpc.getGetJobResultMethod(), read("action:job:result", Mode.BLOCKING));
    put(actions, JobServiceGrpc.getListJobsMethod(), read("action:job:list", Mode.BLOCKING));
    put(actions, JobServiceGrpc.getWatchJobsMethod(), read("action:job:watch", Mode.INLINE));
    put(actions, JobServiceGrpc.getCancelJobMethod(), write("action:job:cancel", Mode.INLINE));
    put(actions, JobServiceGrpc.getExplainJobMethod(), read("action:job:explain", Mode.INLINE));
    put(actions, JobServiceGrpc.getGetTraceMethod(), read("action:job:trace", Mode.BLOCKING));
    put(actions, JobServiceGrpc.getRetryJobMethod(), write("action:job:retry", Mode.BLOCKING));
  }

  private static void approvals(Map<String, RegisteredAction> actions) {
    put(
        actions,
        ApprovalServiceGrpc.getListApprovalsMethod(),
        read("action:approval:list", Mode.BLOCKING));
    put(actions, ApprovalServiceGrpc.getApproveJobMethod(), decision("action:approval:approve"));
    put(actions, ApprovalServiceGrpc.getRejectJobMethod(), decision("action:approval:reject"));
    put(
        actions,
        ApprovalServiceGrpc.getRemediateJobMethod(),
        write("action:job:remediate", Mode.BLOCKING).withRequestBytesMax(LARGE_BYTES));
  }

  private static void policies(Map<String, RegisteredAction> actions) {
    put(actions, PolicyServiceGrpc.getGetPolicyMethod(), ofAdmin("action:policy:get").ofOperator());
    put(
        actions,
        PolicyServiceGrpc.getListPolicySnapshotsMethod(),
        read("action:policy:history", Mode.BLOCKING));
    put(
        actions,
        PolicyServiceGrpc.getGetPolicySnapshotMethod(),
        read("action:policy:text", Mode.BLOCKING).withRequestBytesMax(SMALL_BYTES).ofOperator());
    put(
        actions,
        PolicyServiceGrpc.getGetOutputStatsMethod(),
        read("action:policy:output_stats", Mode.INLINE).ofOperator());
    put(actions, PolicyServiceGrpc.getSimulatePolicyMethod(), ofAdmin("action:policy:try"));
    put(actions, PolicyServiceGrpc.getBacktestPolicyMethod(), ofAdmin("action:policy:backtest"));
  }

  /// For those who write policy: reads nothing but policies and what they would decide.
  private static RegisteredAction ofAdmin(String id) {
    return new RegisteredAction(
        id, false, Risk.MEDIUM, Mode.BLOCKING, POLICIES_BYTES, Access.ADMIN);
  }

  private static RegisteredAction decision(String id) {
    return new RegisteredAction(id, true, Risk.HIGH, Mode.BLOCKING, SMALL_BYTES, Access.ADMIN);
  }

  private static void put(
      Map<String, RegisteredAction> actions,
      MethodDescriptor<?, ?> method,
      RegisteredAction action) {
    actions.put(method.getFullMethodName(), action);
  }
}
