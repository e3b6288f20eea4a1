package dev.reeve.server;

import dev.reeve.routing.RateLimit;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What can be set of the router.
///
/// @param policies a folder of policies; empty for none
/// @param tenants that are served; empty for all
/// @param strict whether ids must be of the later contract's formats in every form
/// @param decideStream whether decisions are also asked for through a stream of the bus
/// @param environment what policies see as `environment`; may be empty
/// @param global limit of decisions of all tenants together; empty for none
/// @param perTenant limit of decisions of each tenant; empty for none
public record RoutingConfig(
    Optional<Path> policies,
    Set<String> tenants,
    boolean strict,
    boolean decideStream,
    String environment,
    Optional<RateLimit> global,
    Optional<RateLimit> perTenant) {
  public RoutingConfig {
    tenants = Set.copyOf(tenants);
  }
}
