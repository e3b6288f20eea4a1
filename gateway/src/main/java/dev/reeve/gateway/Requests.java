package dev.reeve.gateway;

import io.grpc.Context;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/// What arrives of one admitted call, on its way to the handler, who finds the [CallScope] in its
/// context. Called by one thread at a time.
final class Requests<Q, R> extends ServerCall.Listener<Q> {
  private final ServerCall.Listener<Q> handler;
  private final GovernedCall<Q, R> call;
  private final Context context;
  private final GovernedChain chain;
  private boolean left;

  Requests(
      ServerCall.Listener<Q> handler,
      GovernedCall<Q, R> call,
      Context context,
      GovernedChain chain) {
    this.handler = handler;
    this.call = call;
    this.context = context;
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
      case ContentStation.Looked.Passed passed -> handOn(sameType(passed.message()));
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

  private void handOn(Q message) {
    Context before = context.attach();
    try {
      handler.onMessage(message);
    } finally {
      context.detach(before);
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
      Context before = context.attach();
      try {
        handler.onHalfClose();
      } finally {
        context.detach(before);
      }
    }
  }

  @Override
  public void onReady() {
    if (!call.isRefused()) {
      Context before = context.attach();
      try {
        handler.onReady();
      } finally {
        context.detach(before);
      }
    }
  }

  @Override
  public void onCancel() {
    leave();
    cancelHandler();
  }

  /// A handler whose call was refused in mid-stream must let go of what it holds for it.
  @Override
  public void onComplete() {
    leave();
    if (call.isRefused()) {
      cancelHandler();
    } else {
      completeHandler();
    }
  }

  private void cancelHandler() {
    Context before = context.attach();
    try {
      handler.onCancel();
    } finally {
      context.detach(before);
    }
  }

  private void completeHandler() {
    Context before = context.attach();
    try {
      handler.onComplete();
    } finally {
      context.detach(before);
    }
  }

  private void leave() {
    if (!left) {
      left = true;
      chain.leave(call);
    }
  }
}
