package dev.reeve.gateway;

import dev.reeve.base.Problem;
import io.grpc.Metadata;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// What callers must show.
///
/// @param keys the newest, asked at each call; empty when no keys are set up, and only this machine
///   is served
/// @param localOperator whether callers on this machine need no key
/// @param metricsOpen whether `/metrics` needs no key
public record Credentials(
    Optional<Supplier<CallerKeys>> keys, boolean localOperator, boolean metricsOpen) {
  /// No keys: the operator of this machine alone.
  public static final Credentials NONE = new Credentials(Optional.empty(), true, true);

  private static final Problem INVALID =
      GatewayProblems.CREDENTIAL_INVALID.because(
          "the key of the call (expected: one of this server's that is not over)");
  private static final Problem NO_KEY_SHOWN =
      GatewayProblems.CREDENTIAL_REQUIRED.because(
          "no credential (expected: authorization: Bearer KEY, or x-api-key: KEY)");
  private static final Problem NOT_ON_THIS_MACHINE =
      GatewayProblems.CREDENTIAL_REQUIRED.because(
          "no credential (expected: one, because the caller is not on this machine)");
  private static final String BEARER = "bearer ";
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> API_KEY = header("x-api-key");
  private static final Metadata.Key<String> SHORT_API_KEY = header("api-key");

  public Credentials {
    Objects.requireNonNull(keys, "keys");
  }

  static final Look NO_KEY = new Look.Passed(Optional.empty());

  /// What a caller showed.
  sealed interface Look {
    /// @param key empty for the operator of this machine
    record Passed(Optional<CallerKey> key) implements Look {}

    /// @param keyless whether no key was shown, rather than a wrong one
    record Refused(Problem problem, boolean keyless) implements Look {}
  }

  /// Whether a caller may come in, and by which key.
  ///
  /// @param clock read only where there are keys, which may be over
  Look look(Peer peer, Metadata headers, InstantSource clock) {
    return look(peer, keys.isEmpty() ? "" : shown(headers), clock);
  }

  /// The same with the key as it was shown; empty for none. Where there are no keys, what is shown
  /// says nothing.
  Look look(Peer peer, String shown, InstantSource clock) {
    if (keys.isPresent() && !shown.isEmpty()) {
      return keys.get()
          .get()
          .find(shown, clock.instant())
          .<Look>map(key -> new Look.Passed(Optional.of(key)))
          .orElse(new Look.Refused(INVALID, false));
    }
    if (peer.loopback() && !fromEverybody()) {
      return NO_KEY;
    }
    return new Look.Refused(keys.isPresent() ? NO_KEY_SHOWN : NOT_ON_THIS_MACHINE, true);
  }

  /// Whether a key that was shown before would still be taken for the same.
  boolean stillHold(CallerKey key, Instant now) {
    return keys.isPresent() && keys.get().get().stillHold(key, now);
  }

  /// Whether everybody must show a key.
  boolean fromEverybody() {
    return keys.isPresent() && !localOperator;
  }

  /// The key that a call shows: `authorization: Bearer KEY`, else `x-api-key`, else `api-key`;
  /// empty when it shows none.
  static String shown(Metadata headers) {
    return shown(
        text(headers, AUTHORIZATION), text(headers, API_KEY), text(headers, SHORT_API_KEY));
  }

  /// The same by the values of the headers, empty for those that are absent.
  static String shown(String authorization, String apiKey, String shortApiKey) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return apiKey.isEmpty() ? shortApiKey : apiKey;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static String text(Metadata headers, Metadata.Key<String> key) {
    String value = headers.get(key);
    return value == null ? "" : value.strip();
  }
}
