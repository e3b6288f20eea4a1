package dev.reeve.conformance.e2e;

import com.google.protobuf.DynamicMessage;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The messages of one server stream, in order, and how it ended. Made for one reading thread.
final class ForeignStream implements ClientResponseObserver<DynamicMessage, DynamicMessage> {
  private static final long MESSAGE_SECONDS_MAX = 45;

  private sealed interface Signal {
    record Message(ForeignMessage message) implements Signal {}

    record End(Status status) implements Signal {}
  }

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile @Nullable ClientCallStreamObserver<DynamicMessage> call;
  private Status end = Status.UNKNOWN;

  @Override
  public void beforeStart(ClientCallStreamObserver<DynamicMessage> started) {
    call = started;
  }

  @Override
  public void onNext(DynamicMessage message) {
    signals.add(new Signal.Message(new ForeignMessage(message)));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal.End(Status.fromThrowable(failure)));
  }

  @Override
  public void onCompleted() {
    signals.add(new Signal.End(Status.OK));
  }

  /// The next message; empty at the end of the stream.
  Optional<ForeignMessage> next() {
    try {
      return switch (signals.poll(MESSAGE_SECONDS_MAX, TimeUnit.SECONDS)) {
        case Signal.Message(ForeignMessage message) -> Optional.of(message);
        case Signal.End(Status status) -> {
          end = status;
          yield Optional.empty();
        }
        case null -> throw new AssertionError("no message within " + MESSAGE_SECONDS_MAX + " s");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// All messages up to and with the first that fits; throws when the stream ends before.
  List<ForeignMessage> until(Predicate<ForeignMessage> fits) {
    List<ForeignMessage> seen = new ArrayList<>();
    while (true) {
      ForeignMessage message =
          next().orElseThrow(() -> new AssertionError("ended with " + end + " after " + seen));
      seen.add(message);
      if (fits.test(message)) {
        return seen;
      }
    }
  }

  /// All further messages to the end.
  List<ForeignMessage> rest() {
    List<ForeignMessage> seen = new ArrayList<>();
    for (Optional<ForeignMessage> next = next(); next.isPresent(); next = next()) {
      seen.add(next.get());
    }
    return seen;
  }

  /// How it ended, once [#next] was empty.
  Status end() {
    return end;
  }

  /// Hangs up.
  void cancel() {
    ClientCallStreamObserver<DynamicMessage> started = call;
    if (started != null) {
      started.cancel("enough", null);
    }
  }
}
