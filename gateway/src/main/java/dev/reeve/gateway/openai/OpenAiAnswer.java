package dev.reeve.gateway.openai;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the HTTP answer of a call: one JSON document, or server-sent events at the pace of their
/// reader, in the form of the API that was asked. Callbacks come one after the other.
final class OpenAiAnswer<R> extends ClientCall.Listener<R> {
  private static final long STALLED_SECONDS = 60;

  private final ClientCall<?, R> call;
  private final Function<R, OpenAiPart> part;
  private final AnswerForm form;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private @Nullable HttpResponseWriter stream;
  private @Nullable OpenAiPart whole;

  OpenAiAnswer(
      ClientCall<?, R> call,
      Function<R, OpenAiPart> part,
      AnswerForm form,
      ScheduledExecutorService timer) {
    this.call = call;
    this.part = part;
    this.form = form;
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
    byte[] events = form.chunk(received);
    if (events.length == 0) {
      call.request(1);
      return;
    }
    boolean _ = out.tryWrite(HttpData.wrap(events));
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

  @Override
  public void onClose(Status status, Metadata trailers) {
    HttpResponseWriter out = stream;
    if (out != null) {
      String last = status.isOk() ? form.end() : form.broken(status, trailers);
      boolean _ = out.tryWrite(HttpData.ofUtf8(last));
      out.close();
      return;
    }
    OpenAiPart received = whole;
    boolean _ =
        answer.complete(
            status.isOk() && received != null
                ? HttpResponse.of(
                    headers(MediaType.JSON, received).build(), HttpData.wrap(form.whole(received)))
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
    put(headers, "x-reeve-fallback-chain", head.getMetadataOrDefault("fallback_chain", ""));
    put(headers, "x-reeve-cost-usd", part.cost());
    return headers;
  }

  private static void put(ResponseHeadersBuilder headers, String name, String value) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      headers.set(name, value);
    }
  }
}
