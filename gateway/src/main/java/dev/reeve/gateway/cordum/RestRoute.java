package dev.reeve.gateway.cordum;

import dev.reeve.gateway.RestApi;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What answers one method and path. Runs on a thread that may block.
interface RestRoute {
  /// What stands for the second segment of a path that names something, as in `jobs/{id}/cancel`.
  String NAMED = "{id}";

  /// @param call with the segments of its path
  CompletableFuture<RestApi.Answer> serve(Call call);

  /// One request on its way.
  ///
  /// @param segments of the path after the prefix
  record Call(RestApi.Request request, List<String> segments, RestApi.Calls calls) {
    public Call {
      segments = List.copyOf(segments);
    }

    /// What the second segment names.
    String id() {
      return segments.get(1);
    }

    String parameter(String name) {
      return request.parameter(name);
    }
  }
}
