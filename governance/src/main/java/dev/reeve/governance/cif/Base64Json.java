package dev.reeve.governance.cif;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// JSON documents that travel as Base64 inside of a text.
final class Base64Json {
  private static final int LENGTH_MIN = 8;

  private Base64Json() {}

  /// The document; empty when the text is no Base64 of an object or array.
  static Optional<JsonValue> read(String text) {
    if (text.length() < LENGTH_MIN || !beginsWell(text)) {
      return Optional.empty();
    }
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    byte[] bytes;
    try {
      bytes = (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JsonText.parse(json);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static String write(JsonValue value) {
    return Base64.getEncoder()
        .encodeToString(JsonText.write(value).getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the first byte is `{` or `[`: six bits are the first letter, two the second.
  private static boolean beginsWell(String text) {
    char first = text.charAt(0);
    char second = text.charAt(1);
    boolean high = (second >= 'w' && second <= 'z') || (second >= '0' && second <= '9');
    return (first == 'e' || first == 'W') && high;
  }
}
