package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.WriterHealth;
import dev.reeve.engine.WriterView;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.ledger.Receipt;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What there is in a history: time, what is stored, the process that owns it and those that did,
/// the workers, the questions that were asked, and the oracle.
final class World {
  private static final int REPLACED_MAX = 2;
  private static final int LOOKS_MAX = 100;

  final RandomGenerator random;
  final Happened happened;
  final Trace trace = new Trace();
  final SimRules rules = new SimRules();
  final FakeClock clock = new FakeClock();
  final InMemoryStore store = new InMemoryStore(clock);
  final Oracle oracle;
  final List<Pending<?>> questions = new ArrayList<>();
  final List<SimWorker> workers = new ArrayList<>();
  private final List<Node> replaced = new ArrayList<>();
  private Node node;

  World(long seed, Happened happened) {
    random = new SplittableRandom(seed);
    this.happened = happened;
    oracle = new Oracle(store.archive(), happened, rules);
    node = newNode();
    for (String id : Cast.WORKERS) {
      boolean builtIn = id.startsWith(ExecutorSession.BUILT_IN);
      List<String> routes = builtIn ? List.of(Cast.ROUTES.getLast()) : Cast.ROUTES;
      workers.add(new SimWorker(id, Set.copyOf(routes), this));
    }
  }

  /// The process that owns the log now.
  Node node() {
    return node;
  }

  long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  SimWorker anyWorker() {
    return pick(workers);
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /// What a question put to the present owner will be answered with.
  <T> Answer<T> answer(Object question, Consumer<T> onDone, Consumer<Problem> onRefused) {
    Pending<T> pending = new Pending<>(question, node, happened, onDone, onRefused);
    questions.add(pending);
    return pending;
  }

  /// Asks something of one job.
  void ask(
      LogCommand.Target target,
      JobCommand command,
      Bytes body,
      Consumer<Job> onDone,
      Consumer<Problem> onRefused) {
    trace.step("ask", command);
    node.offer(
        new LogCommand.Ask(
            target,
            command,
            body,
            Optional.of(Receipt.of("action:job:ask", "allow")),
            answer(command, onDone, onRefused)));
  }

  /// One group of the owner, and one of each process that does not know yet that it is none.
  void drain() {
    WriterHealth.State before = node.writer.health().state();
    node.writer.drain();
    if (node.writer.health().state() != before) {
      trace.step("health", node.writer.health());
    }
    for (Node old : replaced) {
      old.writer.drain();
      old.deliver(2);
    }
    Promise.holds(!node.hasDefect(), "defect: %s", node.writer.health().reason());
    if (node.isStopped()) {
      takeOver();
    }
  }

  void pass(Duration time) {
    trace.step("time passes", time);
    clock.advance(time);
  }

  /// The process dies with all it had in memory, and another starts on what is stored.
  void crash() {
    trace.step("the process dies", null);
    node.die();
    builtInsDie();
    node = newNode();
  }

  /// Another process takes the log over. The old owner finds out when it writes.
  void takeOver() {
    trace.step("another process takes over", null);
    replaced.add(node);
    builtInsDie();
    node = newNode();
    if (replaced.size() > REPLACED_MAX) {
      replaced.removeFirst().die();
    }
  }

  /// Looks at what the writer knows, as soon as it can.
  void look(Consumer<WriterView> look) {
    AtomicBoolean looked = new AtomicBoolean();
    Consumer<WriterView> once =
        view -> {
          look.accept(view);
          looked.set(true);
        };
    node.offer(new LogCommand.Look(once, Answer.none()));
    for (int i = 0; i < LOOKS_MAX && !looked.get() && node.isSettled(); i++) {
      drain();
    }
  }

  private void builtInsDie() {
    workers.stream().filter(SimWorker::isBuiltIn).forEach(SimWorker::crash);
  }

  private Node newNode() {
    return new Node(this, store, clock, Cast.LIMITS, random);
  }
}
