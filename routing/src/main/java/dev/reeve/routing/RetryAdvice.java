package dev.reeve.routing;

/// How a provider that failed is tried again.
///
/// @param attempt the retry that this decision asks for, from 1
/// @param max how many the rule allows
/// @param backoffMs wait before it, jitter included
public record RetryAdvice(int attempt, int max, long backoffMs) {}
