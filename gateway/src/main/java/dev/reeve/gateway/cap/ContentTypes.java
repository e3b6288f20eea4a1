package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Media types of bytes behind pointers, which say nothing of it themselves.
final class ContentTypes {
  static final String JSON = "application/json";
  static final String TEXT = "text/plain; charset=utf-8";
  static final String OCTETS = "application/octet-stream";

  private ContentTypes() {}

  /// JSON when it begins as an object or a list, text when it is UTF-8, else just bytes.
  static String of(Bytes content) {
    if (content.isEmpty() || !isUtf8(content)) {
      return OCTETS;
    }
    int i = 0;
    while (i < content.size() - 1 && Character.isWhitespace(content.at(i))) {
      i++;
    }
    byte first = content.at(i);
    return first == '{' || first == '[' ? JSON : TEXT;
  }

  static boolean isUtf8(Bytes content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.unsafeArray()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
