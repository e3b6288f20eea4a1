package dev.reeve.gateway;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/// What arrives of one admitted call, on its way to the handler. Called by one thread at a time.
final class Requests<Q, R> extends SimpleForwardingServerCallListener<Q> {
  private final GovernedCall<Q, R> call;
  private final GovernedChain chain;
  private boolean left;

  Requests(ServerCall.Listener<Q> handler, GovernedCall<Q, R> call, GovernedChain chain) {
    super(handler);
    this.call = call;
    this.chain = chain;
  }

  /// @param message null when its bytes cannot be read
  @Override
  public void onMessage(@Nullable Q message) {
    if (call.isRefused()) {
      return;
    }
    if (message == null) {
      call.refuse(chain.unreadable(call.scope()));
      return;
    }
    switch (chain.incoming(call.scope(), message)) {
      case ContentStation.Looked.Passed passed -> super.onMessage(sameType(passed.message()));
      case ContentStation.Looked.Refused refused -> {
        if (refused.receipt().isPresent()) {
          call.hold();
          chain.refuseWritten(call, refused.receipt().get(), refused.problem());
        } else {
          call.refuse(refused.problem());
        }
      }
    }
  }

  /// A cleaned message is made by the builder of the message it was.
  @SuppressWarnings("unchecked")
  private Q sameType(Object message) {
    return (Q) message;
  }

  @Override
  public void onHalfClose() {
    if (!call.isRefused()) {
      super.onHalfClose();
    }
  }

  @Override
  public void onReady() {
    if (!call.isRefused()) {
      super.onReady();
    }
  }

  @Override
  public void onCancel() {
    leave();
    super.onCancel();
  }

  /// A handler whose call was refused in mid-stream must let go of what it holds for it.
  @Override
  public void onComplete() {
    leave();
    if (call.isRefused()) {
      super.onCancel();
    } else {
      super.onComplete();
    }
  }

  private void leave() {
    if (!left) {
      left = true;
      chain.leave(call);
    }
  }
}
