package dev.reeve.gateway.remote;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.ProblemJson;
import dev.reeve.gateway.ProviderHops;
import dev.reeve.gateway.ProviderStatuses;
import dev.reeve.gateway.provider.StreamChunks;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.wire.beamline.provider.v1.ProviderGrpc;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `beamline.provider.v1.Provider` of another server, over gRPC.
public final class GrpcProviderLink implements ProviderLink {
  private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;
  private static final int CAUSES_MAX = 16;
  private static final Duration STREAM_MAX = Duration.ofHours(1);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final RemoteChannel channel;
  private final String provider;
  private final String key;
  private final InstantSource clock;

  private GrpcProviderLink(
      RemoteChannel channel, String provider, String key, InstantSource clock) {
    this.clock = clock;
    this.channel = channel;
    this.provider = provider;
    this.key = key;
  }

  /// Begins to connect; does not wait for it.
  ///
  /// @param provider its name over there; empty: whom it chooses
  /// @param key sent as a bearer token; empty for none
  /// @param clock tells when a request was made
  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  public static GrpcProviderLink connect(
      RemoteTarget target, String provider, String key, InstantSource clock) {
    return new GrpcProviderLink(RemoteChannel.open(target, ANSWER_BYTES_MAX), provider, key, clock);
  }

  @Override
  public Reply invoke(Call call, CancelSignal cancel) {
    Answers<ProviderResponse> answers =
        start(ProviderGrpc.getInvokeMethod(), call, call.timeout(), cancel);
    try {
      return switch (answers.next()) {
        case Event.Message<ProviderResponse>(ProviderResponse response) ->
            new Reply.Answered(
                response.getStatus(),
                bytes(response.getBody()),
                response.getMetadataMap(),
                response.getCost(),
                response.getErrorCode(),
                response.getErrorMessage());
        case Event.End<ProviderResponse> end -> new Reply.Failed(answers.failure(end));
      };
    } finally {
      answers.close();
    }
  }

  @Override
  public Chunks open(Call call, CancelSignal cancel) {
    Answers<StreamChunk> answers =
        start(ProviderGrpc.getInvokeStreamMethod(), call, STREAM_MAX, cancel);
    return new Chunks() {
      private final Deque<Chunk> read = new ArrayDeque<>();

      @Override
      public Chunk next() {
        if (read.isEmpty()) {
          switch (answers.next()) {
            case Event.Message<StreamChunk>(StreamChunk chunk) ->
                read.addAll(StreamChunks.read(chunk));
            case Event.End<StreamChunk> end -> read.add(new Chunk.Failed(answers.failure(end)));
          }
        }
        return read.remove();
      }

      @Override
      public void close() {
        answers.close();
      }
    };
  }

  private <R> Answers<R> start(
      MethodDescriptor<ProviderRequest, R> method,
      Call call,
      Duration longest,
      CancelSignal cancel) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(longest.toMillis(), TimeUnit.MILLISECONDS);
    ClientCall<ProviderRequest, R> made = channel.forCall().newCall(method, options);
    Answers<R> answers = new Answers<>(made, call.timeout(), cancel);
    Metadata headers = new Metadata();
    if (!key.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + key);
    }
    made.start(answers, headers);
    made.request(1);
    made.sendMessage(
        ProviderRequest.newBuilder()
            .setProviderId(provider)
            .setMessageId(call.callId())
            .setTenantId(call.tenant())
            .setTraceId(call.traceId())
            .setBody(ByteString.copyFrom(call.body().unsafeArray()))
            .putAllParameters(call.parameters())
            .putAllMetadata(ProviderHops.leaving())
            .setTimestampMs(clock.millis())
            .build());
    made.halfClose();
    answers.heedCancel();
    return answers;
  }

  private static Bytes bytes(ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray());
  }

  /// What the other side says.
  private sealed interface Event<R> {
    record Message<R>(R message) implements Event<R> {}

    record End<R>(Status status, Metadata trailers) implements Event<R> {}
  }

  /// Answers as they come, one asked for at a time.
  private static final class Answers<R> extends ClientCall.Listener<R> {
    private final ClientCall<ProviderRequest, R> call;
    private final Duration timeout;
    private final CancelSignal cancel;
    private volatile Runnable forget = () -> {};
    private final BlockingQueue<Event<R>> events = new LinkedBlockingQueue<>();

    private Answers(ClientCall<ProviderRequest, R> call, Duration timeout, CancelSignal cancel) {
      this.call = call;
      this.timeout = timeout;
      this.cancel = cancel;
    }

    /// Heeds the signal from now on: a call that is cancelled before all of its request is said
    /// takes no more of it, and throws.
    private void heedCancel() {
      forget = cancel.whenGiven(() -> call.cancel("the caller went away", null));
    }

    @Override
    public void onMessage(R message) {
      events.add(new Event.Message<>(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      events.add(new Event.End<>(status, trailers));
    }

    private Event<R> next() {
      try {
        Event<R> event = events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (event instanceof Event.Message<R>) {
          call.request(1);
        }
        return event == null ? new Event.End<>(Status.DEADLINE_EXCEEDED, new Metadata()) : event;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Event.End<>(Status.CANCELLED, new Metadata());
      }
    }

    private ProviderFailure failure(Event.End<R> end) {
      if (cancel.isGiven()) {
        return ProviderFailure.of(ProviderErrorClass.CANCELLED, "the caller went away");
      }
      Status status = end.status();
      ProviderErrorClass errorClass =
          ProviderStatuses.errorClass(ProblemJson.status(status, end.trailers()));
      boolean notBegun =
          errorClass == ProviderErrorClass.RATE_LIMITED || isNoConnection(status.getCause());
      return new ProviderFailure(
          errorClass, 0, what(status), notBegun, Optional.empty(), Bytes.EMPTY);
    }

    /// In words for people.
    private static String what(Status status) {
      if (isNoConnection(status.getCause())) {
        return "no connection";
      }
      return status.isOk()
          ? "it ended before it had said all (expected: an answer, or chunks until one that is"
              + " done)"
          : "it answered " + status.getCode();
    }

    private void close() {
      forget.run();
      call.cancel("over", null);
    }
  }

  private static boolean isNoConnection(@Nullable Throwable failure) {
    @Nullable Throwable at = failure;
    for (int i = 0; i < CAUSES_MAX && at != null; i++) {
      if (at instanceof ConnectException || at instanceof java.net.UnknownHostException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  @Override
  public void close() {
    channel.close();
  }
}
