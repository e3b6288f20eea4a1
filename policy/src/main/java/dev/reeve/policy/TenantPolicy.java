package dev.reeve.policy;

import java.util.List;

/// What holds for one tenant whatever the rules say.
///
/// @param name as it was written
/// @param allowTopics topics allowed where the policy has no rules
/// @param denyTopics topics that no default may allow
/// @param allowedRepoHosts hosts a job may work on; empty allows all
/// @param deniedRepoHosts hosts no job may work on
/// @param maxConcurrentJobs most jobs at a time; 0 for no limit
/// @param mcp welcome tool calls
public record TenantPolicy(
    String name,
    List<String> allowTopics,
    List<String> denyTopics,
    List<String> allowedRepoHosts,
    List<String> deniedRepoHosts,
    int maxConcurrentJobs,
    McpLists mcp) {
  public TenantPolicy {
    allowTopics = List.copyOf(allowTopics);
    denyTopics = List.copyOf(denyTopics);
    allowedRepoHosts = List.copyOf(allowedRepoHosts);
    deniedRepoHosts = List.copyOf(deniedRepoHosts);
  }
}
