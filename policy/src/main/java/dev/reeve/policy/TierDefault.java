package dev.reeve.policy;

/// What a file says of requests that no rule matches.
public record TierDefault(Tier tier, Selector selector, Decision decision) {}
