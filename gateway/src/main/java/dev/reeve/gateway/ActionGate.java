package dev.reeve.gateway;

import com.google.protobuf.Message;
import dev.reeve.base.Problem;
import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.Caller;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last door in front of every handler that changes something: opens only for a request that
/// the decision point allowed, by spending the token made for it, and that consent still allows: a
/// stop said in between shuts it. It is part of the service itself, so a way in that goes around
/// the chain ends here.
final class ActionGate implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(ActionGate.class);

  private final ActionRegistry registry;
  private final CallTokens tokens;
  private final CallGovernance governance;
  private final ReceiptStation receipts;

  ActionGate(
      ActionRegistry registry,
      CallTokens tokens,
      CallGovernance governance,
      ReceiptStation receipts) {
    this.registry = registry;
    this.tokens = tokens;
    this.governance = governance;
    this.receipts = receipts;
  }

  /// The same service behind this door.
  ServerServiceDefinition guard(ServerServiceDefinition service) {
    return ServerInterceptors.interceptForward(service, this);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Optional<ActionRegistry.Entry> entry = registry.find(method);
    if (entry.isPresent() && !CallTokens.needed(entry.get().action())) {
      return next.startCall(call, headers);
    }
    CallScope scope = CallScope.KEY.get();
    if (entry.isEmpty() || scope == null) {
      close(call, bypass(method + " was called around the chain"), ProblemTable.OWN);
      return new ServerCall.Listener<>() {};
    }
    return new Door<>(next.startCall(call, headers), call, scope, entry.get());
  }

  private Optional<Problem> open(CallScope scope, ActionRegistry.Entry entry, Object message) {
    Optional<CallPermit.Allowed> allowed = scope.permit().take();
    if (allowed.isEmpty() || !allowed.get().message().equals(message)) {
      return Optional.of(bypass(scope.fullMethodName() + " got a request that nobody allowed"));
    }
    Optional<Problem> unspent =
        allowed
            .get()
            .token()
            .flatMap(token ->
                tokens.spend(
                    token,
                    scope.caller(),
                    entry.action(),
                    scope.fullMethodName(),
                    allowed.get().requestHash()));
    return unspent.or(
        () -> governance.halted(about(scope, message), scope.clientId(), entry.action()));
  }

  private static Caller about(CallScope scope, Object message) {
    return message instanceof Message named
        ? NamedTenant.of(scope.caller(), named)
        : scope.caller();
  }

  /// Writes down that a change was refused.
  private void refuse(
      ServerCall<?, ?> call,
      CallScope scope,
      ActionRegistry.Entry entry,
      Object message,
      Problem problem) {
    Receipt receipt =
        Receipt.of(entry.action().id(), "deny")
            .withSubject(about(scope, message).tenant(), "", scope.caller().principal())
            .withRule(problem.reason(), problem.message(), "");
    receipts.write(receipt, () -> close(call, problem, entry.problems()));
  }

  private static Problem bypass(String what) {
    return CdiProblems.ACTION_GATE_BYPASS_ATTEMPT.because(what).with("station", "cdi.action");
  }

  private static void close(ServerCall<?, ?> call, Problem problem, ProblemTable table) {
    if (problem.code().equals(CdiProblems.ACTION_GATE_BYPASS_ATTEMPT)) {
      log.error("a change without its token was refused reason={}", problem.message());
    }
    call.close(Statuses.status(problem, table), Statuses.trailers(problem, table));
  }

  /// Called by one thread at a time.
  private final class Door<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final CallScope scope;
    private final ActionRegistry.Entry entry;
    private boolean shut;

    private Door(
        ServerCall.Listener<Q> handler,
        ServerCall<Q, ?> call,
        CallScope scope,
        ActionRegistry.Entry entry) {
      super(handler);
      this.call = call;
      this.scope = scope;
      this.entry = entry;
    }

    @Override
    public void onMessage(@Nullable Q message) {
      Optional<Problem> refusal =
          shut || message == null ? Optional.empty() : open(scope, entry, message);
      if (message != null && refusal.isPresent()) {
        shut = true;
        refuse(call, scope, entry, message, refusal.get());
      } else if (!shut && message != null) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!shut) {
        super.onHalfClose();
      }
    }

    /// A handler that lost its call in mid-stream must let go of what it holds for it.
    @Override
    public void onComplete() {
      if (shut) {
        super.onCancel();
      } else {
        super.onComplete();
      }
    }
  }
}
