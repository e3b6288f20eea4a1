package dev.reeve.service;

/// One reason why a job does not run yet.
///
/// @param code stable upper-case name
/// @param message safe text
/// @param untilMicros when it may end by time alone, microseconds since 1970 UTC; 0 when something
///   must happen first
public record WaitCause(String code, String message, long untilMicros) {}
