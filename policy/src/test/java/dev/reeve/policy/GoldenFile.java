package dev.reeve.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Reads what tests compare with.
final class GoldenFile {
  private GoldenFile() {}

  static String read(String name) {
    try (InputStream in =
        Objects.requireNonNull(GoldenFile.class.getResourceAsStream("/golden/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
