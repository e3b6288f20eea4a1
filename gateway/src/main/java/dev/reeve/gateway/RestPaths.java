package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Serves the paths of a [RestApi] by calls over the channel inside this process.
public final class RestPaths implements HttpApi {
  private static final long BODY_BYTES_MAX = 90L * 1024 * 1024;

  private final Channel channel;
  private final Executor blocking;
  private final RestApi api;

  /// @param channel leads to every governed method
  /// @param blocking virtual threads for what must wait
  public RestPaths(Channel channel, Executor blocking, RestApi api) {
    this.channel = channel;
    this.blocking = blocking;
    this.api = api;
  }

  @Override
  public Map<String, String> methods() {
    return api.methods();
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(api.prefix());
  }

  @Override
  public HttpResponse refuse(Problem problem) {
    Status status = Statuses.proto(problem, ProblemTable.OWN);
    return response(api.refusal(status, ProblemJson.httpStatus(ProblemJson.code(status))));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    context.setMaxRequestLength(BODY_BYTES_MAX);
    return HttpResponse.of(
        request
            .aggregate()
            .thenComposeAsync(whole -> answer(context, whole), blocking)
            .exceptionally(failure -> refused(failure)));
  }

  private CompletableFuture<HttpResponse> answer(
      ServiceRequestContext context, AggregatedHttpRequest whole) {
    context.clearRequestTimeout();
    RequestHeaders headers = whole.headers();
    String peer = context.remoteAddress().getAddress().getHostAddress();
    Metadata metadata = HttpHeadersIn.metadata(headers, peer);
    Map<String, String> query = new HashMap<>();
    QueryParams parameters = context.queryParams();
    parameters.names().forEach(name -> query.put(name, parameters.get(name, "")));
    RestApi.Request asked =
        new RestApi.Request(
            whole.method().name(),
            URLDecoder.decode(
                context.path().substring(api.prefix().length()).replace("+", "%2B"),
                StandardCharsets.UTF_8),
            query,
            headers.get(HttpHeaderNames.ACCEPT, ""),
            headers.get("idempotency-key", headers.get("x-idempotency-key", "")),
            headers.get("x-tenant-id", ""),
            headers.get("x-trace-id", ""),
            Bytes.wrap(whole.content().array()));
    return api.serve(asked, new Caller(metadata)).thenApply(RestPaths::response);
  }

  private static HttpResponse response(RestApi.Answer answer) {
    MediaType type = MediaType.parse(answer.contentType());
    ResponseHeadersBuilder headers = HttpReplies.headers(answer.status(), type);
    answer.headers().forEach(headers::set);
    return HttpResponse.of(headers.build(), HttpData.wrap(answer.body().unsafeArray()));
  }

  /// @throws CompletionException when it is no fault of the caller
  private HttpResponse refused(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    return switch (cause) {
      case RestApi.CallRefused refused ->
          response(
              api.refusal(
                  refused.status(), ProblemJson.httpStatus(ProblemJson.code(refused.status()))));
      case ProblemException refused -> refuse(refused.problem());
      case ContentTooLargeException _ ->
          response(
              api.refusal(
                  Status.newBuilder()
                      .setMessage("body: too large (expected: at most 64 MiB)")
                      .build(),
                  413));
      default -> throw new CompletionException(cause);
    };
  }

  private final class Caller implements RestApi.Calls {
    private final Metadata metadata;

    private Caller(Metadata metadata) {
      this.metadata = metadata;
    }

    @Override
    public <Q extends Message, R extends Message> CompletableFuture<R> call(
        MethodDescriptor<Q, R> method, Q request) {
      CompletableFuture<R> answered = new CompletableFuture<>();
      ClientCall<Q, R> call = channel.newCall(method, CallOptions.DEFAULT);
      Metadata own = new Metadata();
      own.merge(metadata);
      call.start(new One<>(answered), own);
      call.request(2);
      call.sendMessage(request);
      call.halfClose();
      return answered;
    }
  }

  private static final class One<R> extends ClientCall.Listener<R> {
    private final CompletableFuture<R> answered;
    private @Nullable R response;

    private One(CompletableFuture<R> answered) {
      this.answered = answered;
    }

    @Override
    public void onMessage(R message) {
      response = message;
    }

    @Override
    public void onClose(io.grpc.Status status, Metadata trailers) {
      R message = response;
      if (status.isOk() && message != null) {
        answered.complete(message);
      } else {
        answered.completeExceptionally(
            new RestApi.CallRefused(ProblemJson.status(status, trailers)));
      }
    }
  }
}
