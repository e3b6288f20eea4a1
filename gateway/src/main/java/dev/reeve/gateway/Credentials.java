package dev.reeve.gateway;

import io.grpc.Metadata;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// What callers must show.
///
/// @param keys the newest, asked at each call; empty when no keys are set up, and only this machine
///   is served
/// @param localOperator whether callers on this machine need no key
public record Credentials(Optional<Supplier<CallerKeys>> keys, boolean localOperator) {
  /// No keys: the operator of this machine alone.
  public static final Credentials NONE = new Credentials(Optional.empty(), true);

  private static final String BEARER = "bearer ";
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> API_KEY = header("x-api-key");
  private static final Metadata.Key<String> SHORT_API_KEY = header("api-key");

  public Credentials {
    Objects.requireNonNull(keys, "keys");
  }

  /// Whether everybody must show a key.
  boolean fromEverybody() {
    return keys.isPresent() && !localOperator;
  }

  /// The key that a call shows: `authorization: Bearer KEY`, else `x-api-key`, else `api-key`;
  /// empty when it shows none.
  static String shown(Metadata headers) {
    String authorization = text(headers, AUTHORIZATION);
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    String key = text(headers, API_KEY);
    return key.isEmpty() ? text(headers, SHORT_API_KEY) : key;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static String text(Metadata headers, Metadata.Key<String> key) {
    String value = headers.get(key);
    return value == null ? "" : value.strip();
  }
}
