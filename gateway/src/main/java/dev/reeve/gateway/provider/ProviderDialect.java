package dev.reeve.gateway.provider;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.beamline.provider.v1.ProviderGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Providers by name: the service, and the registered action of each method.
public final class ProviderDialect {
  private static final int REQUEST_BYTES_MAX = 16 * 1024 * 1024;

  private static final RegisteredAction INVOKE =
      new RegisteredAction(
          "action:provider:invoke",
          true,
          Risk.HIGH,
          Mode.BLOCKING,
          REQUEST_BYTES_MAX,
          Access.WRITE);

  private static final Map<String, RegisteredAction> ACTIONS =
      Map.of(
          ProviderGrpc.getInvokeMethod().getFullMethodName(),
          INVOKE,
          ProviderGrpc.getInvokeStreamMethod().getFullMethodName(),
          INVOKE);

  private ProviderDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// Makes the dialect.
  ///
  /// @param tenants who is served
  /// @param blocking virtual threads, one for each call in progress
  public static Dialect create(
      CallModel calls,
      ProviderDirectory providers,
      ServedTenants tenants,
      InstantSource clock,
      Executor blocking) {
    return new Dialect(
        "provider",
        List.of(
            new ProviderHandlers(
                    calls, providers, tenants, clock, blocking, new Replies(ProblemTable.OWN))
                .bindService()),
        List.of(),
        ACTIONS,
        ProblemTable.OWN);
  }
}
