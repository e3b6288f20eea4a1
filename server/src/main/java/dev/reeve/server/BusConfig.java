package dev.reeve.server;

import dev.reeve.bus.BusLimits;
import dev.reeve.bus.NatsSettings;
import java.util.Optional;

/// The bus.
///
/// @param nats where the brokers are; empty: messages stay within the process
/// @param limits bounds of either
/// @param replicas copies of our streams
/// @param publishes whether events of jobs go to the brokers
/// @param republishFrom a commit from which they go again, once; 0 for none
public record BusConfig(
    Optional<NatsSettings> nats,
    BusLimits limits,
    int replicas,
    boolean publishes,
    long republishFrom) {}
