package dev.reeve.server;

import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.providers.ApiKey;
import dev.reeve.service.provider.ProviderFacts;
import java.util.Optional;

/// How a provider is reached that is a service of its own.
///
/// @param target over gRPC; empty: over the bus
/// @param subject where it listens on the bus; empty over gRPC
/// @param remoteId its name over there; empty: whom it chooses
/// @param key sent over gRPC; may be none
/// @param retriesMax how often a call is repeated that cannot have begun
/// @param missingKey the variable that should have the key and is not set; empty when all is well
record RemoteSettings(
    ProviderFacts facts,
    Optional<RemoteTarget> target,
    String subject,
    String remoteId,
    ApiKey key,
    int retriesMax,
    String missingKey)
    implements ConfiguredProvider {}
