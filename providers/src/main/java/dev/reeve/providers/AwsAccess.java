package dev.reeve.providers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Where the services of AWS are that a provider calls, and where the credentials for them come
/// from.
///
/// @param region such as `us-east-1`
public record AwsAccess(String region, Source source) {
  public AwsAccess {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(source, "source");
  }

  /// Where credentials come from.
  public sealed interface Source {
    /// They are given, and stay as they are.
    record Given(AwsCredentials credentials) implements Source {}

    /// A profile of a credentials file, which is read again when it changes.
    record Profile(Path file, String name) implements Source {}

    /// The endpoint that a container finds its role at; asked again before they end.
    ///
    /// @param token to be shown there
    record Container(URI address, Token token) implements Source {}

    /// The metadata of the instance that we run on; asked again before its keys end.
    record Instance(URI address) implements Source {}

    /// What is shown to the endpoint of a container. Its text is in no log.
    final class Token {
      private final String text;
      private final Optional<Path> file;

      private Token(String text, Optional<Path> file) {
        this.text = text;
        this.file = file;
      }

      /// A token as it is; empty for none.
      public static Token of(String text) {
        return new Token(text, Optional.empty());
      }

      /// A token in a file, which somebody else renews.
      public static Token in(Path file) {
        return new Token("", Optional.of(file));
      }

      String text() {
        return text;
      }

      Optional<Path> file() {
        return file;
      }

      @Override
      public String toString() {
        return "Token[" + file.map(Path::toString).orElse(text.isEmpty() ? "none" : "set") + "]";
      }
    }
  }
}
