package dev.reeve.policy;

/// Which part of a policy made a decision. Programs may switch on it; the names never change.
public enum ReasonCode {
  NO_POLICY,
  /// The topic is missing or does not start with `job.`.
  TOPIC_NOT_A_JOB,
  REQUEST_TOO_LARGE,
  RULE_MATCHED,
  /// No rule matched; the default of the policy or of a tier decided.
  NO_RULE_MATCHED,
  VELOCITY_EXCEEDED,
  VELOCITY_UNAVAILABLE,
  TENANT_TOPIC_DENIED,
  TENANT_MCP_DENIED,
  TENANT_REPO_HOST_DENIED,
  CONFIG_TOPIC_DENIED,
  CONFIG_TOPIC_NOT_ALLOWED,
  CONFIG_MCP_DENIED,
  /// The effective configuration of the request is not JSON.
  CONFIG_UNREADABLE,
  INPUT_RULE_MATCHED,
  /// Content that a rule must see could not be looked at.
  INPUT_NOT_SCANNED,
  /// A decider outside of this process was stricter.
  OTHER_DECIDER
}
