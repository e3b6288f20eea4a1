package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The policy with which a new installation starts: a commented file for its owner to edit.
public final class DefaultPolicy {
  private static final String RESOURCE = "default-policy.yaml";

  private DefaultPolicy() {}

  /// The text of the file.
  public static Bytes file() {
    try (InputStream in =
        Objects.requireNonNull(DefaultPolicy.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return Bytes.wrap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the default policy is part of this jar", e);
    }
  }
}
