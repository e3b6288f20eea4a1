package dev.reeve.gateway.beamline;

import dev.reeve.gateway.ServedTenants;
import dev.reeve.routing.Router;
import dev.reeve.service.route.DecideRoute;
import dev.reeve.service.route.KeepRoutePolicies;
import java.time.InstantSource;

/// What the BeamLine API needs beside the use cases of all dialects.
///
/// @param router breakers and policies, to be looked at
/// @param tenants which are served
/// @param extensions how extensions answered
/// @param load how much there is to do
public record BeamlinePorts(
    DecideRoute decide,
    KeepRoutePolicies policies,
    Router router,
    ServedTenants tenants,
    ExtensionStatistics extensions,
    RouterLoad load,
    RecentDecisions recent,
    InstantSource clock) {}
