package dev.reeve.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;

/// A call past the door: every response is looked at on its way out.
///
/// The handler answers on a thread of its choice while the chain may refuse on another; the lock
/// makes sure that the call is closed once and nothing is sent after that.
final class GovernedCall<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
  private final CallScope scope;
  private final ProblemTable problems;
  private final GovernedChain chain;
  private final Optional<CallerKey> key;
  private final long beganNanos = System.nanoTime();

  @GuardedBy("this")
  private boolean closed;

  private volatile boolean refused;
  private volatile Status.Code outcome = Status.Code.CANCELLED;

  /// @param key the one that its caller showed
  GovernedCall(
      ServerCall<Q, R> call,
      CallScope scope,
      ProblemTable problems,
      GovernedChain chain,
      Optional<CallerKey> key) {
    super(call);
    this.key = key;
    this.scope = scope;
    this.problems = problems;
    this.chain = chain;
  }

  CallScope scope() {
    return scope;
  }

  /// The key that its caller showed; empty for whoever needs none.
  Optional<CallerKey> key() {
    return key;
  }

  /// How long it has been under way, in nanoseconds.
  long ageNanos() {
    return System.nanoTime() - beganNanos;
  }

  /// Whether it may last: its caller or its handler sends more than one message.
  boolean isStream() {
    return getMethodDescriptor().getType() != MethodDescriptor.MethodType.UNARY;
  }

  /// How it was closed; CANCELLED when its caller went away before.
  Status.Code outcome() {
    return outcome;
  }

  /// Whether the chain ended it, in place of its handler.
  boolean isRefused() {
    return refused;
  }

  @Override
  public boolean isReady() {
    return !refused && super.isReady();
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(chain.marked(headers));
    }
  }

  @Override
  public void sendMessage(R message) {
    R released = chain.outgoing(scope, message);
    synchronized (this) {
      if (!closed) {
        super.sendMessage(released);
      }
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!closed) {
      closed = true;
      outcome = status.getCode();
      super.close(status, chain.marked(trailers));
    }
  }

  /// Nothing more reaches the handler; the end comes when the refusal is written down.
  void hold() {
    refused = true;
  }

  /// Ends the call in place of its handler, which hears of it as of a caller who went away.
  synchronized void refuse(Problem problem) {
    if (!closed) {
      refused = true;
      close(Statuses.status(problem, problems), Statuses.trailers(problem, problems));
    }
  }
}
