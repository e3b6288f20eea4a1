package dev.reeve.routing;

import java.util.Optional;

/// One change of a policy.
///
/// @param number from 1, without gaps, deletions included
/// @param policy what holds since then; empty for a deletion
/// @param changedAtMs epoch milliseconds
/// @param changedBy who changed it; may be empty
/// @param note such as `rollback to 3`; may be empty
public record PolicyVersion(
    long number, Optional<RoutePolicy> policy, long changedAtMs, String changedBy, String note) {}
