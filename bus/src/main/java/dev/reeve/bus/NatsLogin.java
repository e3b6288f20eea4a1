package dev.reeve.bus;

import dev.reeve.bus.NatsSettings.Credentials;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Says to the broker who we are.
final class NatsLogin {
  private NatsLogin() {}

  /// @throws IOException when a file cannot be read or is not what it should be
  static void identify(Options.Builder options, Credentials credentials) throws IOException {
    switch (credentials) {
      case Credentials.None _ -> {}
      case Credentials.Password password ->
          options.userInfo(
              password.user().toCharArray(), secret(password.passwordFile()).toCharArray());
      case Credentials.Token token -> options.token(secret(token.file()).toCharArray());
      case Credentials.CredentialsFile file ->
          options.authHandler(Nats.staticCredentials(bytes(file.file())));
      case Credentials.NkeyFile file -> options.authHandler(new NkeyHandler(key(file.file())));
    }
  }

  /// @throws IOException as [#identify] would
  static void check(Credentials credentials) throws IOException {
    identify(new Options.Builder(), credentials);
  }

  private static NKey key(Path file) throws IOException {
    try {
      return NKey.fromSeed(secret(file).toCharArray());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": no NKey seed", e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return secret(file).getBytes(StandardCharsets.UTF_8);
  }

  private static String secret(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read", e);
    }
    if (text.isEmpty()) {
      throw new IOException(file + ": empty");
    }
    return text;
  }

  /// Signs the broker's challenge with a user's key.
  private record NkeyHandler(NKey key) implements AuthHandler {
    @Override
    public byte[] sign(byte[] nonce) {
      try {
        return key.sign(nonce);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public char[] getID() {
      try {
        return key.getPublicKey();
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public char @Nullable [] getJWT() {
      return null;
    }
  }
}
