package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.routing.RouteResult;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers of the BeamLine API: gives them decided work and jobs of the queue, takes what they
/// answer. Safe on any thread; never blocks.
public final class BeamlineWorkers implements AutoCloseable, WorkerFacts.Source {
  private static final Logger log = LoggerFactory.getLogger(BeamlineWorkers.class);
  private static final int RESULT_DELIVERIES_MAX = 10;
  private static final int ACK_DELIVERIES_MAX = 3;

  private final ExecMetrics metrics;
  private final PushedAssignments pushed;
  private final AssignmentPublisher publisher;
  private final WorkerGroups groups;
  private final ResultIntake results;
  private final List<BusSubscription> subscriptions = new ArrayList<>();
  private final List<BusSubscription> consumers = new ArrayList<>();

  /// What the world around gives.
  ///
  /// @param wake the writer looks again for who takes jobs
  /// @param router learns from results of decided work
  /// @param kept where work that was given away is noted
  /// @param silenceMax after which a worker is gone
  /// @param random safe on any thread
  public record Surroundings(
      Bus bus,
      WorkerDesk desk,
      Runnable wake,
      Consumer<RouteResult> router,
      KeptAssignments kept,
      Duration silenceMax,
      MonotonicClock monotonic,
      InstantSource clock,
      RandomGenerator random) {}

  private final ExecDeadLetter form;

  private BeamlineWorkers(Surroundings with, BeamlineWorkerSettings settings) {
    metrics = new ExecMetrics();
    DurableSender sender = new DurableSender(with.bus(), metrics.assignmentsRetried);
    pushed = new PushedAssignments(with.monotonic(), with.clock(), with.kept());
    publisher = new AssignmentPublisher(sender, pushed, settings, metrics, with.random());
    AssignmentIds ids = new AssignmentIds(settings.installation());
    GroupTools tools =
        new GroupTools(
            with.bus(),
            with.desk(),
            with.wake(),
            settings,
            ids,
            new JobAssignments(ids, settings, with.clock()),
            sender,
            new ConcurrentHashMap<>(),
            new RecentIds(),
            metrics,
            with.monotonic(),
            with.clock(),
            with.silenceMax().toNanos());
    groups = new WorkerGroups(tools);
    Redelivery redelivery = new Redelivery(with.random());
    results = new ResultIntake(tools, pushed, with.router(), redelivery);
    form =
        new ExecDeadLetter(
            ExecSubjects.DEAD_LETTERS,
            with.clock(),
            settings.node(),
            settings.wholeDeadLetters(),
            with.bus()::messageSizeMax,
            Map.of(ExecSubjects.RESULT, ResultCodec::read, ExecSubjects.ACK, WorkerAck::read),
            _ -> Map.of());
    listen(with, settings, new AckIntake(tools, pushed, redelivery, new RecentIds()));
  }

  /// Listens from now on. [#look] must be called about every second. Blocks while it reads what was
  /// given away before a restart.
  public static BeamlineWorkers start(Surroundings with, BeamlineWorkerSettings settings) {
    return new BeamlineWorkers(with, settings);
  }

  private void listen(Surroundings with, BeamlineWorkerSettings settings, AckIntake acks) {
    Bus bus = with.bus();
    ExecSubjects.STREAMS.forEach(stream -> {
      var _ =
          bus.ensureStream(stream.withReplicas(settings.replicas()))
              .exceptionally(failure -> {
                log.warn("stream not made name={}", stream.name(), failure);
                return null;
              });
    });
    DeadLetters letters = new DeadLetters(bus, form, metrics.deliveries);
    consumers.add(
        letters.consume(
            ConsumerSpec.of(
                    ExecSubjects.EXEC_STREAM, ExecSubjects.RESULTS_DURABLE, ExecSubjects.RESULT)
                .withDeliveriesMax(RESULT_DELIVERIES_MAX),
            results::handle));
    consumers.add(
        letters.consume(
            ConsumerSpec.of(ExecSubjects.EXEC_STREAM, ExecSubjects.ACKS_DURABLE, ExecSubjects.ACK)
                .withDeliveriesMax(ACK_DELIVERIES_MAX),
            acks::handle));
    for (String subject : List.of(ExecSubjects.HEARTBEAT, ExecSubjects.STATUS_HEARTBEAT)) {
      subscriptions.add(bus.subscribe(subject, this::beat));
    }
  }

  private void beat(BusMessage message) {
    metrics.heartbeats.increment();
    try {
      if (!groups.seen(WorkerBeat.read(message.bytes()))) {
        metrics.heartbeatsInvalid.increment();
      }
    } catch (ProblemException e) {
      metrics.heartbeatsInvalid.increment();
      log.debug("heartbeat refused reason={}", e.getMessage());
    }
  }

  /// Dead letters about other messages of this API.
  ///
  /// @param subject where they go
  /// @param ids `tenant_id` and `trace_id` that a message itself names
  public DeadLetters.Form deadLetters(String subject, Function<Bytes, Map<String, String>> ids) {
    return form.about(subject, ids);
  }

  /// Gives decided work to workers.
  public Assignments assignments() {
    return publisher;
  }

  /// Workers that gave a sign lately, by id.
  public List<LiveWorker> workers() {
    return groups.workers();
  }

  /// Subjects on which workers listen that gave a sign lately.
  public Set<String> subjects() {
    return groups.workers().stream().map(LiveWorker::subject).collect(Collectors.toSet());
  }

  /// What a listing shows of the workers that share a subject and are one executor: as its name who
  /// they are, as its pool where they listen.
  @Override
  public Optional<WorkerFacts> find(String executorId) {
    return groups.facts(executorId);
  }

  @Override
  public Map<String, WorkerFacts.Idle> withoutTopics() {
    return groups.withoutTopics();
  }

  /// Looks at the time: who is silent, what is late, what the broker does not have.
  public void look() {
    groups.look();
  }

  /// How much waits and runs.
  public ExecLoad load() {
    long pending = consumers.stream().mapToLong(BusSubscription::pending).sum();
    return new ExecLoad(pending, results.latencies().p95Ms(), groups.inHand() + pushed.open());
  }

  /// What was counted since the start, by the contract's names without `router_` and `_total`.
  public Map<String, Long> contractCounts() {
    return ContractCounts.of(metrics);
  }

  /// What was counted since the start, by name.
  public Map<String, Long> counts() {
    return metrics.counts();
  }

  /// Takes no more. What the workers have goes on, and its results wait on the bus.
  @Override
  public void close() {
    subscriptions.forEach(BusSubscription::close);
    consumers.forEach(BusSubscription::close);
    groups.close();
  }
}
