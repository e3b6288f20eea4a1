package dev.reeve.gateway.openai;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.HttpApi;
import dev.reeve.gateway.HttpHeadersIn;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.wire.reeve.v1.ChatRequest;
import dev.reeve.wire.reeve.v1.ChatResponse;
import dev.reeve.wire.reeve.v1.CompleteRequest;
import dev.reeve.wire.reeve.v1.CompleteResponse;
import dev.reeve.wire.reeve.v1.EmbedRequest;
import dev.reeve.wire.reeve.v1.EmbedResponse;
import dev.reeve.wire.reeve.v1.ListModelsRequest;
import dev.reeve.wire.reeve.v1.ListModelsResponse;
import dev.reeve.wire.reeve.v1.ModelCall;
import dev.reeve.wire.reeve.v1.ModelServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// The HTTP paths of the OpenAI API: `POST /v1/chat/completions`, `/v1/responses`,
/// `/v1/completions`, `/v1/embeddings`, `GET /v1/models`, `/v1/models/ID`. Bodies pass as they are,
/// but for responses, which are chats in another form; errors have the shape that clients of that
/// API read.
final class OpenAiHttp implements HttpApi {
  private static final String PREFIX = "/v1/";
  private static final String MODELS = "/v1/models";
  private static final String RESPONSES = "/v1/responses";

  /// Larger bodies are handed on off the event loop.
  private static final int INLINE_BYTES_MAX = 16 * 1024;

  static final Map<String, String> METHODS =
      Map.of(
          "/v1/chat/completions",
          ModelServiceGrpc.getChatMethod().getFullMethodName(),
          RESPONSES,
          ModelServiceGrpc.getChatMethod().getFullMethodName(),
          "/v1/completions",
          ModelServiceGrpc.getCompleteMethod().getFullMethodName(),
          "/v1/embeddings",
          ModelServiceGrpc.getEmbedMethod().getFullMethodName(),
          MODELS,
          ModelServiceGrpc.getListModelsMethod().getFullMethodName());

  private final Channel channel;
  private final Executor blocking;

  OpenAiHttp(Channel channel, Executor blocking) {
    this.channel = channel;
    this.blocking = blocking;
  }

  @Override
  public Map<String, String> methods() {
    return METHODS;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(PREFIX);
  }

  @Override
  public HttpResponse refuse(Problem problem) {
    return OpenAiErrors.answer(problem);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String path = context.decodedPath();
    if (METHODS.containsKey(path) && !path.equals(MODELS)) {
      return request.method() == HttpMethod.POST
          ? call(context, request, path)
          : OpenAiErrors.answer(405, "method", "only POST", "method_not_allowed");
    }
    if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
      return request.method() == HttpMethod.GET
          ? models(context, request, path)
          : OpenAiErrors.answer(405, "method", "only GET", "method_not_allowed");
    }
    return path.startsWith(RESPONSES + "/")
        ? OpenAiErrors.answer(
            404, "path", "responses are not kept here: " + path, "response_not_found")
        : OpenAiErrors.answer(404, "path", "no such path: " + path, "unknown_url");
  }

  private HttpResponse call(ServiceRequestContext context, HttpRequest request, String path) {
    MediaType type = request.contentType();
    if (type != null && !type.isJson()) {
      return OpenAiErrors.answer(
          415, "content-type", "a body of application/json is expected", "unsupported_media_type");
    }
    context.setMaxRequestLength(OpenAiDialect.REQUEST_BYTES_MAX);
    return HttpResponse.of(
        request
            .aggregate()
            .thenCompose(body -> answer(context, path, body))
            .exceptionally(OpenAiErrors::unread));
  }

  private CompletableFuture<HttpResponse> answer(
      ServiceRequestContext context, String path, AggregatedHttpRequest body) {
    context.clearRequestTimeout();
    Executor executor = body.content().length() > INLINE_BYTES_MAX ? blocking : Runnable::run;
    return CompletableFuture.completedFuture(body)
        .thenComposeAsync(whole -> call(context, path, whole), executor);
  }

  private CompletableFuture<HttpResponse> call(
      ServiceRequestContext context, String path, AggregatedHttpRequest body) {
    if (path.equals(RESPONSES)) {
      return respond(context, body);
    }
    ModelCall call = call(UnsafeByteOperations.unsafeWrap(body.content().array()));
    Metadata metadata = metadata(context, body);
    return switch (path) {
      case "/v1/chat/completions" -> chat(context, metadata, call, new AnswerForm.AsItCame());
      case "/v1/completions" ->
          start(
              context,
              metadata,
              ModelServiceGrpc.getCompleteMethod(),
              CompleteRequest.newBuilder().setCall(call).build(),
              (CompleteResponse part) ->
                  new OpenAiPart(
                      part.getHead(),
                      part.hasHead(),
                      part.getBody(),
                      part.getChunk(),
                      part.getUsage().getCost()),
              new AnswerForm.AsItCame());
      default ->
          start(
              context,
              metadata,
              ModelServiceGrpc.getEmbedMethod(),
              EmbedRequest.newBuilder().setCall(call).build(),
              (EmbedResponse part) ->
                  new OpenAiPart(
                      part.getHead(), true, part.getBody(), false, part.getUsage().getCost()),
              new AnswerForm.AsItCame());
    };
  }

  private CompletableFuture<HttpResponse> respond(
      ServiceRequestContext context, AggregatedHttpRequest body) {
    ResponsesRequest request;
    try {
      request = ResponsesRequest.read(body.contentUtf8());
    } catch (ProblemException e) {
      return CompletableFuture.completedFuture(OpenAiErrors.answer(e.problem()));
    }
    ModelCall call = call(ByteString.copyFromUtf8(JsonText.write(request.chat())));
    return chat(context, metadata(context, body), call, new ResponsesAnswer(request));
  }

  private CompletableFuture<HttpResponse> chat(
      ServiceRequestContext context, Metadata metadata, ModelCall call, AnswerForm form) {
    return start(
        context,
        metadata,
        ModelServiceGrpc.getChatMethod(),
        ChatRequest.newBuilder().setCall(call).build(),
        (ChatResponse part) ->
            new OpenAiPart(
                part.getHead(),
                part.hasHead(),
                part.getBody(),
                part.getChunk(),
                part.getUsage().getCost()),
        form);
  }

  private static ModelCall call(ByteString json) {
    return ModelCall.newBuilder().setBody(json).build();
  }

  private static Metadata metadata(ServiceRequestContext context, AggregatedHttpRequest body) {
    return HttpHeadersIn.metadata(
        body.headers(), context.remoteAddress().getAddress().getHostAddress());
  }

  private <Q, R> CompletableFuture<HttpResponse> start(
      ServiceRequestContext context,
      Metadata metadata,
      MethodDescriptor<Q, R> method,
      Q request,
      Function<R, OpenAiPart> part,
      AnswerForm form) {
    ClientCall<Q, R> call = channel.newCall(method, CallOptions.DEFAULT);
    OpenAiAnswer<R> answer = new OpenAiAnswer<>(call, part, form, context.eventLoop());
    call.start(answer, metadata);
    CompletableFuture<Void> _ =
        context
            .whenRequestCancelling()
            .thenAccept(cause -> call.cancel("the client went away", cause));
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    return answer.answer();
  }

  private HttpResponse models(ServiceRequestContext context, HttpRequest request, String path) {
    ClientCall<ListModelsRequest, ListModelsResponse> call =
        channel.newCall(ModelServiceGrpc.getListModelsMethod(), CallOptions.DEFAULT);
    String wanted = path.length() > MODELS.length() ? path.substring(MODELS.length() + 1) : "";
    OpenAiModels answer = new OpenAiModels(wanted);
    call.start(
        answer,
        HttpHeadersIn.metadata(
            request.headers(), context.remoteAddress().getAddress().getHostAddress()));
    call.request(2);
    call.sendMessage(ListModelsRequest.getDefaultInstance());
    call.halfClose();
    return HttpResponse.of(answer.answer());
  }
}
