package dev.reeve.routing;

import dev.reeve.routing.RouteQuestion.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question while it is decided: what is known at its time, and what extensions changed since.
/// Used by one thread.
final class Asking {
  private final RouteQuestion question;
  private final TenantRoute route;
  private final String environment;
  private final ProviderCatalogue catalogue;
  private final long nowNanos;
  private final long nowMs;
  private final @Nullable List<String> steps;
  private RouteFacts facts;
  private Object payload;
  private boolean payloadChanged;

  Asking(
      RouteQuestion question,
      TenantRoute route,
      String environment,
      ProviderCatalogue catalogue,
      long nowNanos,
      long nowMs) {
    this.question = question;
    this.route = route;
    this.environment = environment;
    this.catalogue = catalogue;
    this.nowNanos = nowNanos;
    this.nowMs = nowMs;
    steps = question.mode() == Mode.DECIDE ? null : new ArrayList<>();
    facts = factsOf(question.context());
    payload = question.payload();
  }

  private RouteFacts factsOf(Map<String, Object> context) {
    return new RouteFacts(
        context, question.metadata(), question.tenantId(), question.taskType(), environment);
  }

  RouteQuestion question() {
    return question;
  }

  TenantRoute route() {
    return route;
  }

  RoutePolicy policy() {
    return route.policy();
  }

  PolicyBody body() {
    return route.policy().body();
  }

  ProviderCatalogue catalogue() {
    return catalogue;
  }

  RouteFacts facts() {
    return facts;
  }

  Object payload() {
    return payload;
  }

  boolean isPayloadChanged() {
    return payloadChanged;
  }

  long nowNanos() {
    return nowNanos;
  }

  long nowMs() {
    return nowMs;
  }

  /// Whether the decision changes what is remembered.
  boolean counts() {
    return question.mode() != Mode.DRY_RUN;
  }

  boolean isExplained() {
    return steps != null;
  }

  void step(String text) {
    if (steps != null) {
      steps.add(text);
    }
  }

  List<String> steps() {
    return steps == null ? List.of() : steps;
  }

  /// Takes in what an extension added.
  void merge(ExtensionReply.Answered answer) {
    if (!answer.metadata().isEmpty()) {
      Map<String, Object> context = new LinkedHashMap<>(facts.context());
      context.putAll(answer.metadata());
      facts = factsOf(context);
    }
    if (answer.payload().isPresent()) {
      payload = answer.payload().get();
      payloadChanged = true;
    }
  }

  /// The name of the user for quotas: the caller's, else what the context says.
  String user() {
    String shown = question.caller().user();
    return shown.isEmpty() ? facts.text("user_id") : shown;
  }

  /// The status that the caller reports of the provider before; empty when it reports none or a
  /// success.
  String failedStatus() {
    String status = facts.text("status");
    boolean fine = status.isEmpty() || FailureClass.ofReport(status) == FailureClass.NONE;
    return fine ? "" : status;
  }

  /// Index of the provider that the caller used last; -1 when it names none that the policy knows.
  int currentProvider() {
    String name = facts.text("current_provider");
    return name.isEmpty() ? -1 : body().targets().index(name);
  }
}
