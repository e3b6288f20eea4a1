package dev.reeve.providers;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Where calls of providers run.
///
/// @param loops carry connections; those of the callers' connections, so that a call stays on one
///   thread. Closed by their owner
/// @param blocking a thread for each task that may wait, within the call that hands it over
/// @param within gives what runs the later steps of a call in place, within that call
public record ProviderThreads(EventLoopGroup loops, Executor blocking, Supplier<Executor> within) {}
