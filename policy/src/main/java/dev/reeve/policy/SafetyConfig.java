package dev.reeve.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the effective configuration of a request's owner says about safety; asked after the rules,
/// and only ever to deny.
///
/// @param deniedTopics [GoGlob] patterns
/// @param allowedTopics [GoGlob] patterns; empty allows every topic
/// @param mcp welcome tool calls
/// @param unreadable whether there is a configuration that cannot be read, which denies everything
public record SafetyConfig(
    List<String> deniedTopics, List<String> allowedTopics, McpLists mcp, boolean unreadable) {
  /// Says nothing.
  public static final SafetyConfig NONE = new SafetyConfig(List.of(), List.of(), McpLists.NONE);

  /// What it says is not known.
  public static final SafetyConfig UNREADABLE =
      new SafetyConfig(List.of(), List.of(), McpLists.NONE, true);

  private static final List<String> OBJECTS = List.of("safety", "safety.mcp");

  private static final List<String> LISTS =
      List.of(
          "safety.denied_topics",
          "safety.allowed_topics",
          "safety.mcp.allow_servers",
          "safety.mcp.deny_servers",
          "safety.mcp.allow_tools",
          "safety.mcp.deny_tools",
          "safety.mcp.allow_resources",
          "safety.mcp.deny_resources",
          "safety.mcp.allow_actions",
          "safety.mcp.deny_actions");

  /// A configuration that was read.
  public SafetyConfig(List<String> deniedTopics, List<String> allowedTopics, McpLists mcp) {
    this(deniedTopics, allowedTopics, mcp, false);
  }

  /// What an effective configuration in JSON says under `safety`; empty when it is not JSON, or has
  /// something else where a list belongs.
  public static Optional<SafetyConfig> ofJson(String json) {
    return JsonContent.read(json)
        .filter(SafetyConfig::isReadable)
        .map(root -> {
          Object safety = JsonContent.at(root, "safety").orElse(Map.of());
          return new SafetyConfig(
              JsonContent.texts(safety, "denied_topics"),
              JsonContent.texts(safety, "allowed_topics"),
              new McpLists(
                  field(safety, "servers"),
                  field(safety, "tools"),
                  field(safety, "resources"),
                  field(safety, "actions")));
        });
  }

  private static boolean isReadable(Object root) {
    return root instanceof Map
        && OBJECTS.stream()
            .allMatch(path -> JsonContent.at(root, path).orElse(Map.of()) instanceof Map)
        && LISTS.stream()
            .map(path -> JsonContent.at(root, path).orElse(List.of()))
            .allMatch(SafetyConfig::isTexts);
  }

  private static boolean isTexts(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }

  private static McpLists.Field field(Object safety, String name) {
    return new McpLists.Field(
        JsonContent.texts(safety, "mcp.allow_" + name),
        JsonContent.texts(safety, "mcp.deny_" + name));
  }

  public SafetyConfig {
    deniedTopics = List.copyOf(deniedTopics);
    allowedTopics = List.copyOf(allowedTopics);
  }
}
