package dev.reeve.gateway.openai;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.HttpApi;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.reeve.v1.ModelServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Models by the OpenAI API: the service, the registered action of each method, and the HTTP paths.
public final class OpenAiDialect {
  /// Requests may carry images.
  static final int REQUEST_BYTES_MAX = 16 * 1024 * 1024;

  private static final Map<String, RegisteredAction> ACTIONS =
      Map.of(
          ModelServiceGrpc.getChatMethod().getFullMethodName(),
          call("action:model:chat"),
          ModelServiceGrpc.getCompleteMethod().getFullMethodName(),
          call("action:model:completion"),
          ModelServiceGrpc.getEmbedMethod().getFullMethodName(),
          call("action:model:embedding"),
          ModelServiceGrpc.getListModelsMethod().getFullMethodName(),
          RegisteredAction.read("action:model:list", Mode.INLINE),
          ModelServiceGrpc.getListProvidersMethod().getFullMethodName(),
          RegisteredAction.read("action:provider:list", Mode.INLINE));

  private OpenAiDialect() {}

  private static RegisteredAction call(String id) {
    return new RegisteredAction(
        id, true, Risk.HIGH, Mode.STARTING, REQUEST_BYTES_MAX, Access.WRITE);
  }

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// Makes the dialect.
  ///
  /// @param tenants who is served
  /// @param blocking virtual threads, one for each call in progress
  public static Dialect create(
      CallModel calls, ProviderDirectory providers, ServedTenants tenants, Executor blocking) {
    return new Dialect(
        "openai",
        List.of(
            new ModelHandlers(calls, providers, tenants, blocking, new Replies(ProblemTable.OWN))
                .bindService()),
        List.of(),
        ACTIONS,
        ProblemTable.OWN);
  }

  /// The HTTP paths and the full names of their methods.
  public static Map<String, String> paths() {
    return OpenAiHttp.METHODS;
  }

  /// What answers these paths.
  public static HttpApi.Factory http() {
    return OpenAiHttp::new;
  }
}
