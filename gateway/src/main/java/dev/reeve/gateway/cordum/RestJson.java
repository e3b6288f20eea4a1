package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads the JSON bodies of the contract's HTTP surface, and writes what its answers share. Each
/// reader throws `JSON_INVALID` or `REQUEST_INVALID`, naming the member.
final class RestJson {
  private RestJson() {}

  static JsonObject object(Bytes body) {
    try {
      return JsonParser.parseString(body.utf8()).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw GatewayProblems.JSON_INVALID.field("body", "", "a JSON object").toException();
    }
  }

  /// An empty body is an empty object; nulls are left out.
  ///
  /// @param known members that are taken
  static JsonObject object(Bytes body, Set<String> known) {
    JsonObject out = new JsonObject();
    if (body.isEmpty()) {
      return out;
    }
    object(body)
        .asMap()
        .forEach((name, value) -> {
          if (!known.contains(name)) {
            throw unknown(name);
          }
          if (!value.isJsonNull()) {
            out.add(name, value);
          }
        });
    return out;
  }

  static RuntimeException unknown(String name) {
    return GatewayProblems.JSON_INVALID
        .because("body: " + Text.quoteForMessage(name) + " is unknown (expected: a known member)")
        .toException();
  }

  /// A member that is a text; empty when it is absent.
  static String text(JsonObject body, String name) {
    JsonElement value = body.get(name);
    return value == null ? "" : text(name, value);
  }

  static String text(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw GatewayProblems.JSON_INVALID.field(name, value.toString(), "a text").toException();
  }

  static List<String> texts(String name, JsonElement value) {
    if (value instanceof JsonArray array) {
      return array.asList().stream().map(item -> text(name, item)).toList();
    }
    throw GatewayProblems.JSON_INVALID
        .field(name, value.toString(), "a list of texts")
        .toException();
  }

  static Map<String, JsonElement> members(String name, JsonElement value) {
    if (value instanceof JsonObject object) {
      return object.asMap();
    }
    throw GatewayProblems.JSON_INVALID.field(name, value.toString(), "an object").toException();
  }

  static long number(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      double number = primitive.getAsDouble();
      if (number >= 0 && number <= 9e15 && number == Math.rint(number)) {
        return (long) number;
      }
    }
    throw GatewayProblems.REQUEST_INVALID
        .field(name, value.toString(), "a whole number from 0")
        .toException();
  }

  /// A parameter that is a number; 0 when it is absent.
  static long number(RestRoute.Call call, String name) {
    String text = call.parameter(name);
    boolean digits = text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw GatewayProblems.REQUEST_INVALID
          .field(name, text, "a whole number from 0")
          .toException();
    }
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /// The parameter `limit`; 0 when it is absent, which lists take for 100.
  static int limit(RestRoute.Call call) {
    String text = call.parameter("limit");
    if (text.isEmpty()) {
      return 0;
    }
    boolean digits = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = digits ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > 1000) {
      throw GatewayProblems.REQUEST_INVALID.field("limit", text, "1 to 1000").toException();
    }
    return limit;
  }

  static JsonArray texts(Collection<String> values) {
    JsonArray out = new JsonArray();
    values.forEach(out::add);
    return out;
  }

  static JsonObject texts(Map<String, String> values) {
    JsonObject out = new JsonObject();
    new TreeMap<>(values).forEach(out::addProperty);
    return out;
  }

  /// Microseconds, as the contract writes times.
  static long micros(Timestamp time) {
    return Timestamps.toMicros(time);
  }

  static JsonArray array(List<JsonObject> items) {
    JsonArray out = new JsonArray();
    items.forEach(out::add);
    return out;
  }

  /// A list of one page.
  static RestApi.Answer items(List<JsonObject> items) {
    return page(items, "");
  }

  /// @param nextCursor empty when this was the last page
  static RestApi.Answer page(List<JsonObject> items, String nextCursor) {
    JsonObject out = new JsonObject();
    out.add("items", array(items));
    if (!nextCursor.isEmpty()) {
      out.addProperty("next_cursor", nextCursor);
    }
    return RestApi.Answer.json(200, out.toString());
  }

  static RestApi.Answer answer(JsonObject out) {
    return RestApi.Answer.json(200, out.toString());
  }
}
