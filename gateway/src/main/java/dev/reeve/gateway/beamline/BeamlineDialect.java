package dev.reeve.gateway.beamline;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.HttpApi;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.RestPaths;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.wire.beamline.flow.v1.RouterAdminGrpc;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import io.grpc.MethodDescriptor;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The BeamLine API: its services, and the registered action of each method.
public final class BeamlineDialect {
  private static final String NAME = "beamline";

  /// A payload of 1 MiB and what goes with it.
  private static final int DECIDE_BYTES_MAX = 2 * 1024 * 1024;

  /// A decision has a receipt of its own and counts: buckets, pins, quotas.
  private static final RegisteredAction DECIDE =
      new RegisteredAction(
          "action:route:decide", true, Risk.LOW, Mode.INLINE, DECIDE_BYTES_MAX, Access.READ);

  private static final RegisteredAction EXPLAIN =
      new RegisteredAction(
          "action:route:explain", true, Risk.LOW, Mode.BLOCKING, DECIDE_BYTES_MAX, Access.READ);

  private static final RegisteredAction READ_POLICY =
      RegisteredAction.read("action:route:read_policy", Mode.INLINE);

  private static final RegisteredAction HEALTH =
      RegisteredAction.read("action:route:health", Mode.INLINE);

  private static final RegisteredAction WRITE_POLICY = change("action:route:write_policy");
  private static final RegisteredAction DELETE_POLICY = change("action:route:delete_policy");

  private static final Map<String, RegisteredAction> ACTIONS =
      Map.ofEntries(
          entry(RouterGrpc.getDecideMethod(), DECIDE),
          entry(RouterAdminGrpc.getUpsertPolicyMethod(), WRITE_POLICY),
          entry(RouterAdminGrpc.getDeletePolicyMethod(), DELETE_POLICY),
          entry(RouterAdminGrpc.getGetPolicyMethod(), READ_POLICY),
          entry(RouterAdminGrpc.getListPoliciesMethod(), READ_POLICY),
          entry(RouterAdminGrpc.getGetCheckpointStatusMethod(), HEALTH),
          entry(RouterAdminGrpc.getGetValidatorsHealthMethod(), HEALTH),
          entry(RoutingServiceGrpc.getExplainRouteMethod(), EXPLAIN),
          entry(RoutingServiceGrpc.getPutRoutePolicyMethod(), WRITE_POLICY),
          entry(RoutingServiceGrpc.getRollBackRoutePolicyMethod(), WRITE_POLICY),
          entry(RoutingServiceGrpc.getDeleteRoutePolicyMethod(), DELETE_POLICY),
          entry(RoutingServiceGrpc.getGetRoutePolicyMethod(), READ_POLICY),
          entry(RoutingServiceGrpc.getListRoutePoliciesMethod(), READ_POLICY),
          entry(RoutingServiceGrpc.getListRoutePolicyVersionsMethod(), READ_POLICY),
          entry(RoutingServiceGrpc.getGetPolicyComplexityMethod(), READ_POLICY),
          entry(
              RoutingServiceGrpc.getGetRouteDecisionMethod(),
              RegisteredAction.read("action:route:read_decision", Mode.INLINE)),
          entry(RoutingServiceGrpc.getListBreakersMethod(), HEALTH),
          entry(RoutingServiceGrpc.getListExtensionHealthMethod(), HEALTH),
          entry(RoutingServiceGrpc.getGetBackpressureMethod(), HEALTH));

  private BeamlineDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// Makes the dialect: its services, and the registered action of each method.
  public static Dialect create(GatewayServices services, BeamlinePorts ports) {
    Replies replies = new Replies(BeamlineProblems.TABLE);
    return new Dialect(
        NAME,
        List.of(
            new RouterHandlers(services, ports, replies).bindService(),
            new RouterAdminHandlers(ports, replies).bindService(),
            new RoutePolicyHandlers(ports, replies).bindService()),
        List.of(),
        ACTIONS,
        BeamlineProblems.TABLE);
  }

  /// What answers the HTTP paths under `/api/v1/routes/`.
  ///
  /// @param intake the one that serves the bus, too
  /// @param clock by which a caller is told when to ask again
  public static HttpApi.Factory http(RouteIntake intake, InstantSource clock) {
    return (local, blocking) -> new RestPaths(local, blocking, new BeamlineRest(intake, clock));
  }

  private static RegisteredAction change(String id) {
    return new RegisteredAction(id, true, Risk.HIGH, Mode.BLOCKING, 1024 * 1024, Access.ADMIN);
  }

  private static Map.Entry<String, RegisteredAction> entry(
      MethodDescriptor<?, ?> method, RegisteredAction action) {
    return Map.entry(method.getFullMethodName(), action);
  }
}
