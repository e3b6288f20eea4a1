package dev.reeve.gateway;

import com.google.protobuf.Message;
import dev.reeve.service.Caller;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way by which messages of the bus become calls: over the channel inside this process, so that
/// they pass the same chain as the calls of every port. Safe on any thread; never blocks.
///
/// Whoever may send on the bus is one principal, [Caller#BUS]; the tenant that a message names is
/// the tenant of its call.
public final class BusCalls {
  private static final Metadata.Key<String> TENANT = key("x-tenant-id");
  private static final Metadata.Key<String> TRACE = key("trace_id");

  private final Channel channel;

  BusCalls(Channel channel) {
    this.channel = channel;
  }

  /// Whose message it is.
  ///
  /// @param tenant empty for the default one
  /// @param traceId 32 hex digits in lower case; anything else is replaced by a new one
  public record Sender(String tenant, String traceId) {}

  /// What becomes of a call; exactly one of both, on any thread, where it must not block.
  public interface Outcome<R> {
    /// It was answered.
    void done(R response);

    /// It was refused or failed; the details are those of a gRPC answer.
    void failed(com.google.rpc.Status status);
  }

  /// Calls a method that answers once.
  ///
  /// @param timeout after which the call is given up with DEADLINE_EXCEEDED
  public <Q extends Message, R extends Message> void call(
      MethodDescriptor<Q, R> method,
      Q request,
      Sender sender,
      Duration timeout,
      Outcome<R> outcome) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    ClientCall<Q, R> call = channel.newCall(method, options);
    call.start(new One<>(outcome), metadata(sender));
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  /// What becomes of a call with many answers; each on any thread, one after the other, where it
  /// must not block.
  public interface StreamOutcome<R> {
    /// The next answer.
    ///
    /// @return whether more are wanted
    boolean next(R response);

    /// There are no more.
    void done();

    /// It was refused, failed, or broke off.
    void failed(com.google.rpc.Status status);
  }

  /// Calls a method that answers with a stream; each answer is asked for when the one before was
  /// taken.
  ///
  /// @param timeout of the whole stream
  public <Q extends Message, R extends Message> void stream(
      MethodDescriptor<Q, R> method,
      Q request,
      Sender sender,
      Duration timeout,
      StreamOutcome<R> outcome) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    ClientCall<Q, R> call = channel.newCall(method, options);
    call.start(new Many<>(call, outcome), metadata(sender));
    call.request(1);
    call.sendMessage(request);
    call.halfClose();
  }

  private static Metadata metadata(Sender sender) {
    Metadata metadata = new Metadata();
    metadata.put(IdentityStation.BUS_PRINCIPAL, Caller.BUS);
    if (!sender.tenant().isEmpty()) {
      metadata.put(TENANT, sender.tenant());
    }
    if (isPrintable(sender.traceId())) {
      metadata.put(TRACE, sender.traceId());
    }
    return metadata;
  }

  private static boolean isPrintable(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /// Where the call was given up here the library says why, in words that are not for callers.
  private static com.google.rpc.Status told(Status status, Metadata trailers) {
    com.google.rpc.Status said = ProblemJson.status(status, trailers);
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED && said.getDetailsCount() == 0
        ? said.toBuilder().setMessage("no answer in time").build()
        : said;
  }

  private static final class One<R> extends ClientCall.Listener<R> {
    private final Outcome<R> outcome;
    private @Nullable R response;

    private One(Outcome<R> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void onMessage(R message) {
      response = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      R message = response;
      if (status.isOk() && message != null) {
        outcome.done(message);
      } else {
        outcome.failed(told(status, trailers));
      }
    }
  }

  private static final class Many<R> extends ClientCall.Listener<R> {
    private final ClientCall<?, R> call;
    private final StreamOutcome<R> outcome;

    private Many(ClientCall<?, R> call, StreamOutcome<R> outcome) {
      this.call = call;
      this.outcome = outcome;
    }

    @Override
    public void onMessage(R message) {
      if (outcome.next(message)) {
        call.request(1);
      } else {
        call.cancel("nobody takes more", null);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk()) {
        outcome.done();
      } else {
        outcome.failed(told(status, trailers));
      }
    }
  }
}
