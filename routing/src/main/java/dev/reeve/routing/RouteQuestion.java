package dev.reeve.routing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A request for a decision, in no dialect. JSON values are `String`, `Boolean`, `Long`, `Double`,
/// `List` and `Map` with `String` keys; a null member is left out. Maps and lists are not copied:
/// the caller made them for this question and changes them no more.
///
/// @param tenantId whose policies, pins and budgets; an empty one is refused
/// @param policyId empty: `context.policy_id`, else `default`
/// @param taskType the message's or task's type, such as `chat`; may be empty
/// @param requestId for extensions and the log; may be empty
/// @param traceId for extensions and the log; may be empty
/// @param context JSON values by name: session, user, region, feedback about a failure, ...
/// @param metadata JSON values of the message by name
/// @param payload a JSON value that extensions may look at and change; only they see it
/// @param constraints what the provider must keep to
/// @param fallbackOrder providers to try in this order when the chosen one failed, from a source
///   that may say so; those that the policy does not know are left out
/// @param caller who asks
/// @param mode whether the decision counts, and whether it is explained
public record RouteQuestion(
    String tenantId,
    String policyId,
    String taskType,
    String requestId,
    String traceId,
    Map<String, Object> context,
    Map<String, Object> metadata,
    Object payload,
    RouteConstraints constraints,
    List<String> fallbackOrder,
    RouteCaller caller,
    Mode mode) {

  /// What becomes of the decision.
  public enum Mode {
    /// Counts: takes from buckets and quotas, pins sessions.
    DECIDE,
    /// Counts, and brings its explanation.
    EXPLAIN,
    /// Changes nothing, and brings its explanation.
    DRY_RUN
  }

  public RouteQuestion {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(policyId, "policyId");
    Objects.requireNonNull(taskType, "taskType");
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(constraints, "constraints");
    Objects.requireNonNull(fallbackOrder, "fallbackOrder");
  }

  /// A question with nothing but what every question has.
  public static RouteQuestion of(
      String tenantId, String policyId, String taskType, Map<String, Object> context) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        "",
        "",
        context,
        Map.of(),
        "",
        RouteConstraints.NONE,
        List.of(),
        RouteCaller.OPERATOR,
        Mode.DECIDE);
  }

  /// The same question otherwise.
  public RouteQuestion withMode(Mode other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        context,
        metadata,
        payload,
        constraints,
        fallbackOrder,
        caller,
        other);
  }

  /// The same question otherwise.
  public RouteQuestion withConstraints(RouteConstraints other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        context,
        metadata,
        payload,
        other,
        fallbackOrder,
        caller,
        mode);
  }

  /// The same question otherwise.
  public RouteQuestion withContext(Map<String, Object> other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        other,
        metadata,
        payload,
        constraints,
        fallbackOrder,
        caller,
        mode);
  }

  /// The same question otherwise.
  public RouteQuestion withFallbackOrder(List<String> other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        context,
        metadata,
        payload,
        constraints,
        other,
        caller,
        mode);
  }

  /// The same question otherwise.
  public RouteQuestion withCaller(RouteCaller other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        context,
        metadata,
        payload,
        constraints,
        fallbackOrder,
        other,
        mode);
  }

  /// The same question otherwise.
  public RouteQuestion withPayload(Object other) {
    return new RouteQuestion(
        tenantId,
        policyId,
        taskType,
        requestId,
        traceId,
        context,
        metadata,
        other,
        constraints,
        fallbackOrder,
        caller,
        mode);
  }
}
