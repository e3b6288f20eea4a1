package dev.reeve.service.bus;

import dev.reeve.base.Check;

/// Whom to listen to, at most once delivery.
///
/// @param pattern subject, possibly with wildcards
/// @param queueGroup all of a group share the messages, each going to one of them; empty: all get
///   all
/// @param pendingMax messages that may wait for the handler before the newest are dropped
public record SubscriptionSpec(String pattern, String queueGroup, int pendingMax) {
  /// What waits for a handler unless said otherwise.
  public static final int PENDING_MAX_DEFAULT = 8_192;

  /// The most that may be asked for.
  public static final int PENDING_MAX = 1_000_000;

  public SubscriptionSpec {
    Subjects.requirePattern(pattern);
    if (!queueGroup.isEmpty()) {
      Subjects.requireSubject(queueGroup);
    }
    Check.argument(
        pendingMax >= 1 && pendingMax <= PENDING_MAX,
        "pending_max: %s (expected: 1 to %s)",
        pendingMax,
        PENDING_MAX);
  }

  /// Every message of the pattern.
  public static SubscriptionSpec of(String pattern) {
    return new SubscriptionSpec(pattern, "", PENDING_MAX_DEFAULT);
  }

  /// This group's share of the pattern.
  public static SubscriptionSpec shared(String pattern, String queueGroup) {
    return new SubscriptionSpec(pattern, queueGroup, PENDING_MAX_DEFAULT);
  }

  /// The same with another bound.
  public SubscriptionSpec withPendingMax(int messages) {
    return new SubscriptionSpec(pattern, queueGroup, messages);
  }
}
