package dev.reeve.gateway.reeve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Statuses;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;

/// What waits to be sent on one worker's stream. Assignments are bounded by the worker's credit and
/// by their bytes, answers by reading no more from a worker that does not read itself. The answer
/// to the registration goes first, whatever came before it. Safe on any thread.
final class WorkerOutbox {
  /// Messages that may wait before the worker's own are left unread.
  static final int WAITING_MAX = 1024;

  /// Bytes that may wait before nothing more is assigned. What one commit had assigned by then
  /// still comes.
  static final long WAITING_BYTES_MAX = 4L * 1024 * 1024;

  private final ServerCallStreamObserver<ConnectResponse> call;

  /// Told when there is room again after there was none.
  private final Runnable roomAgain;

  private volatile long waitingBytes;

  @GuardedBy("this")
  private final ArrayDeque<ConnectResponse> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean registered;

  @GuardedBy("this")
  private boolean readingHeld;

  @GuardedBy("this")
  private boolean completing;

  @GuardedBy("this")
  private boolean ended;

  WorkerOutbox(ServerCallStreamObserver<ConnectResponse> call, Runnable roomAgain) {
    this.call = call;
    this.roomAgain = roomAgain;
  }

  boolean takesMore() {
    return waitingBytes <= WAITING_BYTES_MAX;
  }

  void sendRegistered(ConnectResponse answer) {
    synchronized (this) {
      registered = true;
      waiting.addFirst(answer);
      waitingBytes += answer.getSerializedSize();
    }
    flush();
  }

  void send(ConnectResponse message) {
    synchronized (this) {
      if (ended) {
        return;
      }
      waiting.addLast(message);
      waitingBytes += message.getSerializedSize();
    }
    flush();
  }

  /// Sends as much as the transport takes now.
  void flush() {
    boolean readOn;
    boolean hasRoomAgain;
    synchronized (this) {
      boolean hadRoom = takesMore();
      while (registered && !ended && !waiting.isEmpty() && call.isReady()) {
        ConnectResponse next = waiting.removeFirst();
        waitingBytes -= next.getSerializedSize();
        call.onNext(next);
      }
      hasRoomAgain = !hadRoom && takesMore();
      if (completing && waiting.isEmpty() && !ended) {
        ended = true;
        call.onCompleted();
      }
      readOn = readingHeld && waiting.size() <= WAITING_MAX;
      readingHeld &= !readOn;
    }
    if (readOn) {
      call.request(1);
    }
    if (hasRoomAgain) {
      roomAgain.run();
    }
  }

  /// A message of the worker was handled: reads the next one, or holds it back until the worker has
  /// read what waits for it.
  void handled() {
    synchronized (this) {
      readingHeld = waiting.size() > WAITING_MAX;
      if (readingHeld || ended) {
        return;
      }
    }
    call.request(1);
  }

  /// Ends the stream well once everything was sent.
  void complete() {
    synchronized (this) {
      completing = true;
      registered = true;
    }
    flush();
  }

  /// Ends the stream at once. What waits is dropped.
  void fail(Problem problem) {
    synchronized (this) {
      if (!ended) {
        ended = true;
        waiting.clear();
        waitingBytes = 0;
        call.onError(Statuses.exception(problem, ProblemTable.OWN));
      }
    }
  }

  /// The worker is gone.
  synchronized void abandon() {
    ended = true;
    waiting.clear();
    waitingBytes = 0;
  }
}
