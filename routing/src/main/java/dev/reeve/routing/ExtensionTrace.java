package dev.reeve.routing;

/// What became of one extension.
///
/// @param status `ok`, `error`, `warn`, `ignore` or `skipped`
public record ExtensionTrace(ExtensionType type, String id, String status) {}
