package dev.reeve.cli;

import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;

/// Versions of routing policies as a table.
final class RoutePolicyTable {
  private static final int HASH_SHOWN = 12;

  private RoutePolicyTable() {}

  static List<String> of(List<RoutePolicy> policies) {
    Table table = new Table("POLICY", "TENANT", "VERSION", "SNAPSHOT", "SINCE", "BY", "NOTE");
    for (RoutePolicy policy : policies) {
      String snapshot = policy.getSnapshot();
      table.row(
          policy.getPolicyId(),
          policy.getTenantId().isEmpty() ? "(all)" : policy.getTenantId(),
          Long.toString(policy.getVersion()),
          snapshot.length() > HASH_SHOWN ? snapshot.substring(0, HASH_SHOWN) : snapshot,
          Words.of(policy.getWrittenAt()),
          policy.getWrittenBy(),
          policy.getDeleted() ? "deleted" : policy.getNote());
    }
    return table.lines();
  }
}
