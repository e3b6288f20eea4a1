package dev.reeve.providers;

import dev.reeve.base.Check;
import dev.reeve.service.provider.ProviderFacts;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/// How one provider is reached.
///
/// @param facts what others may know of it
/// @param baseUrl where its API is, such as `https://api.openai.com/v1`
/// @param key may be none
/// @param retriesMax how often a call is repeated that cannot have begun
/// @param missingKey the variable that should hold the key and does not; empty when none is missing
/// @param aws signs requests in place of the key; empty for none
public record ProviderSettings(
    ProviderFacts facts,
    URI baseUrl,
    ApiKey key,
    int retriesMax,
    String missingKey,
    Optional<AwsAccess> aws) {
  public ProviderSettings {
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(baseUrl, "baseUrl");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(aws, "aws");
    Check.argument(
        retriesMax >= 0 && retriesMax <= 10, "max_retries: %s (expected: 0 to 10)", retriesMax);
  }

  /// With all that it needs.
  public ProviderSettings(ProviderFacts facts, URI baseUrl, ApiKey key, int retriesMax) {
    this(facts, baseUrl, key, retriesMax, "", Optional.empty());
  }
}
