package dev.reeve.service;

import java.time.Duration;
import java.time.Instant;

/// What an operator said of a pool of workers. It goes before the pools file until it is taken
/// back.
///
/// @param pool by name
/// @param status from then on
/// @param at when it was said
/// @param drainTime after which a draining pool is shown as inactive, whatever still runs
/// @param by principal who said it
/// @param reason their words; may be empty
public record PoolOrder(
    String pool,
    WorkerPools.Status status,
    Instant at,
    Duration drainTime,
    String by,
    String reason) {}
