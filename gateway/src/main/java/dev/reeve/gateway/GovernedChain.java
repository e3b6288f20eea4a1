package dev.reeve.gateway;

import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.service.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/// The one way in: every call of every dialect and transport passes these stations in this order.
///
/// registered action, identity, in-progress bound, access; then for each message size and ingress;
/// the handler; for each response output and egress; at the end receipt and metrics. A refusal
/// closes the call before the handler sees it.
final class GovernedChain implements ServerInterceptor {
  private final ActionRegistry registry;
  private final IdentityStation identity = new IdentityStation();
  private final LimitsStation limits;
  private final AccessStation access = new AccessStation();
  private final IngressStation ingress = new IngressStation();
  private final OutgoingStation output;
  private final OutgoingStation egress;
  private final ReceiptStation receipts;
  private final CallMetrics metrics;

  GovernedChain(
      ActionRegistry registry,
      LimitsStation limits,
      OutgoingStation output,
      OutgoingStation egress,
      ReceiptStation receipts,
      CallMetrics metrics) {
    this.registry = registry;
    this.limits = limits;
    this.output = output;
    this.egress = egress;
    this.receipts = receipts;
    this.metrics = metrics;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Optional<ActionRegistry.Entry> registered = registry.find(method);
    if (registered.isEmpty()) {
      Problem problem = GatewayProblems.UNREGISTERED_ACTION.because(method + " has no action");
      return refuse(call, "unregistered", problem, ProblemTable.OWN, "");
    }
    ActionRegistry.Entry entry = registered.get();
    return switch (identity.identify(call.getAttributes(), headers, entry.dialect())) {
      case IdentityStation.Identified.Refused refused ->
          refuse(call, entry.action().id(), refused.problem(), entry.problems(), method);
      case IdentityStation.Identified.Known known ->
          admit(call, headers, next, entry, known.caller());
    };
  }

  private <Q, R> ServerCall.Listener<Q> admit(
      ServerCall<Q, R> call,
      Metadata headers,
      ServerCallHandler<Q, R> next,
      ActionRegistry.Entry entry,
      Caller caller) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Optional<Problem> refusal = access.check(caller, entry.action()).or(limits::enter);
    if (refusal.isPresent()) {
      return refuse(call, entry.action().id(), refusal.get(), entry.problems(), method);
    }
    CallScope scope = new CallScope(caller, entry.action(), headers, method);
    GovernedCall<Q, R> governed = new GovernedCall<>(call, scope, entry.problems());
    Context context = Context.current().withValue(CallScope.KEY, scope);
    ServerCall.Listener<Q> listener = Contexts.interceptCall(context, governed, headers, next);
    return new GovernedListener<>(listener, governed);
  }

  private <Q, R> ServerCall.Listener<Q> refuse(
      ServerCall<Q, R> call, String action, Problem problem, ProblemTable table, String method) {
    Status status = Statuses.status(problem, table);
    receipts.flood("refused", action, problem);
    metrics.count(method.isEmpty() ? "unregistered" : method, status.getCode());
    call.close(status, Statuses.trailers(problem, table));
    return new ServerCall.Listener<>() {};
  }

  private static Bytes hash(Object message) {
    return message instanceof MessageLite proto ? Sha256.of(proto.toByteArray()) : Bytes.EMPTY;
  }

  /// A call past the door: its responses are looked at, and its end is counted once.
  private final class GovernedCall<Q, R>
      extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
    private final CallScope scope;
    private final ProblemTable problems;
    private boolean closed;
    private boolean left;

    private GovernedCall(ServerCall<Q, R> call, CallScope scope, ProblemTable problems) {
      super(call);
      this.scope = scope;
      this.problems = problems;
    }

    @Override
    public void sendMessage(R message) {
      if (closed) {
        return;
      }
      Optional<Problem> refusal =
          output.check(scope, message).or(() -> egress.check(scope, message));
      if (refusal.isPresent()) {
        close(refusal.get());
      } else {
        super.sendMessage(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        metrics.count(scope.fullMethodName(), status.getCode());
        super.close(status, trailers);
      }
    }

    private void close(Problem problem) {
      close(Statuses.status(problem, problems), Statuses.trailers(problem, problems));
    }

    /// @return whether the message may go on to the handler
    private boolean admits(Q message) {
      if (closed) {
        return false;
      }
      Optional<Problem> refusal =
          limits.size(scope.action(), message).or(() -> ingress.check(message));
      if (refusal.isPresent()) {
        receipts.flood(scope.caller().address(), scope.action().id(), refusal.get());
        close(refusal.get());
        return false;
      }
      if (!scope.action().sideEffect()) {
        receipts.read(scope.caller(), scope.action(), hash(message));
      }
      return true;
    }

    private synchronized void leave() {
      if (!left) {
        left = true;
        limits.leave();
      }
    }
  }

  private static final class GovernedListener<Q, R>
      extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
    private final GovernedChain.GovernedCall<Q, R> call;
    private boolean refused;

    private GovernedListener(ServerCall.Listener<Q> listener, GovernedCall<Q, R> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (call.admits(message)) {
        super.onMessage(message);
      } else {
        refused = true;
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      call.leave();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      call.leave();
      super.onComplete();
    }
  }
}
