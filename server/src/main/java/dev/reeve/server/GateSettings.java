package dev.reeve.server;

import dev.reeve.governance.cif.ClientRates;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What can be set about the boundary, the conscience and consent.
///
/// @param boundaryPack rules of the boundary; empty for those that are shipped
/// @param consciencePack rules of the conscience; empty for those that are shipped
/// @param conscienceOffTenants tenants for which the rules of the conscience do not hold; consent
///   and failing closed always do
/// @param dataKeyFile the key of hashes and tokens; empty for one of this process
/// @param anchors whose stop and pause halt everybody; empty for those of the conscience
/// @param rate what one client may send; empty for no limit but that of the principal
record GateSettings(
    Optional<Path> boundaryPack,
    Optional<Path> consciencePack,
    Set<String> conscienceOffTenants,
    Optional<Path> dataKeyFile,
    Set<String> anchors,
    Optional<ClientRates.Rate> rate) {
  GateSettings {
    conscienceOffTenants = Set.copyOf(conscienceOffTenants);
    anchors = Set.copyOf(anchors);
  }
}
