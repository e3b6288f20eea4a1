package dev.reeve.service.provider;

import dev.reeve.service.provider.ChooseProvider.Choice;
import dev.reeve.service.provider.ChooseProvider.Observation;
import dev.reeve.service.provider.ChooseProvider.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/// What a provider gave, and how we came to it.
///
/// @param value an answer, or a stream that began well
/// @param facts of the provider that gave it
/// @param model as the provider calls it
/// @param attempts how many were made; 0 when it was taken from memory
/// @param observer hears how the call went; false when no policy chose the provider
record ServedCall<T>(
    T value,
    ProviderFacts facts,
    String model,
    Choice.Chosen choice,
    int attempts,
    Question question,
    Predicate<Observation> observer) {
  /// The same, taken from memory.
  ServedCall<T> remembered() {
    Choice.Chosen fromMemory =
        new Choice.Chosen(
            choice.candidate(),
            "cache",
            choice.policyId(),
            choice.policyVersion(),
            Duration.ZERO,
            Map.of());
    return new ServedCall<>(value, facts, model, fromMemory, 0, question, _ -> false);
  }

  CallModel.Head head(String requestId) {
    return new CallModel.Head(
        requestId,
        facts.id(),
        model,
        choice.reason(),
        choice.policyId(),
        choice.policyVersion(),
        attempts,
        choice.metadata());
  }

  /// What it cost in USD, as text: what the provider says that it takes for the call, else by the
  /// price; empty when nobody said either.
  String cost(Usage usage) {
    if (attempts == 0) {
      return "0";
    }
    return usage
        .charged()
        .or(() -> facts.price(model).map(price -> price.cost(usage)))
        .map(BigDecimal::toPlainString)
        .orElse("");
  }

  /// The end of a stream that began well.
  void ended(ModelReading.End end, long nanos, String cost) {
    boolean ours = end.status().equals("withheld") || end.status().equals("cancelled");
    boolean _ = observe(ours ? "success" : end.status(), nanos, cost, end.usage());
  }

  /// Tells the policy that chose the provider how the call went.
  ///
  /// @param cost as of [#cost]
  boolean observe(String status, long nanos, String cost, Usage usage) {
    return observer.test(
        new Observation(
            question,
            choice,
            status,
            nanos / 1_000_000,
            cost.isEmpty() ? 0 : new BigDecimal(cost).doubleValue(),
            usage,
            Duration.ZERO));
  }
}
