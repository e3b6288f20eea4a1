package dev.reeve.gateway;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Sends responses from a thread that may wait, at the pace of their reader. Made while the handler
/// of the call runs; used by one thread then.
public final class PacedStream<R> {
  private final ServerCallStreamObserver<R> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  /// @param cancelled run when the caller goes away
  public PacedStream(ServerCallStreamObserver<R> call, Runnable cancelled) {
    this.call = call;
    call.setOnReadyHandler(this::wake);
    call.setOnCancelHandler(() -> {
      cancelled.run();
      wake();
    });
  }

  private void wake() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the reader takes one, and sends it.
  ///
  /// @return false when the caller is gone
  public boolean send(R message) {
    lock.lock();
    try {
      while (!call.isReady() && !call.isCancelled()) {
        moved.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (call.isCancelled()) {
      return false;
    }
    call.onNext(message);
    return true;
  }

  /// Sends the last message whether the reader is ready or not, and ends the call.
  public void end(R message) {
    if (!call.isCancelled()) {
      call.onNext(message);
      call.onCompleted();
    }
  }

  /// Ends the call.
  public void end() {
    if (!call.isCancelled()) {
      call.onCompleted();
    }
  }

  /// The observer, for an end by a problem.
  public ServerCallStreamObserver<R> call() {
    return call;
  }
}
