package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Looks for items that an instruction does not cover.
final class ScopeCheck {
  private static final String TYPE = "scope_violation";

  private ScopeCheck() {}

  /// Why the content breaks the scope, if it does.
  static Optional<InputFinding> violation(InputScope scope, String content, RuleSeverity severity) {
    Optional<Object> root = JsonContent.read(content);
    Optional<String> instruction =
        root.flatMap(json -> JsonContent.at(json, scope.instructionPath()))
            .filter(String.class::isInstance)
            .map(String.class::cast);
    Optional<List<?>> items =
        root.flatMap(json -> JsonContent.at(json, scope.itemsPath()))
            .filter(List.class::isInstance)
            .map(List.class::cast);
    if (instruction.isEmpty() || items.isEmpty()) {
      return scope.denyMissingInput()
          ? Optional.of(finding("instruction or items are missing", severity))
          : Optional.empty();
    }
    Optional<List<String>> allowed = categoriesFor(scope, normal(instruction.get()));
    if (allowed.isEmpty()) {
      return scope.denyAmbiguous()
          ? Optional.of(finding("the instruction names no known intent", severity))
          : Optional.empty();
    }
    for (Object item : items.get()) {
      String category = text(item, scope.categoryPath());
      if (!isAllowed(scope, category, allowed.get())) {
        String name = scope.namePath().isEmpty() ? "" : text(item, scope.namePath());
        return Optional.of(
            finding(
                "item "
                    + Text.quoteForMessage(name)
                    + " of category "
                    + Text.quoteForMessage(category)
                    + " is outside the instruction",
                severity));
      }
    }
    return Optional.empty();
  }

  /// The categories of the longest intent that the instruction contains.
  private static Optional<List<String>> categoriesFor(InputScope scope, String instruction) {
    String intent = "";
    for (String name : scope.allowedCategories().keySet()) {
      if (instruction.contains(normal(name)) && name.length() > intent.length()) {
        intent = name;
      }
    }
    return Optional.ofNullable(scope.allowedCategories().get(intent));
  }

  private static boolean isAllowed(InputScope scope, String category, List<String> allowed) {
    if (allowed.isEmpty()) {
      return true;
    }
    String meant = canonical(scope, category);
    return !meant.isEmpty()
        && allowed.stream().anyMatch(one -> canonical(scope, one).equals(meant));
  }

  private static String canonical(InputScope scope, String category) {
    String name = normal(category.strip());
    for (Map.Entry<String, String> alias : scope.aliases().entrySet()) {
      if (normal(alias.getKey()).equals(name)) {
        return normal(alias.getValue());
      }
    }
    return name;
  }

  private static String text(Object item, String path) {
    return JsonContent.at(item, path)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElse("");
  }

  private static String normal(String text) {
    return text.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }

  private static InputFinding finding(String detail, RuleSeverity severity) {
    return new InputFinding(TYPE, severity, detail, 1.0);
  }
}
