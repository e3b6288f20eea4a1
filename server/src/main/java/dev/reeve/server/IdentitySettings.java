package dev.reeve.server;

import java.nio.file.Path;
import java.util.Optional;

/// Who may call.
///
/// @param keys the file with the keys of callers; empty for none
/// @param localOperator whether callers on this machine need no key although there are keys
/// @param metricsOpen whether `/metrics` needs no key although there are keys
public record IdentitySettings(Optional<Path> keys, boolean localOperator, boolean metricsOpen) {}
