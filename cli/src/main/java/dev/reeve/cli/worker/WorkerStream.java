package dev.reeve.cli.worker;

import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One conversation with the server. Messages come in one at a time: the next one only after
/// [#askForNext], so a server cannot flood the worker. All methods but the callbacks belong to the
/// worker's thread.
final class WorkerStream implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
  private final Consumer<WorkerSignal> inbox;
  private @Nullable ClientCallStreamObserver<ConnectRequest> call;

  private WorkerStream(Consumer<WorkerSignal> inbox) {
    this.inbox = inbox;
  }

  static WorkerStream open(Channel channel, Consumer<WorkerSignal> inbox) {
    WorkerStream stream = new WorkerStream(inbox);
    WorkerServiceGrpc.newStub(channel).connect(stream);
    return stream;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConnectRequest> requests) {
    call = requests;
    requests.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(ConnectResponse message) {
    inbox.accept(new WorkerSignal.Received(this, message));
  }

  @Override
  public void onError(Throwable thrown) {
    inbox.accept(new WorkerSignal.Closed(this, Optional.of(refusal(thrown))));
  }

  @Override
  public void onCompleted() {
    inbox.accept(new WorkerSignal.Closed(this, Optional.empty()));
  }

  private static StatusRuntimeException refusal(Throwable thrown) {
    return thrown instanceof StatusRuntimeException refusal
        ? refusal
        : Status.fromThrowable(thrown).asRuntimeException();
  }

  /// Sends, unless the conversation is over; its end is then on its way.
  void send(ConnectRequest message) {
    try {
      call().onNext(message);
    } catch (IllegalStateException e) {
      // Closed meanwhile.
    }
  }

  void askForNext() {
    call().request(1);
  }

  /// Says that nothing more comes from here.
  void finish() {
    try {
      call().onCompleted();
    } catch (IllegalStateException e) {
      // Closed meanwhile.
    }
  }

  void abandon(String reason) {
    call().cancel(reason, null);
  }

  private ClientCallStreamObserver<ConnectRequest> call() {
    return Objects.requireNonNull(call);
  }
}
