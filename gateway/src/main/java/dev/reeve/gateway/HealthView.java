package dev.reeve.gateway;

import dev.reeve.routing.Router;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.PublicationStatus;
import dev.reeve.service.decider.DeciderStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the server is, as `/healthz` tells it. Implemented by the composition root; asked on the
/// event loop, so it answers from memory.
@FunctionalInterface
public interface HealthView {
  /// How it is now.
  Health now();

  /// The deciders outside of this process that are asked; empty when there are none.
  default List<DeciderStatus> deciders() {
    return List.of();
  }

  /// The bus; empty when there is none.
  default Optional<BusHealth> bus() {
    return Optional.empty();
  }

  /// How devices stand that take no work now, by their ids; empty when all do.
  default Map<String, String> devices() {
    return Map.of();
  }

  /// What else is counted since the start, by the name of its metric.
  default Map<String, Long> counts() {
    return Map.of();
  }

  /// How far events are published; empty when they are not.
  default Optional<PublicationStatus> publication() {
    return Optional.empty();
  }

  /// The router; empty when there is none.
  default Optional<Router> router() {
    return Optional.empty();
  }

  /// From good to bad.
  enum State {
    /// All is well.
    OK,
    /// Serves, and somebody should look at the reasons.
    DEGRADED,
    /// Does not do its work now.
    UNAVAILABLE
  }

  /// @param state the worst of all parts
  /// @param reasons one sentence for each part that is not well; empty when all is
  record Health(State state, List<String> reasons) {
    public static final Health OK = new Health(State.OK, List.of());

    public Health {
      reasons = List.copyOf(reasons);
    }
  }
}
