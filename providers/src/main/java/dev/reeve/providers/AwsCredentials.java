package dev.reeve.providers;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Who signs requests to services of AWS. The secrets are reached by [AwsSignature] alone: whoever
/// prints or logs the object sees none.
public final class AwsCredentials {
  private final String accessKeyId;
  private final String secretKey;
  private final String sessionToken;
  private final Optional<Instant> ends;

  private AwsCredentials(
      String accessKeyId, String secretKey, String sessionToken, Optional<Instant> ends) {
    this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
    this.secretKey = Objects.requireNonNull(secretKey, "secretKey");
    this.sessionToken = Objects.requireNonNull(sessionToken, "sessionToken");
    this.ends = Objects.requireNonNull(ends, "ends");
  }

  /// Takes credentials as they are.
  ///
  /// @param sessionToken of credentials that end; empty for others
  public static AwsCredentials of(String accessKeyId, String secretKey, String sessionToken) {
    return new AwsCredentials(accessKeyId, secretKey, sessionToken, Optional.empty());
  }

  /// The same, known to end.
  AwsCredentials until(Instant end) {
    return new AwsCredentials(accessKeyId, secretKey, sessionToken, Optional.of(end));
  }

  String accessKeyId() {
    return accessKeyId;
  }

  String secretKey() {
    return secretKey;
  }

  String sessionToken() {
    return sessionToken;
  }

  /// When they end; empty when nobody said.
  Optional<Instant> ends() {
    return ends;
  }

  @Override
  public String toString() {
    return "AwsCredentials[set]";
  }
}
