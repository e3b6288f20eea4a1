package dev.reeve.policy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import java.text.Normalizer;
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
  /// Names are compared as they are read: without regard to case, to the form of a character, and
  /// to characters that nobody sees. A job whose principal is unknown counts as anybody's: in doubt
  /// it takes somebody else.
  ///
  /// @param approver who wants to decide
  /// @param requester principal of the job
  /// @param actor on whose behalf the principal submitted it; empty for their own
  public static Optional<Problem> refusal(
      String approver, String requester, String actor, SelfApproval selfApproval) {
    if (selfApproval == SelfApproval.ALLOWED) {
      return Optional.empty();
    }
    String decider = asRead(approver);
    if (decider.isBlank() || asRead(requester).isBlank()) {
      return Optional.of(
          PolicyProblems.SELF_APPROVAL_DENIED.because(
              "principal: unknown (expected: a job and an approver with a name)"));
    }
    if (decider.equals(asRead(requester)) || decider.equals(asRead(actor))) {
      return Optional.of(
          PolicyProblems.SELF_APPROVAL_DENIED.because(
              "principal: "
                  + Text.quoteForMessage(approver)
                  + " submitted this job (expected: somebody else decides it)"));
    }
    return Optional.empty();
  }

  /// The form in which two names are one that look alike.
  public static String asRead(String name) {
    return Probe.fold(asSeen(name));
  }

  /// A name without what nobody sees of it.
  public static String asSeen(String name) {
    StringBuilder seen = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFKC)
        .codePoints()
        .filter(Approvals::isSeen)
        .forEach(seen::appendCodePoint);
    return seen.toString().strip();
  }

  private static boolean isSeen(int character) {
    int kind = Character.getType(character);
    return kind != Character.FORMAT
        && kind != Character.CONTROL
        && kind != Character.UNASSIGNED
        && kind != Character.PRIVATE_USE
        && !(character >= 0xFE00 && character <= 0xFE0F)
        && !(character >= 0xE0100 && character <= 0xE01EF)
        && character != 0x034F
        && character != 0x115F
        && character != 0x1160
        && character != 0x3164;
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
