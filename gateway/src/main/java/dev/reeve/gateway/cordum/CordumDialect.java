package dev.reeve.gateway.cordum;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import java.util.List;
import java.util.Map;

/// The Cordum API: its service, and the registered action of each method.
public final class CordumDialect {
  private static final Map<String, RegisteredAction> ACTIONS =
      Map.of(
          CordumApiGrpc.getSubmitJobMethod().getFullMethodName(),
          RegisteredAction.write("action:job:submit", Mode.BLOCKING),
          CordumApiGrpc.getGetJobStatusMethod().getFullMethodName(),
          RegisteredAction.read("action:job:status", Mode.BLOCKING));

  private CordumDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// Makes the dialect: its services, and the registered action of each method.
  public static Dialect create(GatewayServices services) {
    return new Dialect(
        CordumProfile.V1.dialect(),
        List.of(
            new CordumHandlers(services, new Replies(CordumProblems.TABLE), CordumProfile.V1)
                .bindService()),
        List.of(),
        ACTIONS,
        CordumProblems.TABLE);
  }
}
