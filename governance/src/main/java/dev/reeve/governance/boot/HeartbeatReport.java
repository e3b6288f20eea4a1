package dev.reeve.governance.boot;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// What one heartbeat found.
///
/// @param at when
/// @param checks all that were made, in order
public record HeartbeatReport(Instant at, List<Check> checks) {
  public HeartbeatReport {
    checks = List.copyOf(checks);
  }

  /// One check.
  ///
  /// @param name what was looked at
  /// @param ok whether it is as it should be
  /// @param code why not; empty when it is
  /// @param detail for people; empty when there is nothing to say
  /// @param trigger what it asks of the posture when it is not
  public record Check(String name, boolean ok, String code, String detail, PostureTrigger trigger) {
    /// A check that passed.
    public static Check passed(String name) {
      return new Check(name, true, "", "", PostureTrigger.MANUAL_OVERRIDE);
    }

    /// A check that did not.
    public static Check failed(String name, String code, String detail, PostureTrigger trigger) {
      return new Check(name, false, code, detail, trigger);
    }
  }

  /// Whether all is well.
  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }

  /// The checks that did not pass.
  public List<Check> failed() {
    return checks.stream().filter(check -> !check.ok()).toList();
  }

  /// Names of the failed checks with their codes, for a refusal.
  public String failedNames() {
    return failed().stream()
        .map(check -> check.name() + "=" + check.code())
        .collect(Collectors.joining(","));
  }
}
