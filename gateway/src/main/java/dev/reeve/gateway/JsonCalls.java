package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Serves `POST /PACKAGE.SERVICE/METHOD` with a JSON body by calling the same governed handler that
/// gRPC calls, over a channel inside this process.
final class JsonCalls {
  /// Larger bodies are read off the event loop.
  private static final int INLINE_BYTES_MAX = 16 * 1024;

  private final Channel channel;
  private final Executor blocking;

  JsonCalls(Channel channel, Executor blocking) {
    this.channel = channel;
    this.blocking = blocking;
  }

  HttpResponse serve(ServiceRequestContext context, HttpRequest request, JsonMethod method) {
    if (method.streamsRequests()) {
      String name = method.descriptor().getFullMethodName();
      return HttpReplies.problem(
          GatewayProblems.STREAM_NEEDS_GRPC.because(name + " takes a stream (expected: gRPC)"));
    }
    MediaType type = request.contentType();
    if (type == null || !isJson(type)) {
      return HttpReplies.problem(
          415,
          GatewayProblems.MEDIA_TYPE_REFUSED.field(
              "content-type", type == null ? "" : type.toString(), "application/json"));
    }
    context.setMaxRequestLength(method.bodyBytesMax());
    return HttpResponse.of(
        request
            .aggregate()
            .thenCompose(body -> answer(context, method, body))
            .exceptionally(failure -> unread(method, failure)));
  }

  private CompletableFuture<HttpResponse> answer(
      ServiceRequestContext context, JsonMethod method, AggregatedHttpRequest body) {
    context.clearRequestTimeout();
    Executor executor = body.content().length() > INLINE_BYTES_MAX ? blocking : Runnable::run;
    return CompletableFuture.completedFuture(body)
        .thenComposeAsync(whole -> call(context, method, whole), executor);
  }

  private CompletableFuture<HttpResponse> call(
      ServiceRequestContext context, JsonMethod method, AggregatedHttpRequest body) {
    try {
      RequestHeaders headers = body.headers();
      Message message = method.read(utf8(body.content().array()));
      String lastEventId = headers.get(HttpHeaderNames.LAST_EVENT_ID);
      if (lastEventId != null && method.streamsResponses()) {
        message = EventCursor.resume(message, lastEventId);
      }
      String peer = context.remoteAddress().getAddress().getHostAddress();
      Metadata metadata = HttpHeadersIn.metadata(headers, peer);
      ClientCall<Message, Message> call =
          channel.newCall(method.descriptor(), options(HttpHeadersIn.timeoutNanos(headers)));
      return method.streamsResponses()
          ? CompletableFuture.completedFuture(stream(context, call, headers, metadata, message))
          : unary(context, call, metadata, message);
    } catch (ProblemException e) {
      return CompletableFuture.completedFuture(HttpReplies.problem(e.problem()));
    }
  }

  private static CompletableFuture<HttpResponse> unary(
      ServiceRequestContext context,
      ClientCall<Message, Message> call,
      Metadata metadata,
      Message message) {
    UnaryAnswer answer = new UnaryAnswer();
    call.start(answer, metadata);
    CompletableFuture<Void> _ =
        context
            .whenRequestCancelling()
            .thenAccept(cause -> call.cancel("the client went away", cause));
    call.request(2);
    call.sendMessage(message);
    call.halfClose();
    return answer.answer();
  }

  private static HttpResponse stream(
      ServiceRequestContext context,
      ClientCall<Message, Message> call,
      RequestHeaders headers,
      Metadata metadata,
      Message message) {
    HttpResponseWriter out = HttpResponse.streaming();
    StreamFormat format =
        headers.accept().stream().anyMatch(range -> range.is(MediaType.EVENT_STREAM))
            ? StreamFormat.SSE
            : StreamFormat.NDJSON;
    StreamAnswer answer =
        new StreamAnswer(call, out, format, EventCursor.isResumable(message), context.eventLoop());
    call.start(answer, metadata);
    answer.start();
    call.sendMessage(message);
    call.halfClose();
    return out;
  }

  private static CallOptions options(long timeoutNanos) {
    return timeoutNanos == Long.MAX_VALUE
        ? CallOptions.DEFAULT
        : CallOptions.DEFAULT.withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /// @throws CompletionException when it is no fault of the caller
  private static HttpResponse unread(JsonMethod method, Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    if (cause instanceof ContentTooLargeException) {
      Problem problem =
          GatewayProblems.REQUEST_TOO_LARGE.because(
              "body: too large (expected: at most " + method.bodyBytesMax() + " bytes)");
      return HttpReplies.problem(413, problem);
    }
    if (isIncomplete(cause)) {
      return HttpReplies.problem(
          400, GatewayProblems.HTTP_REFUSED.because("body: incomplete (expected: all of it)"));
    }
    throw new CompletionException(cause);
  }

  private static boolean isIncomplete(Throwable cause) {
    return cause instanceof ClosedStreamException
        || cause instanceof ClosedSessionException
        || cause instanceof AbortedStreamException
        || cause instanceof RequestTimeoutException;
  }

  private static boolean isJson(MediaType type) {
    Charset charset = type.charset();
    return type.type().equals("application")
        && type.subtype().equals("json")
        && (charset == null || charset.equals(StandardCharsets.UTF_8));
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw GatewayProblems.JSON_INVALID.field("body", "not UTF-8", "UTF-8").toException();
    }
  }
}
