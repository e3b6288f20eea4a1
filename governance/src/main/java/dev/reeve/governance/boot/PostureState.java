package dev.reeve.governance.boot;

import java.time.Instant;

/// The posture that is taken. Immutable; each move gives a new one.
///
/// A trigger makes it stricter and never milder. DEFENSIVE ends by itself when the checks pass
/// again, unless a person asked for it; FAIL_CLOSED ends by a person alone.
///
/// @param posture what is let pass
/// @param trigger why
/// @param detail what happened, or who asked for it and why
/// @param since from when on
public record PostureState(Posture posture, PostureTrigger trigger, String detail, Instant since) {
  /// Nothing has happened.
  public static PostureState normal(Instant now) {
    return new PostureState(Posture.NORMAL, PostureTrigger.MANUAL_OVERRIDE, "", now);
  }

  /// After something went wrong.
  public PostureState triggered(PostureTrigger cause, String what, Instant now) {
    return cause.asksFor().compareTo(posture) > 0
        ? new PostureState(cause.asksFor(), cause, what, now)
        : this;
  }

  /// After all checks passed.
  public PostureState recovered(Instant now) {
    boolean byItself = trigger != PostureTrigger.MANUAL_OVERRIDE;
    return posture == Posture.DEFENSIVE && byItself ? normal(now) : this;
  }

  /// After a person asked for a posture. One that is locked cannot be set, only unlocked.
  public PostureState set(Posture wanted, String why, Instant now) {
    return new PostureState(wanted, PostureTrigger.MANUAL_OVERRIDE, why, now);
  }

  /// Whether only a person ends it.
  public boolean isLocked() {
    return posture == Posture.FAIL_CLOSED;
  }

  /// Whether an action may pass.
  public boolean lets(boolean sideEffect) {
    return switch (posture) {
      case NORMAL -> true;
      case DEFENSIVE -> !sideEffect;
      case FAIL_CLOSED -> false;
    };
  }
}
