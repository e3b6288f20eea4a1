package dev.reeve.governance.boot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.reeve.base.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The configuration of governance as a file of its own, for installations that bring one. Only
/// what says where the treaty and the genome are is used; the other members of the format may be
/// there and change nothing, since rules, consent and storage are set up elsewhere.
///
/// @param treatyPath where the treaty is
/// @param treatyVersion which version it must have
/// @param authority in whose name
/// @param genomePath where the genome is
public record GovernanceConfig(
    String treatyPath, String treatyVersion, String authority, Optional<String> genomePath) {
  /// Largest file in bytes.
  public static final int SIZE_MAX = 256 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Reads the file.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static GovernanceConfig read(Bytes bytes) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(bytes.unsafeArray())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    return new GovernanceConfig(
        required(texts, "treatyPath"),
        required(texts, "treatyVersion"),
        required(texts, "authority"),
        Optional.ofNullable(texts.get("genomePath")).filter(path -> !path.isBlank()));
  }

  private static String required(Map<String, String> texts, String name) {
    String value = texts.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": missing (expected: a text)");
    }
    return value;
  }
}
