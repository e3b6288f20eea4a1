package dev.reeve.gateway.openai;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.reeve.wire.reeve.v1.ModelCallHead;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the HTTP answer of a call: one JSON document, or server-sent events at the pace of their
/// reader, ended by `[DONE]` when the answer is whole. What breaks off ends with an `error` event
/// and nothing else. Callbacks come one after the other.
final class OpenAiAnswer<R> extends ClientCall.Listener<R> {
  private static final long STALLED_SECONDS = 60;
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final String DONE = "data: [DONE]\n\n";

  private final ClientCall<?, R> call;
  private final Function<R, OpenAiPart> part;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private @Nullable HttpResponseWriter stream;
  private @Nullable OpenAiPart whole;

  OpenAiAnswer(
      ClientCall<?, R> call, Function<R, OpenAiPart> part, ScheduledExecutorService timer) {
    this.call = call;
    this.part = part;
    this.timer = timer;
  }

  CompletableFuture<HttpResponse> answer() {
    return answer;
  }

  @Override
  public void onMessage(R message) {
    OpenAiPart received = part.apply(message);
    if (!received.chunk()) {
      whole = received;
      return;
    }
    HttpResponseWriter out = stream;
    if (out == null) {
      out = HttpResponse.streaming();
      stream = out;
      CompletableFuture<Void> _ =
          out.whenComplete()
              .exceptionally(failure -> {
                call.cancel("the client went away", failure);
                return null;
              });
      boolean _ = out.tryWrite(headers(MediaType.EVENT_STREAM, received).build());
      answer.complete(out);
    }
    if (received.body().isEmpty()) {
      call.request(1);
      return;
    }
    boolean _ = out.tryWrite(HttpData.wrap(event(received.body())));
    HttpResponseWriter reader = out;
    ScheduledFuture<?> stalled =
        timer.schedule(
            () -> reader.close(new IllegalStateException("the client reads nothing")),
            STALLED_SECONDS,
            TimeUnit.SECONDS);
    CompletableFuture<Void> _ =
        out.whenConsumed()
            .thenRun(() -> {
              stalled.cancel(false);
              call.request(1);
            });
  }

  private static byte[] event(ByteString body) {
    byte[] event = new byte[DATA.length + body.size() + 2];
    System.arraycopy(DATA, 0, event, 0, DATA.length);
    body.copyTo(event, DATA.length);
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    return event;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    HttpResponseWriter out = stream;
    if (out != null) {
      String last = status.isOk() ? DONE : OpenAiErrors.event(status, trailers);
      boolean _ = out.tryWrite(HttpData.ofUtf8(last));
      out.close();
      return;
    }
    OpenAiPart received = whole;
    boolean _ =
        answer.complete(
            status.isOk() && received != null
                ? HttpResponse.of(
                    headers(MediaType.JSON, received).build(),
                    HttpData.wrap(received.body().toByteArray()))
                : OpenAiErrors.answer(status, trailers));
  }

  private static ResponseHeadersBuilder headers(MediaType type, OpenAiPart part) {
    ModelCallHead head = part.head();
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, "x-request-id", head.getRequestId());
    put(headers, "x-reeve-request-id", head.getRequestId());
    put(headers, "x-reeve-provider", head.getProviderId());
    put(headers, "x-reeve-model", head.getModel());
    put(headers, "x-reeve-reason", head.getReason());
    put(headers, "x-reeve-policy-id", head.getPolicyId());
    put(headers, "x-reeve-policy-version", head.getPolicyVersion());
    put(headers, "x-reeve-attempts", Integer.toString(head.getAttempts()));
    put(headers, "x-reeve-cost-usd", part.cost());
    return headers;
  }

  private static void put(ResponseHeadersBuilder headers, String name, String value) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      headers.set(name, value);
    }
  }
}
