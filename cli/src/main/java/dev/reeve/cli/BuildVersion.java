package dev.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// The version that the build wrote into this module.
public final class BuildVersion {
  private static final String FILE = "build.properties";

  private BuildVersion() {}

  /// For example `0.1.0`.
  public static String text() {
    try (InputStream file =
        Objects.requireNonNull(BuildVersion.class.getResourceAsStream(FILE), FILE)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
