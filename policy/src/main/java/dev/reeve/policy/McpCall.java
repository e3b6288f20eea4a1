package dev.reeve.policy;

import java.util.Locale;
import java.util.Map;

/// The tool call of the Model Context Protocol that labels describe; empty members are not said.
public record McpCall(String server, String tool, String resource, String action) {
  private static final McpCall NONE = new McpCall("", "", "", "");

  /// Reads the labels `mcp.server`, `mcp_server` or `mcpServer`, and so on.
  public static McpCall ofLabels(Map<String, String> labels) {
    if (labels.isEmpty() || labels.keySet().stream().noneMatch(name -> name.startsWith("mcp"))) {
      return NONE;
    }
    return new McpCall(
        value(labels, "server"),
        value(labels, "tool"),
        value(labels, "resource"),
        value(labels, "action").toLowerCase(Locale.ROOT));
  }

  /// Whether anything is said at all.
  public boolean isPresent() {
    return !(server.isEmpty() && tool.isEmpty() && resource.isEmpty() && action.isEmpty());
  }

  private static String value(Map<String, String> labels, String field) {
    String dotted = labels.getOrDefault("mcp." + field, "").strip();
    String joined = labels.getOrDefault("mcp_" + field, "").strip();
    String camel = "mcp" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    String last = labels.getOrDefault(camel, "").strip();
    return !dotted.isEmpty() ? dotted : !joined.isEmpty() ? joined : last;
  }
}
