package dev.reeve.gateway.reeve;

import dev.reeve.service.ReceiptReader;
import java.time.Duration;

/// What this API needs besides the use cases that every API calls.
///
/// @param receipts reads the audit tree
/// @param server tells what the server is
/// @param workers the connected workers, shared with whoever stops the server
/// @param lease how long a worker may be silent
public record ReevePorts(
    ReceiptReader receipts, ServerDescription server, WorkerRoster workers, Duration lease) {}
