package dev.reeve.gateway;

import dev.reeve.job.JobEvent;

/// An approval in words, the same in every dialect that has room for them.
public final class ApprovalWords {
  private ApprovalWords() {}

  /// Who approved, what is still needed, and the comment.
  public static String of(JobEvent.ApprovalGiven given) {
    String more = given.remaining() == 0 ? "" : ", " + given.remaining() + " more needed";
    String comment = given.comment().isEmpty() ? "" : ": " + given.comment();
    return "approved by " + given.by() + more + comment;
  }
}
