package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import java.util.Optional;

/// Whether the caller's role reaches the action's access.
final class AccessStation {
  Optional<Problem> check(Caller caller, RegisteredAction action) {
    boolean allowed =
        switch (action.access()) {
          case PUBLIC, READ -> true;
          case WRITE -> caller.role() != Role.VIEWER;
          case ADMIN -> caller.role() == Role.ADMIN;
        };
    return allowed
        ? Optional.empty()
        : Optional.of(
            GatewayProblems.ACCESS_DENIED.because(
                "role: " + caller.role() + " (expected: one that may " + action.access() + ")"));
  }
}
