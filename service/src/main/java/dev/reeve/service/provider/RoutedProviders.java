package dev.reeve.service.provider;

import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.FailureClass;
import dev.reeve.routing.RouteCaller;
import dev.reeve.routing.RouteConstraints;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.RouteResult;
import dev.reeve.routing.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The introduction of routing to calls of models: the tenant's policy `default` decides. A tenant
/// without one has the order of the configuration. Safe on any thread, if the draws are.
public final class RoutedProviders implements ChooseProvider {
  private static final String POLICY = "default";

  private final Router router;
  private final RandomGenerator random;
  private final ExtensionCaller extensions;

  /// @param random draws, safe on any thread
  public RoutedProviders(Router router, RandomGenerator random, ExtensionCaller extensions) {
    this.router = router;
    this.random = random;
    this.extensions = extensions;
  }

  @Override
  public boolean mayBlock(String tenant) {
    return router.policies().find(tenant, POLICY).map(RoutePolicy::hasExtensions).orElse(false);
  }

  @Override
  public Choice choose(Question question) {
    if (router.policies().find(question.tenant(), POLICY).isEmpty()) {
      return new Choice.NoPolicy();
    }
    return switch (router.decide(routeQuestion(question), random, extensions)) {
      case RouteRefusal refusal -> new Choice.Refused(refusal.toProblem());
      case RouteDecision decision ->
          new Choice.Chosen(
              decision.providerId(),
              decision.reason().wireName(),
              decision.policyId(),
              Long.toString(decision.policyVersion()),
              Duration.ofMillis(decision.retry().map(retry -> retry.backoffMs()).orElse(0L)),
              Map.of());
    };
  }

  private static RouteQuestion routeQuestion(Question question) {
    Map<String, Object> context = new HashMap<>(question.context());
    question
        .failure()
        .ifPresent(failure -> {
          context.put("status", failure.status());
          context.put("error_class", failure.status());
          context.put("current_provider", failure.provider());
          context.put("retry_attempts_used", (long) failure.retriesUsed());
          if (failure.retryAfter().isPositive()) {
            context.put("retry_after_ms", failure.retryAfter().toMillis());
          }
        });
    return new RouteQuestion(
        question.tenant(),
        POLICY,
        question.taskType(),
        question.requestId(),
        "",
        context,
        Map.of(),
        "",
        RouteConstraints.NONE,
        List.of(),
        new RouteCaller(question.context().getOrDefault("user_id", ""), "", false),
        RouteQuestion.Mode.DECIDE);
  }

  @Override
  public void observe(Observation observation) {
    Choice.Chosen choice = observation.choice();
    router.observe(
        new RouteResult(
            observation.question().tenant(),
            choice.policyId(),
            Long.parseLong(choice.policyVersion()),
            choice.candidate(),
            observation.question().taskType(),
            observation.question().context().getOrDefault("user_id", ""),
            "",
            failure(observation.status()),
            Math.max(0, observation.latencyMillis()),
            observation.costUsd(),
            observation.usage().promptTokens(),
            observation.usage().completionTokens(),
            observation.retryAfter().toMillis()));
  }

  private static FailureClass failure(String status) {
    for (FailureClass known : FailureClass.values()) {
      if (known.wireName().equals(status)) {
        return known;
      }
    }
    return switch (status) {
      case "unauthorized" -> FailureClass.PROVIDER_UNAVAILABLE;
      default -> FailureClass.CLIENT_ERROR;
    };
  }
}
