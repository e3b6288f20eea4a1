package dev.reeve.policy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import java.util.Optional;

/// The rules of approving and rejecting held jobs. Which job is held, and until when, is the job's
/// own business; which tenants somebody may act for is decided before.
public final class Approvals {
  /// Whether somebody may decide a request of their own.
  public enum SelfApproval {
    /// It takes a second person. The default.
    REFUSED,
    /// For installations of a single person.
    ALLOWED
  }

  private Approvals() {}

  /// Why this principal may not approve or reject this job, if so.
  ///
  /// Names are compared without regard to case, and a job whose principal is unknown counts as
  /// anybody's: in doubt it takes somebody else.
  ///
  /// @param approver who wants to decide
  /// @param requester principal of the job
  public static Optional<Problem> refusal(
      String approver, String requester, SelfApproval selfApproval) {
    if (selfApproval == SelfApproval.ALLOWED) {
      return Optional.empty();
    }
    if (approver.isBlank() || requester.isBlank()) {
      return Optional.of(
          PolicyProblems.SELF_APPROVAL_DENIED.because(
              "principal: unknown (expected: a job and an approver with a name)"));
    }
    if (Probe.fold(approver).equals(Probe.fold(requester))) {
      return Optional.of(
          PolicyProblems.SELF_APPROVAL_DENIED.because(
              "principal: "
                  + Text.quoteForMessage(approver)
                  + " submitted this job (expected: somebody else decides it)"));
    }
    return Optional.empty();
  }

  /// Whether the approval that a job waits for may still be given.
  ///
  /// @param heldHash [ApprovalRequest#hash()] when the job was held
  /// @param heldSnapshot policy under which it was held
  /// @param request the job now
  /// @param now what the policy in force says of it
  public static ApprovalStanding standing(
      Bytes heldHash, String heldSnapshot, ApprovalRequest request, PolicyDecision now) {
    if (!request.hash().equals(heldHash)) {
      return new ApprovalStanding.Stale(
          PolicyProblems.APPROVAL_STALE_REQUEST.because(
              "the request changed since it was held (expected: submit it again)"));
    }
    if (now.decision() == Decision.DENY) {
      return new ApprovalStanding.Stale(
          PolicyProblems.APPROVAL_STALE_SNAPSHOT
              .because("the policy in force denies this request: " + now.reason())
              .with("rule_id", now.ruleId())
              .with("policy_snapshot", now.snapshot()));
    }
    return now.snapshot().equals(heldSnapshot)
        ? new ApprovalStanding.Current()
        : new ApprovalStanding.Refreshed(now.snapshot());
  }
}
