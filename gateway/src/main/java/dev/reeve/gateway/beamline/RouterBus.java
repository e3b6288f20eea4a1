package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.beamline.worker.Assignments;
import dev.reeve.service.Futures;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The router on the bus: `beamline.router.v1.*` and `beamline.router.control.v1.*`. Each message
/// becomes a call that passes the same chain as the calls of every port; its answer goes to the
/// inbox that the message names. Handlers never wait, so one thread of the bus serves many calls at
/// once.
public final class RouterBus implements AutoCloseable {
  static final String DECIDE = "beamline.router.v1.decide";
  private static final String DECIDE_REPLY = DECIDE + ".reply";
  private static final String GROUP = "router-decide-group";
  private static final Duration DECIDE_TIMEOUT = Duration.ofSeconds(5);
  private static final int PENDING_MAX = 8_192;

  private static final Logger log = LoggerFactory.getLogger(RouterBus.class);

  private final Bus bus;
  private final BusCalls calls;
  private final RouteIntake intake;
  private final Optional<Assignments> assignments;
  private final List<BusSubscription> subscriptions = new ArrayList<>();

  private RouterBus(
      Bus bus, BusCalls calls, RouteIntake intake, Optional<Assignments> assignments) {
    this.assignments = assignments;
    this.bus = bus;
    this.calls = calls;
    this.intake = intake;
  }

  /// Listens from now on.
  ///
  /// @param load told how many messages wait
  /// @param assignments gives work to workers; empty when there is nothing that does
  public static RouterBus start(
      Bus bus,
      BusCalls calls,
      RouteIntake intake,
      RouterLoad load,
      Optional<Assignments> assignments) {
    RouterBus router = new RouterBus(bus, calls, intake, assignments);
    BusSubscription decide = router.listen(DECIDE, router::decide);
    load.watch(decide::pending);
    RouterQuestions questions = new RouterQuestions(calls);
    for (RouterQuestions.Kind kind : RouterQuestions.Kind.values()) {
      router.listen(
          kind.subject(),
          message -> questions.ask(kind, message, answer -> router.answer(message, "", answer)));
    }
    for (String pattern : LaterSubjects.PATTERNS) {
      router.listen(
          pattern,
          message ->
              LaterSubjects.refusal(message).ifPresent(said -> router.answer(message, "", said)));
    }
    return router;
  }

  private BusSubscription listen(String pattern, Consumer<BusMessage> handler) {
    SubscriptionSpec spec = SubscriptionSpec.shared(pattern, GROUP).withPendingMax(PENDING_MAX);
    BusSubscription subscription = bus.subscribe(spec, handler);
    subscriptions.add(subscription);
    return subscription;
  }

  private void decide(BusMessage message) {
    switch (intake.read(message.bytes(), message.headers())) {
      case RouteCall.Refused refused ->
          answer(message, DECIDE_REPLY, RouteReply.failure(refused.address(), refused.failure()));
      case RouteCall.Accepted accepted when accepted.push().isPresent() && assignments.isEmpty() ->
          answer(message, DECIDE_REPLY, noAssignments(accepted.address()));
      case RouteCall.Accepted accepted -> decide(message, accepted);
    }
  }

  private void decide(BusMessage message, RouteCall.Accepted accepted) {
    RouteCall.Address address = accepted.address();
    String tenant = accepted.request().getMessage().getTenantId();
    calls.call(
        RouterGrpc.getDecideMethod(),
        accepted.request(),
        new BusCalls.Sender(tenant, address.traceId()),
        DECIDE_TIMEOUT,
        new BusCalls.Outcome<>() {
          @Override
          public void done(RouteDecision decision) {
            answer(message, DECIDE_REPLY, RouteReply.decision(address, decision));
            accepted.push().ifPresent(push -> assign(accepted, push, decision));
          }

          @Override
          public void failed(com.google.rpc.Status status) {
            answer(message, DECIDE_REPLY, RouteReply.failure(address, BusFailures.of(status)));
          }
        });
  }

  /// After the answer: a worker may be faster than the caller reads.
  private void assign(RouteCall.Accepted accepted, RouteCall.Push push, RouteDecision decision) {
    Futures.then(
        assignments.orElseThrow().push(RouteAssignments.order(accepted.request(), push, decision)),
        id -> log.debug("assigned assignment_id={}", id),
        problem -> log.warn("not assigned reason={}", problem.reason()));
  }

  private static String noAssignments(RouteCall.Address address) {
    Problem problem =
        BeamlineProblems.SUBJECT_NOT_IMPLEMENTED
            .because("push_assignment: true (expected: false; nothing here assigns work yet)")
            .with("field", "push_assignment");
    return RouteReply.failure(address, RouteFailures.of(problem));
  }

  /// @param otherwise where an answer goes that nobody named an inbox for; empty: nowhere
  private void answer(BusMessage message, String otherwise, String text) {
    String to = message.wantsReply() ? message.replyTo() : otherwise;
    if (to.isEmpty()) {
      return;
    }
    try {
      bus.publish(BusMessage.of(to, sendable(Bytes.utf8(text))));
    } catch (ProblemException e) {
      log.warn("an answer could not be sent reason={}", e.problem().reason());
    }
  }

  /// Whoever asked hears at least that the answer is too large for the bus.
  private Bytes sendable(Bytes answer) {
    if (answer.size() <= bus.messageSizeMax()) {
      return answer;
    }
    Problem problem =
        BusProblems.BUS_MESSAGE_TOO_LARGE.because(
            "answer: too large (expected: at most " + bus.messageSizeMax() + " bytes)");
    return Bytes.utf8(RouteReply.failure(RouteCall.Address.NONE, RouteFailures.of(problem)));
  }

  /// Listens no more; calls under way are answered. Idempotent.
  @Override
  public void close() {
    subscriptions.forEach(BusSubscription::close);
  }
}
