package dev.reeve.gateway.provider;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.ProviderHops;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A provider at a subject of the bus. Where it has a subject of its own it is asked with a prompt
/// and does not stream; its answer then comes as one piece.
public final class BusProviderLink implements ProviderLink {
  private static final int QUEUE_CHUNKS = 64;

  private final Bus bus;
  private final String subject;
  private final String provider;
  private final boolean direct;
  private final InstantSource clock;

  /// @param subject where it listens
  /// @param provider its name over there; empty: that of its own subject, else whom it chooses
  public BusProviderLink(Bus bus, String subject, String provider, InstantSource clock) {
    this.bus = bus;
    this.subject = subject;
    this.direct = DirectJson.isSubject(subject);
    this.provider = provider.isEmpty() ? DirectJson.provider(subject).orElse("") : provider;
    this.clock = clock;
  }

  @Override
  public Reply invoke(Call call, CancelSignal cancel) {
    CompletableFuture<BusMessage> answer = bus.request(message(subject, call), call.timeout());
    Runnable forget = cancel.whenGiven(() -> answer.cancel(false));
    try {
      return read(answer.get());
    } catch (CancellationException e) {
      return new Reply.Failed(gone());
    } catch (ExecutionException e) {
      return new Reply.Failed(failure(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Failed(gone());
    } finally {
      forget.run();
    }
  }

  private Reply read(BusMessage answer) {
    try {
      ProviderResponse response =
          direct ? DirectJson.response(answer.bytes()) : ProviderJson.response(answer.bytes());
      return new Reply.Answered(
          response.getStatus(),
          Bytes.wrap(response.getBody().toByteArray()),
          response.getMetadataMap(),
          response.getCost(),
          response.getErrorCode(),
          response.getErrorMessage());
    } catch (ProblemException e) {
      return new Reply.Failed(unreadable());
    }
  }

  @Override
  public Chunks open(Call call, CancelSignal cancel) {
    return direct ? new Piece(invoke(call, cancel)) : new Inbox(call, cancel);
  }

  private BusMessage message(String to, Call call) {
    ProviderRequest request =
        ProviderRequest.newBuilder()
            .setProviderId(provider)
            .setMessageId(call.callId())
            .setTenantId(call.tenant())
            .setTraceId(call.traceId())
            .setBody(ByteString.copyFrom(call.body().unsafeArray()))
            .putAllParameters(call.parameters())
            .putAllMetadata(ProviderHops.leaving())
            .putMetadata("timeout_ms", Long.toString(call.timeout().toMillis()))
            .setTimestampMs(clock.millis())
            .build();
    String text = direct ? DirectJson.text(request) : ProviderJson.text(request);
    return BusMessage.of(to, Bytes.utf8(text));
  }

  private static ProviderFailure gone() {
    return ProviderFailure.of(ProviderErrorClass.CANCELLED, "the caller went away");
  }

  private static ProviderFailure unreadable() {
    return ProviderFailure.of(ProviderErrorClass.SERVER_ERROR, "no JSON object came back");
  }

  private static ProviderFailure failure(@Nullable Throwable thrown) {
    if (!(thrown instanceof ProblemException problem)) {
      throw new IllegalStateException("a request of the bus failed", thrown);
    }
    return failure(problem.problem().code());
  }

  private static ProviderFailure failure(ProblemCode code) {
    if (code.equals(BusProblems.BUS_REQUEST_TIMEOUT)) {
      return ProviderFailure.of(ProviderErrorClass.TIMEOUT, "no answer in time");
    }
    if (code.equals(BusProblems.BUS_MESSAGE_TOO_LARGE)) {
      return ProviderFailure.of(
          ProviderErrorClass.CONTEXT_WINDOW, "the request is larger than the bus takes");
    }
    if (code.equals(BusProblems.BUS_ANSWER_LOST)) {
      // It may be at work: asked again it would do, and cost, everything twice.
      return ProviderFailure.of(ProviderErrorClass.CONNECTION_ERROR, "the bus was lost meanwhile");
    }
    boolean nobody = code.equals(BusProblems.BUS_NO_RESPONDERS);
    return new ProviderFailure(
        ProviderErrorClass.CONNECTION_ERROR,
        0,
        nobody ? "nobody listens on its subject" : "the bus is not there",
        true,
        Optional.empty(),
        Bytes.EMPTY);
  }

  @Override
  public void close() {
    // The bus belongs to the server.
  }

  /// A whole answer as a stream.
  private static final class Piece implements Chunks {
    private final Reply reply;
    private boolean given;

    private Piece(Reply reply) {
      this.reply = reply;
    }

    @Override
    public Chunk next() {
      return switch (reply) {
        case Reply.Failed(ProviderFailure failure) -> new Chunk.Failed(failure);
        case Reply.Answered answered when given || !answered.status().equals("success") ->
            new Chunk.Done(end(answered));
        case Reply.Answered answered -> {
          given = true;
          yield new Chunk.Data(answered.body());
        }
      };
    }

    private static Map<String, String> end(Reply.Answered answered) {
      Map<String, String> metadata = new java.util.HashMap<>(answered.metadata());
      metadata.put("status", answered.status());
      metadata.put("error_code", answered.errorCode());
      return metadata;
    }

    @Override
    public void close() {
      // It is over already.
    }
  }

  /// Chunks that come to a subject of ours.
  private final class Inbox implements Chunks {
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>(QUEUE_CHUNKS);
    private final Duration timeout;
    private final CancelSignal cancel;
    private final BusSubscription subscription;
    private final Runnable forget;
    private volatile boolean closed;

    private Inbox(Call call, CancelSignal cancel) {
      timeout = call.timeout();
      this.cancel = cancel;
      String inbox = bus.newInbox();
      subscription =
          bus.subscribe(SubscriptionSpec.of(inbox), message -> read(message).forEach(this::put));
      forget = cancel.whenGiven(this::wake);
      try {
        bus.publish(message(subject + ProviderBus.STREAM, call).withReplyTo(inbox));
      } catch (ProblemException e) {
        put(new Chunk.Failed(failure(e)));
      }
    }

    private void wake() {
      boolean _ = chunks.offer(new Chunk.Failed(gone()));
    }

    /// Waits for the reader: what comes meanwhile waits in the subscription, which is bounded.
    private void put(Chunk chunk) {
      try {
        boolean taken = false;
        while (!taken && !closed) {
          taken = chunks.offer(chunk, 100, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private List<Chunk> read(BusMessage message) {
      if (message.bytes().size() == 0) {
        return List.of(new Chunk.Failed(failure(BusProblems.BUS_NO_RESPONDERS)));
      }
      try {
        return StreamChunks.read(ProviderJson.chunk(message.bytes()));
      } catch (ProblemException e) {
        return List.of(new Chunk.Failed(unreadable()));
      }
    }

    @Override
    public Chunk next() {
      try {
        Chunk chunk = chunks.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (cancel.isGiven()) {
          return new Chunk.Failed(gone());
        }
        if (subscription.dropped() > 0) {
          return new Chunk.Failed(
              ProviderFailure.of(ProviderErrorClass.CONNECTION_ERROR, "chunks were lost"));
        }
        return chunk == null ? new Chunk.Failed(failure(BusProblems.BUS_REQUEST_TIMEOUT)) : chunk;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Chunk.Failed(gone());
      }
    }

    @Override
    public void close() {
      forget.run();
      closed = true;
      subscription.close();
    }
  }
}
