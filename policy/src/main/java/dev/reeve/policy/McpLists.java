package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.List;
import java.util.Optional;

/// Which tool calls are welcome. A denied value always loses; where there is an allow list, a value
/// must be on it, and an empty value is not. A request without a tool call passes.
public record McpLists(Field servers, Field tools, Field resources, Field actions) {
  public static final McpLists NONE = new McpLists(Field.NONE, Field.NONE, Field.NONE, Field.NONE);

  /// The lists of one field; compared without regard to case and surrounding blanks.
  public record Field(List<String> allow, List<String> deny) {
    public static final Field NONE = new Field(List.of(), List.of());

    public Field {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }

    private Optional<String> refusal(String name, List<String> values) {
      return values.stream().flatMap(value -> refusal(name, value).stream()).findFirst();
    }

    private Optional<String> refusal(String name, String value) {
      if (Names.isIn(value, deny)) {
        return Optional.of("mcp " + name + " is denied: " + shown(value));
      }
      if (!allow.isEmpty() && !Names.isIn(value, allow)) {
        return Optional.of("mcp " + name + " is not allowed: " + shown(value));
      }
      return Optional.empty();
    }

    private static String shown(String value) {
      return Text.quoteForMessage(value);
    }
  }

  /// Why a call is refused, if it is.
  Optional<String> refusal(McpCall call) {
    if (!call.isPresent()) {
      return Optional.empty();
    }
    return servers
        .refusal("server", call.servers())
        .or(() -> tools.refusal("tool", call.tools()))
        .or(() -> resources.refusal("resource", call.resources()))
        .or(() -> actions.refusal("action", call.actions()));
  }
}
