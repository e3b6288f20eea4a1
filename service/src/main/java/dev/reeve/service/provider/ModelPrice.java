package dev.reeve.service.provider;

import dev.reeve.base.Check;
import java.math.BigDecimal;
import java.math.MathContext;

/// What a model costs, in USD for a million tokens.
///
/// @param input of a request
/// @param cachedInput of what the provider takes from its cache
/// @param output of an answer
public record ModelPrice(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  public ModelPrice {
    Check.argument(input.signum() >= 0, "input: %s (expected: >= 0)", input);
    Check.argument(cachedInput.signum() >= 0, "cached_input: %s (expected: >= 0)", cachedInput);
    Check.argument(output.signum() >= 0, "output: %s (expected: >= 0)", output);
  }

  /// What a call costs, in USD.
  public BigDecimal cost(Usage usage) {
    long fresh = Math.max(0, usage.promptTokens() - usage.cachedTokens());
    return input
        .multiply(BigDecimal.valueOf(fresh))
        .add(cachedInput.multiply(BigDecimal.valueOf(usage.cachedTokens())))
        .add(output.multiply(BigDecimal.valueOf(usage.completionTokens())))
        .divide(MILLION, MathContext.DECIMAL64)
        .stripTrailingZeros();
  }
}
