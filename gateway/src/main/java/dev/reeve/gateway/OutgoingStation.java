package dev.reeve.gateway;

import dev.reeve.base.Problem;
import java.util.Optional;

/// Looks at every message on its way out, each event of a stream as well. Output and egress rules
/// come with governance; until then the named instance lets everything pass.
@FunctionalInterface
interface OutgoingStation {
  /// No rules are loaded.
  OutgoingStation NO_RULES = (_, _) -> Optional.empty();

  Optional<Problem> check(CallScope scope, Object response);
}
