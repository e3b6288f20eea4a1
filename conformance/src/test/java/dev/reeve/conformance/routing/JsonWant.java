package dev.reeve.conformance.routing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Compares JSON with what is wanted of it. Members that are not named may be anything; those that
/// are must have the value and its type: a number is not its text.
final class JsonWant {
  private JsonWant() {}

  /// A want that holds when there is no such member.
  static JsonObject absent() {
    JsonObject absent = new JsonObject();
    absent.addProperty("$absent", true);
    return absent;
  }

  /// What did not hold first; empty when all holds.
  static Optional<String> unmet(String path, JsonElement want, @Nullable JsonElement got) {
    return switch (want) {
      case JsonObject object -> members(path, object, got);
      case JsonArray array -> elements(path, array, got);
      default -> equal(want, got) ? Optional.empty() : Optional.of(path + ": " + want);
    };
  }

  private static Optional<String> members(String path, JsonObject want, @Nullable JsonElement got) {
    if (want.isEmpty() && !(got instanceof JsonObject)) {
      return Optional.of(path + ": " + want);
    }
    for (var member : want.entrySet()) {
      Optional<String> unmet;
      if (member.getKey().startsWith("$")) {
        boolean holds = holds(member.getKey(), member.getValue(), got);
        unmet = holds ? Optional.empty() : Optional.of(path + ": " + want);
      } else if (got instanceof JsonObject object) {
        String name = member.getKey();
        unmet = unmet(path + "." + name, member.getValue(), object.get(name));
      } else {
        unmet = Optional.of(path + ": " + want);
      }
      if (unmet.isPresent()) {
        return unmet;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> elements(String path, JsonArray want, @Nullable JsonElement got) {
    if (!(got instanceof JsonArray array) || array.size() != want.size()) {
      return Optional.of(path + ": " + want);
    }
    for (int i = 0; i < want.size(); i++) {
      Optional<String> unmet = unmet(path + "[" + i + "]", want.get(i), array.get(i));
      if (unmet.isPresent()) {
        return unmet;
      }
    }
    return Optional.empty();
  }

  private static boolean holds(String operator, JsonElement operand, @Nullable JsonElement got) {
    return switch (operator) {
      case "$absent" -> got == null;
      case "$any" -> some(operand, one -> unmet("", one, got).isEmpty());
      case "$has" -> !some(operand, one -> !text(got).contains(one.getAsString()));
      case "$lacks" -> !some(operand, one -> text(got).contains(one.getAsString()));
      case "$like" -> isText(got) && text(got).matches(operand.getAsString());
      case "$between" -> isBetween(operand.getAsJsonArray(), got);
      case "$json" -> isText(got) && isJson(operand, text(got));
      case "$keys" -> got instanceof JsonObject object && hasKeys(operand, object);
      case "$type" -> isOfType(operand.getAsString(), got);
      default -> throw new IllegalArgumentException(operator + " (expected: one of the README)");
    };
  }

  private static boolean isOfType(String type, @Nullable JsonElement got) {
    return switch (type) {
      case "number" -> got instanceof JsonPrimitive value && value.isNumber();
      case "integer" ->
          got instanceof JsonPrimitive value
              && value.isNumber()
              && value.getAsString().matches("-?\\d+");
      case "texts" ->
          got instanceof JsonObject object
              && object.entrySet().stream().allMatch(member -> isText(member.getValue()));
      default -> throw new IllegalArgumentException(type + " (expected: one of the README)");
    };
  }

  private static boolean hasKeys(JsonElement names, JsonObject object) {
    return object.size() == names.getAsJsonArray().size()
        && !some(names, name -> !object.has(name.getAsString()));
  }

  private static boolean isBetween(JsonArray bounds, @Nullable JsonElement got) {
    if (!isText(got) || !text(got).matches("-?\\d+")) {
      return false;
    }
    long value = Long.parseLong(text(got));
    return value >= bounds.get(0).getAsLong() && value <= bounds.get(1).getAsLong();
  }

  private static boolean isJson(JsonElement want, String text) {
    return unmet("", want, JsonParser.parseString(text)).isEmpty();
  }

  private static boolean some(JsonElement array, Predicate<JsonElement> predicate) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false).anyMatch(predicate);
  }

  private static boolean isText(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static String text(@Nullable JsonElement value) {
    return switch (value) {
      case null -> "";
      case JsonPrimitive primitive -> primitive.getAsString();
      default -> value.toString();
    };
  }

  private static boolean equal(JsonElement want, @Nullable JsonElement got) {
    if (want instanceof JsonPrimitive wanted
        && got instanceof JsonPrimitive given
        && wanted.isNumber()
        && given.isNumber()) {
      return new BigDecimal(wanted.getAsString()).compareTo(new BigDecimal(given.getAsString()))
          == 0;
    }
    return want.equals(got);
  }
}
