package dev.reeve.ledger;

/// How carefully a decision is written down.
public enum ReceiptClass {
  /// A decision that changes state or refuses to: an own leaf, in the commit of its effect, before
  /// the answer. If the leaf cannot be written, the call is refused.
  EFFECT,
  /// A question to the policy that changes nothing: an own leaf as for [#EFFECT], unless checks are
  /// configured to be counted like [#READ].
  CHECK,
  /// An allowed read: one leaf for each principal, action and minute.
  READ,
  /// A refusal before anybody was identified, or for rate or size: one leaf for each reason,
  /// address prefix and minute.
  FLOOD;

  /// Whether each single decision has its leaf; the others are counted by [Tallies].
  public boolean hasOwnLeaf() {
    return this == EFFECT || this == CHECK;
  }
}
