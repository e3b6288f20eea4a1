package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes the responses of a call as an HTTP stream, at the pace of its reader: the next response
/// is asked for when the one before has left, so at most one waits. A reader that takes nothing for
/// a minute is cut off and may resume.
///
/// A refusal before the first response becomes an ordinary problem answer.
final class StreamAnswer extends ClientCall.Listener<Message> {
  private static final long STALLED_SECONDS = 60;

  /// A client that waits for the headers should see them although nothing happened yet.
  private static final long HEADERS_AFTER_MILLIS = 500;

  private final ClientCall<Message, Message> call;
  private final HttpResponseWriter out;
  private final StreamFormat format;
  private final boolean resumable;
  private final ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> stalled;
  private boolean begun;

  StreamAnswer(
      ClientCall<Message, Message> call,
      HttpResponseWriter out,
      StreamFormat format,
      boolean resumable,
      ScheduledExecutorService timer) {
    this.call = call;
    this.out = out;
    this.format = format;
    this.resumable = resumable;
    this.timer = timer;
  }

  /// Must be called once, after the call was started.
  void start() {
    CompletableFuture<Void> _ =
        out.whenComplete()
            .exceptionally(failure -> {
              call.cancel("the client went away", failure);
              return null;
            });
    ScheduledFuture<?> _ = timer.schedule(this::begin, HEADERS_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    call.request(1);
  }

  @Override
  public void onMessage(Message message) {
    begin();
    write(format.event(message, resumable ? EventCursor.of(message) : 0));
    synchronized (this) {
      stalled = timer.schedule(this::cutOff, STALLED_SECONDS, TimeUnit.SECONDS);
    }
    CompletableFuture<Void> _ =
        out.whenConsumed()
            .thenRun(() -> {
              moved();
              call.request(1);
            });
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    moved();
    if (status.isOk()) {
      begin();
      write(format.end());
    } else {
      fail(ProblemJson.status(status, trailers));
    }
    out.close();
  }

  private synchronized void fail(com.google.rpc.Status problem) {
    if (begun) {
      write(format.error(problem));
      return;
    }
    begun = true;
    int httpStatus = ProblemJson.httpStatus(ProblemJson.code(problem));
    if (out.tryWrite(HttpReplies.problemHeaders(httpStatus, problem))) {
      boolean _ = out.tryWrite(HttpReplies.problemBody(httpStatus, problem));
    }
  }

  private synchronized void begin() {
    if (!begun) {
      begun = true;
      boolean _ = out.tryWrite(HttpReplies.headers(200, format.type()).build());
    }
  }

  private void write(String text) {
    if (!text.isEmpty()) {
      boolean _ = out.tryWrite(HttpData.ofUtf8(text));
    }
  }

  private synchronized void moved() {
    ScheduledFuture<?> waiting = stalled;
    if (waiting != null) {
      waiting.cancel(false);
      stalled = null;
    }
  }

  private void cutOff() {
    out.close(new IllegalStateException("the client reads nothing"));
  }
}
