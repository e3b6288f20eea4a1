package dev.reeve.gateway.remote;

import io.grpc.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A key that a server shows to a program beside it, `authorization: Bearer KEY`, from a file that
/// both have. Whoever prints or logs the object sees nothing. Immutable.
public final class BearerKey {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int FILE_BYTES_MAX = 4_096;
  private static final String FORM = "[\\x21-\\x7e]{16,1024}";

  private final String header;

  private BearerKey(String key) {
    header = "Bearer " + key;
  }

  /// The key in a file, blanks around it aside.
  ///
  /// @param field what refusals call the file
  /// @throws dev.reeve.base.ProblemException `REMOTE_KEY_UNUSABLE`
  public static BearerKey read(String field, Path file) {
    String text = text(field, file).strip();
    if (!text.matches(FORM)) {
      throw unusable(field, file, "a file with 16 to 1024 characters without blanks");
    }
    return new BearerKey(text);
  }

  private static String text(String field, Path file) {
    try {
      if (Files.size(file) <= FILE_BYTES_MAX) {
        return Files.readString(file, StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw unusable(field, file, "a file that can be read");
    }
    throw unusable(field, file, "a file of at most " + FILE_BYTES_MAX + " bytes");
  }

  private static RuntimeException unusable(String field, Path file, String expected) {
    return RemoteProblems.REMOTE_KEY_UNUSABLE.field(field, file.toString(), expected).toException();
  }

  /// Headers that show it.
  Metadata headers() {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, header);
    return headers;
  }

  /// Whether these headers show it; takes as long for any of the same length.
  public boolean isShownBy(Metadata headers) {
    String shown = headers.get(AUTHORIZATION);
    return shown != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "BearerKey[set]";
  }
}
