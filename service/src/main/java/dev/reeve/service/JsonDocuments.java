package dev.reeve.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.reeve.base.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Questions about bytes that may be a JSON document (RFC 8259), answered without building it.
public final class JsonDocuments {
  private static final int DEPTH_MAX = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private JsonDocuments() {}

  /// Why the bytes are not one JSON document of at most 64 levels without repeated members.
  ///
  /// @return safe text; empty when they are one
  public static Optional<String> defect(Bytes bytes) {
    if (utf8(bytes).isEmpty()) {
      return Optional.of("not UTF-8");
    }
    try (JsonParser parser = FACTORY.createParser(bytes.unsafeArray())) {
      if (parser.nextToken() == null) {
        return Optional.of("empty");
      }
      parser.skipChildren();
      return parser.nextToken() == null ? Optional.empty() : Optional.of("more than one document");
    } catch (IOException e) {
      return Optional.of("not JSON at byte " + offset(e));
    }
  }

  /// Whether the bytes are a JSON object.
  public static boolean isObject(Bytes bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes.unsafeArray())) {
      return parser.nextToken() == JsonToken.START_OBJECT && defect(bytes).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /// The bytes as text, if they are UTF-8.
  public static Optional<String> utf8(Bytes bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.unsafeArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// The text as a JSON string, quotes included.
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static long offset(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? json.getLocation().getByteOffset()
        : 0;
  }
}
