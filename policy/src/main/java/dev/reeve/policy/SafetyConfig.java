package dev.reeve.policy;

import java.util.List;

/// What the effective configuration of a request's owner says about safety; asked after the rules,
/// and only ever to deny.
///
/// @param deniedTopics [GoGlob] patterns
/// @param allowedTopics [GoGlob] patterns; empty allows every topic
/// @param mcp welcome tool calls
public record SafetyConfig(List<String> deniedTopics, List<String> allowedTopics, McpLists mcp) {
  /// Says nothing.
  public static final SafetyConfig NONE = new SafetyConfig(List.of(), List.of(), McpLists.NONE);

  public SafetyConfig {
    deniedTopics = List.copyOf(deniedTopics);
    allowedTopics = List.copyOf(allowedTopics);
  }
}
