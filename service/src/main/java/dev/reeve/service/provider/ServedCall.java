package dev.reeve.service.provider;

import dev.reeve.service.provider.ChooseProvider.Choice;
import dev.reeve.service.provider.ChooseProvider.Observation;
import dev.reeve.service.provider.ChooseProvider.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a provider gave, and how we came to it.
///
/// @param value an answer, or a stream that began well
/// @param facts of the provider that gave it
/// @param model as the provider calls it
/// @param asked the candidates that were asked, in order, this one last
/// @param attempts how many were made; 0 when it was taken from memory
/// @param observer hears how the call went; false when no policy chose the provider
record ServedCall<T>(
    T value,
    ProviderFacts facts,
    String model,
    Choice.Chosen choice,
    List<String> asked,
    int attempts,
    Question question,
    Predicate<Observation> observer) {
  private static final String FALLBACK_CHAIN = "fallback_chain";

  ServedCall {
    asked = List.copyOf(asked);
  }

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
    return new ServedCall<>(value, facts, model, fromMemory, List.of(), 0, question, _ -> false);
  }

  /// Who was asked stands in the metadata as soon as it was more than one call.
  CallModel.Head head(String requestId) {
    Map<String, String> metadata = new TreeMap<>(choice.metadata());
    if (asked.size() > 1) {
      metadata.put(FALLBACK_CHAIN, String.join(",", asked));
    }
    return new CallModel.Head(
        requestId,
        facts.id(),
        model,
        choice.reason(),
        choice.policyId(),
        choice.policyVersion(),
        attempts,
        metadata);
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
