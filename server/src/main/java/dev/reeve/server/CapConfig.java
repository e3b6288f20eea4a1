package dev.reeve.server;

import dev.reeve.gateway.cap.CapSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Workers that come by the bus.
///
/// @param poolsFile which pools are meant for which topics; empty for none
/// @param settings keys, sessions and readiness
/// @param redis where inputs and results lie; empty for our own store
public record CapConfig(Optional<Path> poolsFile, CapSettings settings, Optional<URI> redis) {}
