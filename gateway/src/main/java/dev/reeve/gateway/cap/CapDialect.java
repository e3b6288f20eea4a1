package dev.reeve.gateway.cap;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.service.PointerStore;
import dev.reeve.service.RegisteredAction;
import java.util.List;
import java.util.Map;

/// What packets of the bus ask of us, as calls. Its jobs are stored as those of the Cordum API: one
/// contract, two ways in.
public final class CapDialect {
  /// Its own name among the APIs; see [RequestDecoder#DIALECT] for that of its jobs.
  private static final String NAME = "cap";

  private CapDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return CapHandlers.actions();
  }

  /// @param pointers where inputs and results lie that no job has taken up
  public static Dialect create(GatewayServices services, PointerStore pointers) {
    return new Dialect(
        NAME,
        List.of(new CapHandlers(services, pointers).bindService()),
        List.of(),
        actions(),
        ProblemTable.OWN);
  }
}
