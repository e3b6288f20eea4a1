package dev.reeve.gateway.cordum;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.HttpApi;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.RestPaths;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The Cordum API: its service, and the registered action of each method.
public final class CordumDialect {
  /// The content that policy looks into, 2 MiB, and what goes with it.
  private static final int CHECK_BYTES_MAX = 4 * 1024 * 1024;

  /// A content of 64 MiB and what goes with it. Its receipt is written by its handler.
  private static final RegisteredAction CHECK_OUTPUT =
      new RegisteredAction(
          "action:output:check",
          true,
          RegisteredAction.Risk.LOW,
          Mode.INLINE,
          66 * 1024 * 1024,
          RegisteredAction.Access.READ);

  private static final Map<String, RegisteredAction> ACTIONS =
      Map.of(
          CordumApiGrpc.getSubmitJobMethod().getFullMethodName(),
          RegisteredAction.write("action:job:submit", Mode.BLOCKING),
          OutputPolicyServiceGrpc.getCheckOutputMethod().getFullMethodName(),
          CHECK_OUTPUT,
          CordumApiGrpc.getGetJobStatusMethod().getFullMethodName(),
          RegisteredAction.read("action:job:status", Mode.BLOCKING),
          SafetyKernelGrpc.getCheckMethod().getFullMethodName(),
          check("action:policy:check", Mode.INLINE),
          SafetyKernelGrpc.getEvaluateMethod().getFullMethodName(),
          check("action:policy:evaluate", Mode.INLINE),
          SafetyKernelGrpc.getExplainMethod().getFullMethodName(),
          check("action:policy:explain", Mode.BLOCKING),
          SafetyKernelGrpc.getSimulateMethod().getFullMethodName(),
          check("action:policy:simulate", Mode.BLOCKING),
          SafetyKernelGrpc.getListSnapshotsMethod().getFullMethodName(),
          RegisteredAction.read("action:policy:snapshots", Mode.INLINE));

  private CordumDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// The paths of the contract on the HTTP port.
  public static HttpApi.Factory http(InstantSource clock) {
    return (local, blocking) -> new RestPaths(local, blocking, new CordumRest(clock));
  }

  /// Makes the dialect: its services, and the registered action of each method.
  public static Dialect create(GatewayServices services) {
    Replies replies = new Replies(CordumProblems.TABLE);
    return new Dialect(
        CordumProfile.V1.dialect(),
        List.of(
            new CordumHandlers(services, replies, CordumProfile.V1).bindService(),
            new SafetyKernelHandlers(services, replies).bindService(),
            new OutputPolicyHandlers(services, replies).bindService()),
        List.of(),
        ACTIONS,
        CordumProblems.TABLE);
  }

  /// A question to the policy: anybody may ask, it has a receipt of its own, and it counts.
  private static RegisteredAction check(String id, Mode mode) {
    return new RegisteredAction(id, true, Risk.LOW, mode, CHECK_BYTES_MAX, Access.READ);
  }
}
