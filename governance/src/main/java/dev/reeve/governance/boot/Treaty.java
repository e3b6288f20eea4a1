package dev.reeve.governance.boot;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The treaty: a text for people that says what governance is for. A program reads one thing of it,
/// its version, so that the text that was agreed upon is the one that is there.
///
/// @param version what the text says of itself
/// @param sha256 hex of the SHA-256 of its bytes
public record Treaty(String version, String sha256) {
  /// Largest text in bytes.
  public static final int SIZE_MAX = 1024 * 1024;

  private static final Pattern VERSION =
      Pattern.compile("(?:^|[\\s\"*`-])version\"?:[ \\t]*\"([^\"\\n]{1,64})\"");

  /// Reads a text, in any format, that contains `version: "x"`.
  ///
  /// @throws IllegalArgumentException saying what is missing
  public static Treaty read(Bytes bytes) {
    if (bytes.size() > SIZE_MAX) {
      throw new IllegalArgumentException("larger than " + SIZE_MAX + " bytes");
    }
    try {
      CharSequence text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.unsafeArray()));
      Matcher version = VERSION.matcher(text);
      if (!version.find()) {
        throw new IllegalArgumentException("no version (expected: a line version: \"...\")");
      }
      return new Treaty(version.group(1), Sha256.of(bytes).hex());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }
}
