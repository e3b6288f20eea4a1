package dev.reeve.providers;

import java.util.Objects;

/// Who signs requests to services of AWS, and where those are. The secrets are reached by
/// [AwsSignature] alone: whoever prints or logs the object sees none.
public final class AwsAccess {
  private final String region;
  private final String accessKeyId;
  private final String secretKey;
  private final String sessionToken;

  private AwsAccess(String region, String accessKeyId, String secretKey, String sessionToken) {
    this.region = Objects.requireNonNull(region, "region");
    this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
    this.secretKey = Objects.requireNonNull(secretKey, "secretKey");
    this.sessionToken = Objects.requireNonNull(sessionToken, "sessionToken");
  }

  /// Takes credentials as they are.
  ///
  /// @param sessionToken of credentials that end; empty for others
  public static AwsAccess of(
      String region, String accessKeyId, String secretKey, String sessionToken) {
    return new AwsAccess(region, accessKeyId, secretKey, sessionToken);
  }

  String region() {
    return region;
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

  @Override
  public String toString() {
    return "AwsAccess[" + region + "]";
  }
}
