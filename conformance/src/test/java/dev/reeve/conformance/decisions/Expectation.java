package dev.reeve.conformance.decisions;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares an answer with what a row wants of it. Members that a row does not name may be
/// anything; a member that is left out of an answer has its default.
final class Expectation {
  private static final String DECISION_PREFIX = "(OUTPUT_DECISION_|DECISION_TYPE_)";

  private Expectation() {}

  /// Where and what did not hold first; empty when all holds.
  static Optional<Map.Entry<String, JsonElement>> unmet(
      String path, JsonElement want, @Nullable JsonElement got) {
    if (want instanceof JsonObject object) {
      Optional<String> operator =
          object.keySet().stream().filter(name -> name.startsWith("$")).findFirst();
      if (operator.isPresent()) {
        boolean holds = holds(operator.get(), object.get(operator.get()), got);
        return holds ? Optional.empty() : Optional.of(Map.entry(path, want));
      }
      return members(path, object, got);
    }
    if (want instanceof JsonArray array && !array.isEmpty()) {
      return elements(path, array, got);
    }
    return equal(path, want, got) ? Optional.empty() : Optional.of(Map.entry(path, want));
  }

  private static Optional<Map.Entry<String, JsonElement>> members(
      String path, JsonObject want, @Nullable JsonElement got) {
    if (!(got instanceof JsonObject object)) {
      return Optional.of(Map.entry(path, want));
    }
    return want.entrySet().stream()
        .flatMap(member ->
            unmet(path + "." + member.getKey(), member.getValue(), object.get(member.getKey()))
                .stream())
        .findFirst();
  }

  private static Optional<Map.Entry<String, JsonElement>> elements(
      String path, JsonArray want, @Nullable JsonElement got) {
    if (!(got instanceof JsonArray array) || array.size() != want.size()) {
      return Optional.of(Map.entry(path, want));
    }
    for (int i = 0; i < want.size(); i++) {
      Optional<Map.Entry<String, JsonElement>> unmet =
          unmet(path + "[" + i + "]", want.get(i), array.get(i));
      if (unmet.isPresent()) {
        return unmet;
      }
    }
    return Optional.empty();
  }

  private static boolean holds(String operator, JsonElement operand, @Nullable JsonElement got) {
    String text = got == null ? "" : TableFile.json(got).toLowerCase(Locale.ROOT);
    return switch (operator) {
      case "$any" ->
          operand.getAsJsonArray().asList().stream().anyMatch(one -> unmet("", one, got).isEmpty());
      case "$has" ->
          operand.getAsJsonArray().asList().stream()
              .allMatch(one -> text.contains(one.getAsString().toLowerCase(Locale.ROOT)));
      case "$lacks" ->
          operand.getAsJsonArray().asList().stream()
              .noneMatch(one -> text.contains(one.getAsString().toLowerCase(Locale.ROOT)));
      case "$like" -> got != null && got.getAsString().matches(operand.getAsString());
      case "$some" -> operand.getAsJsonArray().asList().stream().allMatch(one -> isAmong(one, got));
      case "$none" ->
          operand.getAsJsonArray().asList().stream().noneMatch(one -> isAmong(one, got));
      case "$given" -> operand.getAsBoolean() != isDefault(got);
      case "$size" -> operand.getAsInt() == (got instanceof JsonArray array ? array.size() : 0);
      case "$is" -> operand.equals(got);
      default -> throw new IllegalArgumentException(operator + " (expected: one of the README)");
    };
  }

  private static boolean isAmong(JsonElement want, @Nullable JsonElement got) {
    return got instanceof JsonArray array
        && array.asList().stream().anyMatch(element -> unmet("", want, element).isEmpty());
  }

  private static boolean equal(String path, JsonElement want, @Nullable JsonElement got) {
    if (isDefault(want) && isDefault(got)) {
      return true;
    }
    if (path.endsWith(".decision")) {
      String decision = got == null ? "ALLOW" : got.getAsString().replaceFirst(DECISION_PREFIX, "");
      return decision.equals(want.getAsString());
    }
    return got != null
        && want.isJsonPrimitive()
        && got.isJsonPrimitive()
        && want.getAsString().equals(got.getAsString());
  }

  private static boolean isDefault(@Nullable JsonElement value) {
    return switch (value) {
      case null -> true;
      case JsonNull _ -> true;
      case JsonArray array -> array.isEmpty();
      case JsonObject object -> object.isEmpty();
      default -> Set.of("", "false", "0").contains(value.getAsString());
    };
  }
}
