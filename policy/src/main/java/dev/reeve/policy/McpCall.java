package dev.reeve.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The tool call of the Model Context Protocol that labels describe. A member has each of the
/// values that its spellings say: which of them a worker reads is the worker's choice, so all must
/// be welcome. A member that no label says is one empty value.
///
/// @param isPresent whether a label says anything of a call, be it empty
record McpCall(
    boolean isPresent,
    List<String> servers,
    List<String> tools,
    List<String> resources,
    List<String> actions) {
  private static final List<String> UNSAID = List.of("");
  private static final McpCall NONE = new McpCall(false, UNSAID, UNSAID, UNSAID, UNSAID);
  private static final Spellings SERVER = new Spellings("server");
  private static final Spellings TOOL = new Spellings("tool");
  private static final Spellings RESOURCE = new Spellings("resource");
  private static final Spellings ACTION = new Spellings("action");

  /// Reads the labels `mcp.server`, `mcp_server` and `mcpServer`, and so on.
  static McpCall ofLabels(Map<String, String> labels) {
    if (labels.isEmpty() || labels.keySet().stream().noneMatch(name -> name.startsWith("mcp"))) {
      return NONE;
    }
    boolean present =
        Stream.of(SERVER, TOOL, RESOURCE, ACTION).anyMatch(spellings -> spellings.isIn(labels));
    return new McpCall(
        present,
        SERVER.values(labels, UnaryOperator.identity()),
        TOOL.values(labels, UnaryOperator.identity()),
        RESOURCE.values(labels, UnaryOperator.identity()),
        ACTION.values(labels, value -> value.toLowerCase(Locale.ROOT)));
  }

  /// The names of the labels that say one member.
  private record Spellings(List<String> names) {
    private Spellings(String field) {
      this(
          List.of(
              "mcp." + field,
              "mcp_" + field,
              "mcp" + Character.toUpperCase(field.charAt(0)) + field.substring(1)));
    }

    private boolean isIn(Map<String, String> labels) {
      return names.stream().anyMatch(labels::containsKey);
    }

    private List<String> values(Map<String, String> labels, UnaryOperator<String> form) {
      List<String> said =
          names.stream()
              .map(name -> form.apply(labels.getOrDefault(name, "").strip()))
              .filter(value -> !value.isEmpty())
              .distinct()
              .toList();
      return said.isEmpty() ? UNSAID : said;
    }
  }
}
