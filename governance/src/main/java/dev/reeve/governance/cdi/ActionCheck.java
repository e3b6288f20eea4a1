package dev.reeve.governance.cdi;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides whether an action may be taken: consent, then whether actor and action are known at all,
/// the ceiling, fusion of agents, coordination by memory, and the other rules of the conscience.
/// Thread-safe.
public final class ActionCheck {
  private final ConsciencePack pack;
  private final Map<String, List<ConsciencePack.ActionRule>> rules = new HashMap<>();

  public ActionCheck(ConsciencePack pack) {
    this.pack = pack;
    for (ConsciencePack.ActionRule rule : pack.actions()) {
      rules.computeIfAbsent(rule.action(), _ -> new ArrayList<>()).add(rule);
    }
  }

  /// What an action is held against besides the conscience.
  ///
  /// @param consent what was said
  /// @param ceiling what the genome allows
  /// @param strict whether what cannot be judged is denied by that name
  /// @param conscience whether the rules of the pack hold; consent, the ceiling and failing closed
  ///   always do
  public record Standing(
      Consent consent, CapabilityCeiling ceiling, boolean strict, boolean conscience) {
    /// No signals, no genome, strict, with conscience.
    public static final Standing PLAIN =
        new Standing(Consent.NONE, CapabilityCeiling.NONE, true, true);
  }

  /// @param nowMicros by which consent expires
  public CdiResult check(CdiAction action, Standing standing, long nowMicros) {
    Optional<CdiResult> consent =
        standing.consent().refusal(action.actor(), action.scope(), nowMicros);
    if (consent.isPresent()) {
      return consent.get();
    }
    if (!action.isNamed()) {
      return CdiResult.refused(
          standing.strict() ? CdiVerdict.DENY : CdiVerdict.UNCERTAIN,
          CdiProblems.UNCERTAIN_FAIL_CLOSED,
          "uncertain",
          "actor or action: empty (expected: both)");
    }
    Optional<String> above = standing.ceiling().refusal(action.names());
    if (above.isPresent()) {
      return CdiResult.refused(
          CdiVerdict.DENY, CdiProblems.GENOME_CAPABILITY_DENIED, "ceiling", above.get());
    }
    return standing.conscience() ? conscience(action) : CdiResult.ALLOWED;
  }

  private CdiResult conscience(CdiAction action) {
    if (action.names().isPlainUnder(pack)) {
      return CdiResult.ALLOWED;
    }
    List<String> names = action.names().compared();
    if (isFusion(names)) {
      return hive("fusion", "no hive mind: agents do not merge (expected: messages)");
    }
    if (writesMemory(names) && coordinates(action.payload().get())) {
      return hive("coordination", "no hive mind: memory is no way to act as one");
    }
    if (!writesMemory(names) && names.stream().noneMatch(rules::containsKey)) {
      action.names().foundPlainUnder(pack);
      return CdiResult.ALLOWED;
    }
    for (String name : names) {
      for (ConsciencePack.ActionRule rule : rules.getOrDefault(name, List.of())) {
        if (rule.condition().isEmpty() || holds(rule.condition().get(), action)) {
          return CdiResult.refused(
              rule.verdict(), CdiProblems.CDI_ACTION_DENIED, rule.action(), rule.reason());
        }
      }
    }
    return CdiResult.ALLOWED;
  }

  private static CdiResult hive(String rule, String reason) {
    return CdiResult.refused(CdiVerdict.DENY, CdiProblems.CDI_HIVE_FORBIDDEN, rule, reason);
  }

  private boolean isFusion(List<String> names) {
    for (String name : names) {
      if (pack.fusion().contains(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean writesMemory(List<String> names) {
    for (String name : names) {
      for (String part : pack.coordination().actions()) {
        if (name.contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean coordinates(JsonValue payload) {
    if (!(payload instanceof JsonValue.Members members)) {
      return false;
    }
    JsonValue type = members.values().get("type");
    if (type instanceof JsonValue.Text text) {
      String folded = Names.fold(text.value());
      if (pack.coordination().types().stream().anyMatch(folded::contains)) {
        return true;
      }
    }
    return opened(members.values().getOrDefault("data", new JsonValue.Absent()))
            instanceof JsonValue.Members data
        && data.values().keySet().stream()
            .anyMatch(name -> pack.coordination().members().contains(Names.fold(name)));
  }

  /// Data may come as a document, as its text, or as Base64 of its text.
  private static JsonValue opened(JsonValue data) {
    if (!(data instanceof JsonValue.Text text)) {
      return data;
    }
    return JsonText.parse(text.value())
        .or(() -> decoded(text.value()).flatMap(JsonText::parse))
        .orElse(data);
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean holds(ConsciencePack.Condition condition, CdiAction action) {
    return holds(condition, action.payload().get()) || holds(condition, action.metadata().get());
  }

  private static boolean holds(ConsciencePack.Condition condition, JsonValue facts) {
    if (!(facts instanceof JsonValue.Members members)) {
      return false;
    }
    for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
      if (Names.fold(member.getKey()).equals(condition.member())
          && isValue(member.getValue(), condition.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isValue(JsonValue value, boolean wanted) {
    return switch (value) {
      case JsonValue.Truth truth -> truth.value() == wanted;
      case JsonValue.Text text -> Names.fold(text.value()).equals(String.valueOf(wanted));
      default -> false;
    };
  }
}
