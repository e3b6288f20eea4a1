package dev.reeve.engine.port;

/// The name under which a repeated submit is recognised.
///
/// @param tenant tenant
/// @param project project within the tenant; empty for the default
/// @param dialect API of the caller; both Eigen names are one
/// @param key the caller's key, or the fingerprint where a dialect wants equal submits to be one
public record IdempotencyScope(String tenant, String project, String dialect, String key) {}
