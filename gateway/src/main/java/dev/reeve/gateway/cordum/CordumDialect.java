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
  private CordumDialect() {}

  /// Makes the dialect: its services, and the registered action of each method.
  public static Dialect create(GatewayServices services) {
    return new Dialect(
        CordumProfile.V1.dialect(),
        List.of(
            new CordumHandlers(services, new Replies(CordumProblems.TABLE), CordumProfile.V1)
                .bindService()),
        List.of(),
        Map.of(
            CordumApiGrpc.getSubmitJobMethod().getFullMethodName(),
            RegisteredAction.write("action:job:submit", Mode.BLOCKING),
            CordumApiGrpc.getGetJobStatusMethod().getFullMethodName(),
            RegisteredAction.read("action:job:status", Mode.BLOCKING)),
        CordumProblems.TABLE);
  }
}
