package dev.reeve.gateway.reeve;

import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobSpec;
import dev.reeve.job.RunLimits;
import dev.reeve.service.GrantVariables;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.AssignmentCancel;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchAck;
import dev.reeve.wire.reeve.v1.DispatchOutcome;
import dev.reeve.wire.reeve.v1.WorkerDrain;
import dev.reeve.wire.reeve.v1.WorkerRegistered;
import java.time.Duration;
import java.util.List;

/// What the server tells a worker.
final class WorkerEncoder {
  /// A worker gives this many signs within a lease.
  private static final int SIGNS_PER_LEASE = 3;

  private WorkerEncoder() {}

  static ConnectResponse registered(String sessionId, Duration lease, List<DispatchId> kept) {
    WorkerRegistered.Builder out =
        WorkerRegistered.newBuilder()
            .setSessionId(sessionId)
            .setLease(ProtoTimes.duration(lease))
            .setHeartbeatInterval(ProtoTimes.duration(lease.dividedBy(SIGNS_PER_LEASE)));
    kept.forEach(dispatch -> out.addAcceptedDispatchIds(dispatch.toString()));
    return ConnectResponse.newBuilder().setRegistered(out).build();
  }

  static ConnectResponse assignment(ExecutorSession.Assignment assigned) {
    JobSpec spec = assigned.admission().spec();
    RunLimits limits = spec.limits();
    Assignment.Builder out =
        Assignment.newBuilder()
            .setDispatchId(assigned.dispatch().toString())
            .setJobId(spec.key().jobId())
            .setTenant(spec.key().tenant())
            .setProject(spec.project())
            .setTopic(spec.work().topic())
            .setAttempt(assigned.dispatch().attempt())
            .setEffectKey(spec.key().jobId())
            .setPayload(UnsafeByteOperations.unsafeWrap(assigned.payload().unsafeArray()))
            .setContentType(spec.payload().contentType())
            .putAllLabels(spec.work().labels())
            .putAllMetadata(spec.work().metadata())
            .putAllEnv(GrantVariables.of(assigned.job().grant()));
    if (limits.deadlineAtMicros() > 0) {
      out.setDeadline(ProtoTimes.timestamp(limits.deadlineAtMicros()));
    }
    if (assigned.job().runTimeoutMicros() > 0) {
      out.setRunTimeout(ProtoTimes.duration(assigned.job().runTimeoutMicros()));
    }
    return ConnectResponse.newBuilder().setAssignment(out).build();
  }

  static ConnectResponse cancel(DispatchId dispatch, String reason) {
    return ConnectResponse.newBuilder()
        .setCancel(
            AssignmentCancel.newBuilder().setDispatchId(dispatch.toString()).setReason(reason))
        .build();
  }

  static ConnectResponse acknowledgement(DispatchId dispatch, boolean accepted) {
    return ConnectResponse.newBuilder()
        .setAck(
            DispatchAck.newBuilder()
                .setDispatchId(dispatch.toString())
                .setOutcome(
                    accepted
                        ? DispatchOutcome.DISPATCH_OUTCOME_ACCEPTED
                        : DispatchOutcome.DISPATCH_OUTCOME_FENCED))
        .build();
  }

  static ConnectResponse drain(String reason) {
    return ConnectResponse.newBuilder()
        .setDrain(WorkerDrain.newBuilder().setReason(reason))
        .build();
  }
}
