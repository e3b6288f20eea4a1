package dev.reeve.governance.genome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.reeve.base.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads strict JSON: UTF-8, no member twice, one value and nothing after it, at most 64 levels,
/// numbers that a double can hold.
final class JsonReader {
  private static final int DEPTH_MAX = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonReader() {}

  /// Reads a whole document.
  ///
  /// @throws IllegalArgumentException saying where it is no JSON, without showing its content
  static Json read(Bytes document) {
    try (JsonParser parser = FACTORY.createParser(text(document))) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw at(parser, "the document goes on after its value");
      }
      return value;
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(
          "line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static String text(Bytes document) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(document.unsafeArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private static Json value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("empty (expected: a JSON object)");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.JsonText(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> new Json.JsonTruth(true);
      case VALUE_FALSE -> new Json.JsonTruth(false);
      case VALUE_NULL -> new Json.JsonNull();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw at(parser, "no value");
    };
  }

  private static Json object(JsonParser parser) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Json.JsonObject(members);
  }

  private static Json array(JsonParser parser) throws IOException {
    List<Json> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new Json.JsonArray(elements);
  }

  private static Json number(JsonParser parser) throws IOException {
    double value = Double.parseDouble(parser.getText());
    if (!Double.isFinite(value)) {
      throw at(parser, "a number beyond all bounds");
    }
    return new Json.JsonNumber(value);
  }

  private static IllegalArgumentException at(JsonParser parser, String message) {
    return new IllegalArgumentException(
        "line " + parser.currentLocation().getLineNr() + ": " + message);
  }
}
