package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import java.util.Optional;

/// Whether the caller's role reaches the action's access; for what concerns every tenant, whether
/// it is the operator.
final class AccessStation {
  Optional<Problem> check(Caller caller, RegisteredAction action) {
    boolean allowed =
        switch (action.access()) {
          case PUBLIC, READ -> true;
          case WRITE -> caller.role() != Role.VIEWER;
          case ADMIN -> caller.role() == Role.ADMIN;
          case OPERATOR -> caller.localOperator();
        };
    return allowed
        ? Optional.empty()
        : Optional.of(
            GatewayProblems.ACCESS_DENIED.because(
                action.access() == RegisteredAction.Access.OPERATOR
                    ? "caller: " + caller.principal() + " (expected: the operator)"
                    : "role: "
                        + caller.role()
                        + " (expected: one that may "
                        + action.access()
                        + ")"));
  }
}
