package dev.reeve.cli.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// What bytes are, as far as a look at them tells: JSON, text, or neither.
public final class MediaTypes {
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String BINARY = "application/octet-stream";

  /// Above this nobody looks.
  private static final int LOOK_BYTES_MAX = 1024 * 1024;

  private MediaTypes() {}

  /// The media type of bytes that nobody gave one for. What is longer than 1 MiB counts as binary.
  public static String guess(byte[] bytes) {
    if (bytes.length > LOOK_BYTES_MAX) {
      return BINARY;
    }
    Optional<String> text = utf8(bytes);
    if (text.isEmpty()) {
      return BINARY;
    }
    return isJson(text.get()) ? JSON : TEXT;
  }

  /// The text, unless the bytes are not UTF-8 or hold a NUL.
  public static Optional<String> utf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Whether a media type, whatever its parameters, names JSON.
  public static boolean isJsonType(String mediaType) {
    String bare = mediaType.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
    return bare.equals(JSON) || bare.endsWith("+json");
  }

  private static boolean isJson(String text) {
    String start = text.stripLeading();
    if (start.isEmpty() || "{[\"-0123456789tfn".indexOf(start.charAt(0)) < 0) {
      return false;
    }
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement parsed = JsonParser.parseReader(reader);
      return !parsed.isJsonNull() && reader.peek() == JsonToken.END_DOCUMENT;
    } catch (JsonParseException | IOException e) {
      return false;
    }
  }
}
