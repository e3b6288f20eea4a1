package dev.reeve.gateway;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import io.grpc.Channel;
import java.util.Map;
import java.util.concurrent.Executor;

/// Paths of the HTTP port that are not named after a method. It calls governed methods all the
/// same, over the channel that it is made with; there is no other way to a use case.
public interface HttpApi {
  /// Makes one.
  @FunctionalInterface
  interface Factory {
    /// @param local leads to every governed method
    /// @param blocking virtual threads for what must wait
    HttpApi over(Channel local, Executor blocking);
  }

  /// The paths that lead to methods, and the full names of those.
  Map<String, String> methods();

  /// Whether it answers a path, be it with a refusal.
  boolean serves(String path);

  /// Answers a request that shows no key, or a wrong one, in the form of its paths; its body was
  /// not read. Called on an event loop.
  HttpResponse refuse(Problem problem);

  /// Answers; called on an event loop.
  HttpResponse serve(ServiceRequestContext context, HttpRequest request);
}
