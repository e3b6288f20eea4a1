package dev.reeve.service.provider;

import dev.reeve.base.Check;
import java.math.BigDecimal;
import java.util.Optional;

/// Tokens of one call, and what its provider says that it takes for it.
///
/// @param promptTokens tokens of the request, those from a cache included
/// @param cachedTokens how many of them the provider took from its cache
/// @param completionTokens tokens of the answer
/// @param estimated whether we guessed, because the provider said nothing
/// @param charged in USD; empty when it did not say
public record Usage(
    long promptTokens,
    long cachedTokens,
    long completionTokens,
    boolean estimated,
    Optional<BigDecimal> charged) {
  /// Nothing is known.
  public static final Usage UNKNOWN = new Usage(0, 0, 0, true, Optional.empty());

  private static final int BYTES_PER_TOKEN = 4;

  public Usage {
    Check.argument(promptTokens >= 0, "prompt_tokens: %s (expected: >= 0)", promptTokens);
    Check.argument(cachedTokens >= 0, "cached_tokens: %s (expected: >= 0)", cachedTokens);
    Check.argument(
        completionTokens >= 0, "completion_tokens: %s (expected: >= 0)", completionTokens);
    Check.argument(
        charged.isEmpty() || charged.get().signum() >= 0, "cost: %s (expected: >= 0)", charged);
  }

  /// As a provider told it.
  public static Usage told(long promptTokens, long cachedTokens, long completionTokens) {
    return new Usage(promptTokens, cachedTokens, completionTokens, false, Optional.empty());
  }

  /// A guess from the bytes that went to and fro: four to a token.
  public static Usage guess(long requestBytes, long answerBytes) {
    return new Usage(tokens(requestBytes), 0, tokens(answerBytes), true, Optional.empty());
  }

  /// The same tokens, with what the provider says that it takes.
  public Usage withCharged(Optional<BigDecimal> cost) {
    return new Usage(promptTokens, cachedTokens, completionTokens, estimated, cost);
  }

  private static long tokens(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  /// Tokens of request and answer.
  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
