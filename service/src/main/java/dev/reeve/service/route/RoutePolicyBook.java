package dev.reeve.service.route;

import dev.reeve.routing.PolicyVersion;
import java.io.IOException;
import java.util.List;

/// Keeps routing policies with their versions, across restarts. Called by one thread at a time.
public interface RoutePolicyBook {
  /// A policy of a tenant.
  ///
  /// @param tenantId empty for one that holds for every tenant
  /// @param versions ascending
  record Kept(String tenantId, String policyId, List<PolicyVersion> versions) {
    public Kept {
      versions = List.copyOf(versions);
    }
  }

  /// All that is kept.
  ///
  /// @throws IOException when something is there that cannot be read
  List<Kept> read() throws IOException;

  /// Keeps a policy in place of what was kept of it; on disk when this returns. Blocks.
  void write(Kept policy) throws IOException;
}
