package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.beamline.worker.AssignmentOrder;
import dev.reeve.gateway.beamline.worker.Assignments;
import dev.reeve.service.Futures;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The router on the bus: `beamline.router.v1.*` and `beamline.router.control.v1.*`. Each message
/// becomes a call that passes the same chain as the calls of every port; its answer goes to the
/// inbox that the message names. Handlers never wait, so one thread of the bus serves many calls at
/// once.
public final class RouterBus implements AutoCloseable {
  static final String DECIDE = "beamline.router.v1.decide";

  /// Where requests of the stream go that could not be answered.
  public static final String DEAD_LETTERS = DecideStream.SUBJECT + ".dlq";

  private static final String DECIDE_REPLY = DECIDE + ".reply";
  private static final String GROUP = "router-decide-group";
  private static final Duration DECIDE_TIMEOUT = Duration.ofSeconds(5);
  private static final int PENDING_MAX = 8_192;

  private static final Logger log = LoggerFactory.getLogger(RouterBus.class);

  private final Bus bus;
  private final BusCalls calls;
  private final RouteIntake intake;
  private final Optional<Assignments> assignments;
  private final KeyedDecisions keyed;
  private final List<BusSubscription> subscriptions = new ArrayList<>();

  /// A request for a decision, and what becomes of its answer.
  interface Asked {
    BusMessage message();

    /// Whether this failure is the answer; else it is asked again later.
    boolean isOver(RouteFailure failure);

    /// The decision of an earlier delivery, whose work could not be given away then.
    Optional<RouteDecision> decided();

    /// Sends a failure.
    void answer(String text);

    /// Sends a decision.
    ///
    /// @param hasWork whether work follows that must not be lost
    void answer(String text, RouteDecision decision, boolean hasWork);

    /// Nothing follows any more.
    void done();

    /// The work of the decision could not be given away.
    void undone(Problem problem);

    /// What the work is known by when it is given away again; empty when it never is.
    String cause();
  }

  /// By a message that waits for its answer.
  private record Waiting(RouterBus router, BusMessage message) implements Asked {
    @Override
    public boolean isOver(RouteFailure failure) {
      return true;
    }

    @Override
    public Optional<RouteDecision> decided() {
      return Optional.empty();
    }

    @Override
    public void answer(String text) {
      boolean _ = router.answer(message, DECIDE_REPLY, text);
    }

    @Override
    public void answer(String text, RouteDecision decision, boolean hasWork) {
      answer(text);
    }

    @Override
    public void done() {}

    @Override
    public void undone(Problem problem) {}

    @Override
    public String cause() {
      return "";
    }
  }

  private RouterBus(
      Bus bus,
      BusCalls calls,
      RouteIntake intake,
      Optional<Assignments> assignments,
      KeyedDecisions keyed) {
    this.keyed = keyed;
    this.assignments = assignments;
    this.bus = bus;
    this.calls = calls;
    this.intake = intake;
  }

  /// Listens from now on.
  ///
  /// @param load told how many messages wait
  /// @param assignments gives work to workers; empty when there is nothing that does
  /// @param clock the time of day, for decisions that outlive this process
  /// @param kept what was decided under idempotency keys, also before a restart
  public static RouterBus start(
      Bus bus,
      BusCalls calls,
      RouteIntake intake,
      RouterLoad load,
      Optional<Assignments> assignments,
      InstantSource clock,
      KeptDecisions kept) {
    KeyedDecisions keyed = new KeyedDecisions(System::nanoTime, clock, kept);
    keyed.restore(intake::restore);
    RouterBus router = new RouterBus(bus, calls, intake, assignments, keyed);
    BusSubscription decide = router.listen(DECIDE, router::decide);
    load.watch(decide::pending);
    RouterQuestions questions = new RouterQuestions(calls);
    for (RouterQuestions.Kind kind : RouterQuestions.Kind.values()) {
      router.listen(
          kind.subject(),
          message -> questions.ask(kind, message, answer -> router.tell(message, answer)));
    }
    for (String pattern : LaterSubjects.PATTERNS) {
      router.listen(
          pattern,
          message -> LaterSubjects.refusal(message).ifPresent(said -> router.tell(message, said)));
    }
    return router;
  }

  /// Takes requests from a stream, too: each is answered at `beamline.router.v1.decide.reply`, and
  /// acknowledged after that.
  ///
  /// @param replicas copies of the stream in a cluster
  /// @param letters what stands at [#DEAD_LETTERS] for a request that could not be answered
  public void consume(int replicas, DeadLetters.Form letters) {
    for (StreamSpec stream : DecideStream.streams(replicas)) {
      Futures.then(
          bus.ensureStream(stream),
          _ -> log.debug("stream there name={}", stream.name()),
          problem -> log.warn("no stream name={} reason={}", stream.name(), problem.reason()));
    }
    DecideStream stream = new DecideStream(text -> send(DECIDE_REPLY, text));
    subscriptions.add(
        new DeadLetters(bus, letters, intake.figures().deliveries)
            .consume(
                DecideStream.consumer(), delivery -> stream.ask(delivery).ifPresent(this::decide)));
  }

  private BusSubscription listen(String pattern, Consumer<BusMessage> handler) {
    SubscriptionSpec spec = SubscriptionSpec.shared(pattern, GROUP).withPendingMax(PENDING_MAX);
    BusSubscription subscription = bus.subscribe(spec, handler);
    subscriptions.add(subscription);
    return subscription;
  }

  private void decide(BusMessage message) {
    decide(new Waiting(this, message));
  }

  private void decide(Asked asked) {
    BusMessage message = asked.message();
    switch (intake.read(message.bytes(), message.headers())) {
      case RouteCall.Refused refused -> fail(asked, refused.address(), refused.failure());
      case RouteCall.Accepted accepted when accepted.push().isPresent() && assignments.isEmpty() ->
          fail(asked, accepted.address(), noAssignments());
      case RouteCall.Accepted accepted ->
          wrongWork(accepted)
              .ifPresentOrElse(
                  problem -> fail(asked, accepted.address(), RouteFailures.of(problem)),
                  () -> decide(asked, accepted));
    }
  }

  /// What is wrong with the work that shall be given, if something is: told before anything is
  /// decided.
  private Optional<Problem> wrongWork(RouteCall.Accepted accepted) {
    return accepted
        .push()
        .flatMap(push -> assignments.orElseThrow().refusal(push.subject(), push.options()));
  }

  private static void fail(Asked asked, RouteCall.Address address, RouteFailure failure) {
    if (asked.isOver(failure)) {
      asked.answer(RouteReply.failure(address, failure));
      asked.done();
    }
  }

  private void decide(Asked asked, RouteCall.Accepted accepted) {
    Optional<KeyedDecisions.Question> question = KeyedDecisions.of(accepted);
    String cause = question.map(KeyedDecisions.Question::name).orElseGet(asked::cause);
    KeyedDecisions.Told told = told(asked, accepted, cause, question);
    if (question.isEmpty()) {
      decide(asked, accepted, told);
    } else {
      keyed.ask(question.get(), told, first -> decide(asked, accepted, first));
    }
  }

  /// @param cause what the work is known by; empty when it never comes again
  private KeyedDecisions.Told told(
      Asked asked,
      RouteCall.Accepted accepted,
      String cause,
      Optional<KeyedDecisions.Question> question) {
    return new KeyedDecisions.Told() {
      @Override
      public void decided(KeyedDecisions.Decided decided) {
        finish(asked, accepted, decided, cause, question);
      }

      @Override
      public void failed(RouteFailure failure) {
        fail(asked, accepted.address(), failure);
      }
    };
  }

  private void decide(Asked asked, RouteCall.Accepted accepted, KeyedDecisions.Told told) {
    if (asked.decided().isPresent()) {
      told.decided(new KeyedDecisions.Once(asked.decided().get()));
      return;
    }
    String tenant = accepted.request().getMessage().getTenantId();
    calls.call(
        RouterGrpc.getDecideMethod(),
        accepted.request(),
        new BusCalls.Sender(tenant, accepted.address().traceId()),
        DECIDE_TIMEOUT,
        new BusCalls.Outcome<>() {
          @Override
          public void done(RouteDecision decision) {
            told.decided(new KeyedDecisions.Once(decision));
          }

          @Override
          public void failed(com.google.rpc.Status status) {
            told.failed(BusFailures.of(status));
          }
        });
  }

  /// The answer goes first: a worker may be faster than the caller reads. A dry run gives nothing.
  /// Work that no worker may be given is refused in the answer.
  private void finish(
      Asked asked,
      RouteCall.Accepted accepted,
      KeyedDecisions.Decided decided,
      String cause,
      Optional<KeyedDecisions.Question> question) {
    RouteDecision decision = decided.decision();
    Optional<RouteCall.Push> push = accepted.push().filter(_ -> !accepted.request().getDryRun());
    Optional<AssignmentOrder> work =
        push.map(one -> RouteAssignments.order(accepted.request(), one, decision, cause));
    Optional<Problem> wrong = work.flatMap(order -> assignments.orElseThrow().refusal(order));
    if (wrong.isPresent()) {
      fail(asked, accepted.address(), RouteFailures.of(wrong.get()));
      return;
    }
    asked.answer(RouteReply.decision(accepted.address(), decision), decision, work.isPresent());
    if (work.isEmpty()) {
      intake.figures().assignmentsSkipped.increment();
      asked.done();
      return;
    }
    Futures.then(
        decided.push(() -> given(question, assignments.orElseThrow().push(work.get()))),
        id -> {
          log.debug("assigned assignment_id={}", id);
          asked.done();
        },
        problem -> {
          log.warn("not assigned reason={}", problem.reason());
          asked.undone(problem);
        });
  }

  private CompletableFuture<String> given(
      Optional<KeyedDecisions.Question> question, CompletableFuture<String> assignmentId) {
    return assignmentId.thenApply(id -> {
      question.ifPresent(asked -> keyed.given(asked, id));
      return id;
    });
  }

  private static RouteFailure noAssignments() {
    return RouteFailures.of(
        BeamlineProblems.SUBJECT_NOT_IMPLEMENTED
            .because("push_assignment: true (expected: false; nothing here assigns work yet)")
            .with("field", "push_assignment"));
  }

  /// @param otherwise where an answer goes that nobody named an inbox for; empty: nowhere
  private boolean answer(BusMessage message, String otherwise, String text) {
    String to = message.wantsReply() ? message.replyTo() : otherwise;
    return !to.isEmpty() && send(to, text);
  }

  private void tell(BusMessage message, String text) {
    boolean _ = answer(message, "", text);
  }

  private boolean send(String to, String text) {
    try {
      bus.publish(BusMessage.of(to, sendable(Bytes.utf8(text))));
      return true;
    } catch (ProblemException e) {
      log.warn("an answer could not be sent reason={}", e.problem().reason());
      return false;
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
