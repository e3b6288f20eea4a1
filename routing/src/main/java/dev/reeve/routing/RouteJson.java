package dev.reeve.routing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.reeve.base.PlainNumbers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// JSON values as plain objects: `String`, `Boolean`, `Long`, `Double`, `List`, `Map`.
final class RouteJson {
  private static final int DEPTH_MAX = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// What stands for null; no other value of ours is one.
  enum Null {
    VALUE
  }

  private RouteJson() {}

  /// One JSON value and nothing after it; no member twice, at most 64 levels.
  static Object read(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IOException("nothing (expected: a JSON value)");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new IOException("more after the value (expected: one JSON value)");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new IOException(
          "too deep, or a text or number too long (expected: at most " + DEPTH_MAX + " levels)", e);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NULL -> Null.VALUE;
      default -> throw new IOException(token + " (expected: a JSON value)");
    };
  }

  private static Object integer(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) parser.getDoubleValue()
        : (Object) parser.getLongValue();
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      array.add(value(parser, token));
      token = parser.nextToken();
    }
    return array;
  }

  /// A text as it is, anything else as compact JSON: the values of the metadata of a decision.
  static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth.toString();
      case Long number -> number.toString();
      case Integer number -> number.toString();
      default -> write(value);
    };
  }

  /// Compact JSON with members in ascending order, so that equal values have equal texts.
  static String write(Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Boolean truth -> out.writeBoolean(truth);
      case Double number -> writeDouble(out, number);
      case Float number -> writeDouble(out, number.doubleValue());
      case Number number -> out.writeNumber(number.longValue());
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (Map.Entry<String, Object> member : sorted(object).entrySet()) {
          out.writeFieldName(member.getKey());
          write(out, member.getValue());
        }
        out.writeEndObject();
      }
      case Iterable<?> array -> {
        out.writeStartArray();
        for (Object element : array) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Null _ -> out.writeNull();
      default -> out.writeString(value.toString());
    }
  }

  private static void writeDouble(JsonGenerator out, double number) throws IOException {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      out.writeNull();
    } else {
      out.writeNumber(PlainNumbers.text(number));
    }
  }

  private static Map<String, Object> sorted(Map<?, ?> object) {
    Map<String, Object> sorted = new TreeMap<>();
    object.forEach((name, member) -> sorted.put(String.valueOf(name), member));
    return sorted;
  }

  /// A whole object as one of names and values.
  static Map<String, Object> members(Map<?, ?> object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, member) -> members.put(String.valueOf(name), member));
    return members;
  }
}
