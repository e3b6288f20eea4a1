package dev.reeve.policy;

/// One rule of a policy.
///
/// @param id its name in decisions and receipts, unique in its policy
/// @param match which requests it decides
/// @param decision what it decides
/// @param reason words for people; may be empty
public record PolicyRule(String id, RuleMatch match, Decision decision, String reason) {}
