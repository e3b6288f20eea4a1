package dev.reeve.gateway.reeve;

import dev.reeve.gateway.ProtoTimes;
import dev.reeve.job.JobState;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.JobView;
import dev.reeve.wire.reeve.v1.HeldJob;
import java.util.Optional;

/// What a job waits for that a person must approve.
final class HeldJobEncoder {
  private HeldJobEncoder() {}

  /// Empty when it does not wait for anybody.
  static Optional<HeldJob> encode(JobView view) {
    return view.job().state() instanceof JobState.AwaitingApproval waiting
        ? Optional.of(encode(view, waiting))
        : Optional.empty();
  }

  private static HeldJob encode(JobView view, JobState.AwaitingApproval waiting) {
    HeldJob.Builder out =
        HeldJob.newBuilder()
            .setRequestHash(DecideApproval.requestHash(view).hex())
            .setApprovalsNeeded(Math.max(1, view.job().grant().approvals()))
            .addAllApprovedBy(waiting.approvedBy());
    if (waiting.expiresAtMicros() > 0) {
      out.setExpiresAt(ProtoTimes.timestamp(waiting.expiresAtMicros()));
    }
    return out.build();
  }
}
