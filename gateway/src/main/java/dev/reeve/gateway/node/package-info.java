/// What a node serves: `eigen.internal.v1.DriverManagerService` over one simulator, for the server
/// that sends it shards. It stands beside the chain of the gateway, not behind it: whether a job
/// may run was decided by that server, and nobody else has the key.
///
/// Listing answers on the event loop; runs compute on the threads they are given.
@NullMarked
package dev.reeve.gateway.node;

import org.jspecify.annotations.NullMarked;
