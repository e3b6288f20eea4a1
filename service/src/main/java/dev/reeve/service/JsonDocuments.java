package dev.reeve.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.reeve.base.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Questions about bytes that may be a JSON document (RFC 8259), answered without building it.
public final class JsonDocuments {
  private static final int DEPTH_MAX = 64;

  /// A result may wrap inputs of the greatest depth.
  private static final int RESULT_DEPTH_MAX = 2 * DEPTH_MAX;

  private static final int NUMBER_LENGTH_MAX = 1_000;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final JsonFactory INPUTS = factory(DEPTH_MAX);
  private static final JsonFactory RESULTS = factory(RESULT_DEPTH_MAX);

  private JsonDocuments() {}

  /// Why the bytes are not one JSON document of at most 64 levels without repeated members.
  ///
  /// @return safe text; empty when they are one
  public static Optional<String> defect(Bytes bytes) {
    return defect(bytes, INPUTS, DEPTH_MAX);
  }

  private static Optional<String> defect(Bytes bytes, JsonFactory factory, int depthMax) {
    if (utf8(bytes).isEmpty()) {
      return Optional.of("not UTF-8");
    }
    if (startsWithByteOrderMark(bytes)) {
      return Optional.of("a byte order mark first");
    }
    try (JsonParser parser = factory.createParser(bytes.unsafeArray())) {
      if (parser.nextToken() == null) {
        return Optional.of("empty");
      }
      parser.skipChildren();
      return parser.nextToken() == null ? Optional.empty() : Optional.of("more than one document");
    } catch (StreamConstraintsException e) {
      return Optional.of(
          "deeper than " + depthMax + " levels or a number over " + NUMBER_LENGTH_MAX + " digits");
    } catch (IOException e) {
      return Optional.of((isRepeatedMember(e) ? "a member twice" : "not JSON") + offset(e));
    }
  }

  /// Whether the bytes of a result are one JSON document, which may be deeper than inputs.
  public static boolean isResult(Bytes bytes) {
    return defect(bytes, RESULTS, RESULT_DEPTH_MAX).isEmpty();
  }

  /// Whether the bytes of a result are a JSON object.
  public static boolean isObject(Bytes bytes) {
    try (JsonParser parser = RESULTS.createParser(bytes.unsafeArray())) {
      return parser.nextToken() == JsonToken.START_OBJECT && isResult(bytes);
    } catch (IOException e) {
      return false;
    }
  }

  /// The members of an object that are texts, numbers or truth values, as text; empty when the
  /// bytes are no object.
  public static Optional<SortedMap<String, String>> scalars(Bytes bytes) {
    SortedMap<String, String> scalars = new TreeMap<>();
    try (JsonParser parser = INPUTS.createParser(bytes.unsafeArray())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken().isScalarValue()) {
          scalars.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? Optional.of(scalars) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
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

  private static boolean startsWithByteOrderMark(Bytes bytes) {
    return bytes.size() >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            bytes.unsafeArray(),
            0,
            BYTE_ORDER_MARK.length,
            BYTE_ORDER_MARK,
            0,
            BYTE_ORDER_MARK.length);
  }

  private static boolean isRepeatedMember(IOException e) {
    return e instanceof JsonProcessingException json
        && json.getOriginalMessage().startsWith("Duplicate");
  }

  private static String offset(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? " at byte " + json.getLocation().getByteOffset()
        : "";
  }

  private static JsonFactory factory(int depthMax) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depthMax)
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }
}
