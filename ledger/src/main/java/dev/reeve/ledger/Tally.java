package dev.reeve.ledger;

import dev.reeve.base.Bytes;

/// Equal decisions of one minute, counted instead of written one by one.
///
/// @param minute minutes since 1970 UTC
/// @param subject what makes them equal
/// @param count how many, at least 1
/// @param first commitment to the first request
/// @param last commitment to the last request
public record Tally(long minute, Subject subject, long count, Bytes first, Bytes last) {
  /// What makes two decisions equal enough to be counted together.
  ///
  /// @param tenant whose data was read; empty when nobody was identified
  /// @param actor principal, or the address prefix when nobody was identified
  /// @param action what was asked
  /// @param decision the answer, as in [Receipt]
  /// @param reason why it was refused; empty for an allowed read
  public record Subject(
      String tenant, String actor, String action, String decision, String reason) {
    /// Stands for everybody once too many were seen in one minute.
    static final String OTHER = "other";

    /// Written out, as [#equals] is: both are asked for every call that is counted, and what the
    /// compiler makes for a record is not inlined there.
    @Override
    public int hashCode() {
      int hash = tenant.hashCode();
      hash = 31 * hash + actor.hashCode();
      hash = 31 * hash + action.hashCode();
      hash = 31 * hash + decision.hashCode();
      return 31 * hash + reason.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Subject that
              && tenant.equals(that.tenant)
              && actor.equals(that.actor)
              && action.equals(that.action)
              && decision.equals(that.decision)
              && reason.equals(that.reason));
    }

    Subject other() {
      return new Subject("", OTHER, action, decision, reason);
    }
  }

  /// The receipt of the whole minute: the reason starts with the count, `in` and `out` are the
  /// first and the last request.
  public Receipt toReceipt() {
    String times = count == 1 ? "1 time" : count + " times";
    String words = subject.reason().isEmpty() ? times : times + ": " + subject.reason();
    return Receipt.of(subject.action(), subject.decision())
        .withSubject(subject.tenant(), "", subject.actor())
        .withRule("", words, "")
        .withInput(first)
        .withOutput(last);
  }
}
