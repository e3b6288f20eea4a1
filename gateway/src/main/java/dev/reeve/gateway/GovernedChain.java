package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The one way in: every call of every dialect and transport passes these stations in this order.
///
/// Registered action, governance (genome, treaty, heartbeat, posture), identity, access, limits;
/// then for each message size, shape and content ([Requests]); the handler; for each response
/// egress ([GovernedCall]); at the end receipt and metrics. A refusal closes the call before the
/// handler sees it. Safe on any thread.
final class GovernedChain implements ServerInterceptor {
  private static final Duration RETRY_AFTER_STOP = Duration.ofSeconds(1);

  private final ActionRegistry registry;
  private final GovernanceStation governance;
  private final GenomeHeaders genome;
  private final IdentityStation identity;
  private final AccessStation access = new AccessStation();
  private final LimitsStation limits;
  private final IngressStation ingress = new IngressStation();
  private final ContentStation content;
  private final EgressScreen egress;
  private final ReceiptStation receipts;
  private final CallMetrics metrics = new CallMetrics();

  /// Calls that may last, ended at a stop or when their key is.
  private final Set<GovernedCall<?, ?>> streams = ConcurrentHashMap.newKeySet();

  GovernedChain(
      ActionRegistry registry,
      GovernanceStation governance,
      IdentityStation identity,
      LimitsStation limits,
      ContentStation content,
      EgressScreen egress,
      ReceiptStation receipts) {
    this.registry = registry;
    this.governance = governance;
    genome = new GenomeHeaders(governance);
    this.identity = identity;
    this.limits = limits;
    this.content = content;
    this.egress = egress;
    this.receipts = receipts;
  }

  static GovernedChain of(GatewayConfig config, GatewayServices services, ActionRegistry registry) {
    return new GovernedChain(
        registry,
        services.governance(),
        new IdentityStation(config.credentials(), services.clock()),
        new LimitsStation(
            config.callsMax(),
            new RateLimits(config.callRate(), System::nanoTime),
            new ClientBudgets(config.clientRate(), System::nanoTime),
            new CallShares(config.callRate().inProgressMax())),
        new ContentStation(services.gate(), services.tokens()),
        new EgressScreen(services.gate()),
        new ReceiptStation(services.writer(), services.clock(), services.checks()));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Peer peer = Peer.of(call.getAttributes(), headers);
    Optional<ActionRegistry.Entry> registered = registry.find(method);
    if (registered.isEmpty()) {
      Problem problem = GatewayProblems.UNREGISTERED_ACTION.because(method + " has no action");
      return refuse(call, peer, problem, ProblemTable.OWN, CallMetrics.UNREGISTERED);
    }
    ActionRegistry.Entry entry = registered.get();
    Optional<Problem> fallen = governance.refusal(entry.action());
    if (fallen.isPresent()) {
      return refuse(call, peer, fallen.get(), entry.problems(), method);
    }
    return switch (identity.identify(call.getAttributes(), peer, headers, entry)) {
      case IdentityStation.Identified.Refused refused ->
          refuse(call, peer, refused.problem(), entry.problems(), method);
      case IdentityStation.Identified.Known known -> admit(call, peer, headers, next, entry, known);
    };
  }

  private <Q, R> ServerCall.Listener<Q> admit(
      ServerCall<Q, R> call,
      Peer peer,
      Metadata headers,
      ServerCallHandler<Q, R> next,
      ActionRegistry.Entry entry,
      IdentityStation.Identified.Known known) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Caller caller = known.caller();
    CallScope scope =
        new CallScope(
            caller, entry.action(), headers, method, new ReceivedTexts(), new CallPermit());
    Optional<Problem> denied = access.check(caller, entry.action());
    Optional<Problem> refusal =
        denied.isPresent() ? denied : limits.enter(caller, scope.clientId());
    if (refusal.isPresent()) {
      return refuse(call, peer, refusal.get(), entry.problems(), method);
    }
    GovernedCall<Q, R> governed =
        new GovernedCall<>(call, scope, entry.problems(), this, known.key());
    if (governed.isStream()) {
      streams.add(governed);
    }
    Context context = Context.current().withValue(CallScope.KEY, scope);
    Context before = context.attach();
    try {
      return new Requests<>(next.startCall(governed, headers), governed, context, this);
    } catch (RuntimeException e) {
      leave(governed);
      throw e;
    } finally {
      context.detach(before);
    }
  }

  private <Q, R> ServerCall.Listener<Q> refuse(
      ServerCall<Q, R> call, Peer peer, Problem problem, ProblemTable table, String method) {
    Status status = Statuses.status(problem, table);
    receipts.flood(peer.address(), problem);
    metrics.count(method, status.getCode());
    call.close(status, genome.on(Statuses.trailers(problem, table)));
    return new ServerCall.Listener<>() {};
  }

  /// What becomes of a request message before its handler sees it. Size and shape first: what is
  /// too large is not looked into.
  ContentStation.Looked incoming(CallScope scope, Object message) {
    int wireBytes = WireSize.take(message);
    scope.received().sized(wireBytes);
    Optional<Problem> tooLarge = limits.size(scope.action(), message, wireBytes);
    Optional<Problem> refusal = tooLarge.isPresent() ? tooLarge : ingress.check(message, wireBytes);
    ContentStation.Looked looked =
        refusal.isPresent()
            ? new ContentStation.Looked.Refused(refusal.get(), Optional.empty())
            : content.look(scope, message);
    switch (looked) {
      case ContentStation.Looked.Refused refused -> {
        if (refused.receipt().isEmpty()) {
          receipts.flood(scope.caller().address(), refused.problem());
        }
      }
      case ContentStation.Looked.Passed passed -> {
        receipts.received(scope.caller(), scope.action(), message);
        passed.receipt().ifPresent(receipt -> receipts.write(receipt, () -> {}));
      }
    }
    return looked;
  }

  /// Ends a call whose change was refused, once that is written down.
  void refuseWritten(GovernedCall<?, ?> call, Receipt receipt, Problem problem) {
    receipts.write(receipt, () -> call.refuse(problem));
  }

  /// Why bytes are refused that are no message of the method.
  Problem unreadable(CallScope scope) {
    Problem problem =
        GatewayProblems.REQUEST_MALFORMED
            .because(
                "request: unreadable (expected: the message of " + scope.fullMethodName() + ")")
            .withField("request", "expected: the message of the method");
    receipts.flood(scope.caller().address(), problem);
    return problem;
  }

  /// A response message as it may leave.
  <R> R outgoing(CallScope scope, R message) {
    return scope.action().access() == RegisteredAction.Access.PUBLIC
        ? message
        : egress.screen(scope.caller().tenant(), message);
  }

  /// Metadata on its way out, with the genome in force.
  Metadata marked(Metadata metadata) {
    return genome.on(metadata);
  }

  /// The end of an admitted call, exactly once for each.
  void leave(GovernedCall<?, ?> call) {
    if (call.isStream()) {
      streams.remove(call);
    }
    limits.leave(call.scope().caller());
    metrics.count(call.scope().fullMethodName(), call.outcome());
    metrics.took(call.scope().fullMethodName(), call.ageNanos());
  }

  /// Ends every stream in progress. What they show is in the log, so their readers go on elsewhere.
  void endStreams() {
    Problem problem =
        GatewayProblems.SERVER_STOPPING
            .because("the server is stopping (expected: resume at another)")
            .withRetryAfter(RETRY_AFTER_STOP);
    streams.forEach(call -> call.refuse(problem));
  }

  /// Ends the streams whose key was taken back, is over, or opens something else by now. Called
  /// several times a second.
  void endStreamsOfLostKeys() {
    for (GovernedCall<?, ?> call : streams) {
      if (call.key().isPresent() && !identity.stillHolds(call.key().get())) {
        Problem problem =
            GatewayProblems.CREDENTIAL_INVALID.because(
                "the key of the stream (expected: one that is neither changed nor over)");
        receipts.flood(call.scope().caller().address(), problem);
        call.refuse(problem);
      }
    }
  }

  /// Writes down a refusal at the door of HTTP, before there is a call.
  void refusedAtDoor(String method, String address, Problem problem) {
    receipts.flood(address, problem);
    metrics.count(method, Statuses.status(problem, ProblemTable.OWN).getCode());
  }

  int inProgress() {
    return limits.inProgress();
  }

  ReceiptStation receipts() {
    return receipts;
  }

  RouterMetrics routerMetrics(HealthView view) {
    return new RouterMetrics(view, metrics);
  }

  ServerMetrics metrics(Writer writer) {
    return new ServerMetrics(metrics, limits, writer, governance);
  }
}
