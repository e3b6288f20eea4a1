package dev.reeve.gateway;

import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Paths of a contract that has an HTTP surface of its own, beside the one form in which every
/// method can be called. It decides nothing: each request becomes calls of methods, which pass the
/// same chain as those of every port.
public interface RestApi {
  /// What its paths begin with, such as `/api/v1/`.
  String prefix();

  /// The paths that lead to methods, and the full names of those.
  Map<String, String> methods();

  /// Answers a request. Runs on a thread that may block; the future may complete on any.
  CompletableFuture<Answer> serve(Request request, Calls calls);

  /// How it answers a call that was refused.
  Answer refusal(com.google.rpc.Status status, int httpStatus);

  /// One request.
  ///
  /// @param method such as `GET`
  /// @param path after the prefix, decoded
  /// @param query parameters, the first of each name
  /// @param accept what the caller takes; may be empty
  /// @param idempotencyKey of the header of that name; may be empty
  /// @param tenantId of `x-tenant-id`; may be empty
  /// @param traceId of `x-trace-id`; may be empty
  /// @param body at most 66 MiB
  record Request(
      String method,
      String path,
      Map<String, String> query,
      String accept,
      String idempotencyKey,
      String tenantId,
      String traceId,
      Bytes body) {
    public Request {
      query = Map.copyOf(query);
    }

    /// A parameter; empty when it is not given.
    public String parameter(String name) {
      return query.getOrDefault(name, "");
    }
  }

  /// @param status HTTP status
  /// @param headers further ones by name in lower case, such as `retry-after`
  record Answer(int status, String contentType, Bytes body, Map<String, String> headers) {
    public Answer {
      headers = Map.copyOf(headers);
    }

    /// A JSON document.
    public static Answer json(int status, String text) {
      return json(status, text, Map.of());
    }

    /// A JSON document with further headers.
    public static Answer json(int status, String text, Map<String, String> headers) {
      return new Answer(status, "application/json; charset=utf-8", Bytes.utf8(text), headers);
    }
  }

  /// Calls in the name of whoever sent the request.
  interface Calls {
    /// Fails with [CallRefused].
    <Q extends Message, R extends Message> CompletableFuture<R> call(
        MethodDescriptor<Q, R> method, Q request);
  }

  /// A call was refused.
  final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient com.google.rpc.Status status;

    CallRefused(com.google.rpc.Status status) {
      super(status.getMessage(), null, false, false);
      this.status = status;
    }

    /// The refusal as a caller by gRPC gets it.
    public com.google.rpc.Status status() {
      return status;
    }
  }
}
