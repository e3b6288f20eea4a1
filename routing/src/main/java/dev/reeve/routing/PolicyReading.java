package dev.reeve.routing;

import dev.reeve.base.Problem;
import java.util.List;

/// A policy, or everything that is wrong with it.
public sealed interface PolicyReading {
  /// It can be used.
  record Valid(RoutePolicy policy) implements PolicyReading {}

  /// It cannot.
  ///
  /// @param errors in the order of the source, never empty
  record Invalid(List<PolicyError> errors) implements PolicyReading {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /// What is wrong; nothing for a policy.
  default List<PolicyError> problems() {
    return switch (this) {
      case Valid _ -> List.of();
      case Invalid(List<PolicyError> errors) -> errors;
    };
  }

  /// The policy; throws `ROUTE_POLICY_INVALID` with a field for each error.
  ///
  /// @param name what the policy is called in the message
  default RoutePolicy orThrow(String name) {
    return switch (this) {
      case Valid(RoutePolicy policy) -> policy;
      case Invalid(List<PolicyError> errors) -> throw problem(name, errors).toException();
    };
  }

  private static Problem problem(String name, List<PolicyError> errors) {
    Problem problem =
        RoutingProblems.ROUTE_POLICY_INVALID.because(
            name
                + ": "
                + errors.getFirst()
                + (errors.size() == 1 ? "" : " and " + (errors.size() - 1) + " more"));
    for (PolicyError error : errors) {
      problem = problem.withField(error.path(), error.message());
    }
    return problem;
  }
}
