package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.FaultyJobLog;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import dev.reeve.ledger.Receipt;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;

/// A whole engine on one thread: nothing happens until [#group()] or [#settle()] is called, and no
/// time passes until [#pass(Duration)] is.
final class Rig {
  private static final int SETTLE_GROUPS_MAX = 10_000;

  /// After a failed commit the first group without work only connects anew.
  private static final int IDLE_GROUPS = 3;

  final FakeClock clock = new FakeClock();
  final InMemoryStore store = new InMemoryStore(clock);
  final Queue<Runnable> delivery = new ArrayDeque<>();
  final Queue<Runnable> loading = new ArrayDeque<>();
  private final EngineLimits limits;
  FaultyJobLog log;
  Tail tail;
  Writer writer;
  long generation;

  Rig() {
    this(EngineLimits.DEFAULT);
  }

  Rig(EngineLimits limits) {
    this.limits = limits;
    log = new FaultyJobLog(store.open());
    tail = new Tail(64 * 1024 * 1024);
    writer = open();
  }

  /// The process dies and another one starts on what is stored.
  void restart() {
    delivery.clear();
    loading.clear();
    log.close();
    log = new FaultyJobLog(store.open());
    tail = new Tail(64 * 1024 * 1024);
    writer = open();
  }

  /// Whether jobs admitted under older rules are asked about before they start.
  boolean asksAgain;

  final List<Long> asked = new ArrayList<>();

  /// Why no job starts; empty when jobs may start.
  String heldBack = "";

  private Writer open() {
    WriterPorts ports =
        new WriterPorts(
            log,
            clock,
            clock::nanoTime,
            new SplittableRandom(1),
            delivery::add,
            loading::add,
            new WriterPorts.Generation() {
              @Override
              public long current() {
                return generation;
              }

              @Override
              public String holdsBack() {
                return heldBack;
              }

              @Override
              public boolean asksAgain() {
                return asksAgain;
              }

              @Override
              public void askAgain(long jobNo) {
                asked.add(jobNo);
              }
            });
    try {
      return Writer.open(ports, limits, tail);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  /// One group, and what it tells everybody.
  void group() {
    writer.drain();
    deliver();
  }

  /// Groups until nothing happens any more.
  void settle() {
    int idle = 0;
    for (int i = 0; i < SETTLE_GROUPS_MAX; i++) {
      boolean busy = writer.drain() || !delivery.isEmpty() || !loading.isEmpty();
      deliver();
      idle = busy || writer.waiting() > 0 ? 0 : idle + 1;
      if (idle == IDLE_GROUPS) {
        return;
      }
    }
    throw new AssertionError("did not settle");
  }

  /// Lets time pass, then settles.
  void pass(Duration time) {
    clock.advance(time);
    settle();
  }

  void deliver() {
    while (!delivery.isEmpty() || !loading.isEmpty()) {
      run(delivery);
      run(loading);
    }
  }

  private static void run(Queue<Runnable> actions) {
    for (Runnable next = actions.poll(); next != null; next = actions.poll()) {
      next.run();
    }
  }

  Reply<SubmitOutcome> offer(Sketch sketch) {
    Reply<SubmitOutcome> reply = new Reply<>();
    writer.offer(new LogCommand.Submit(sketch.submission(), reply));
    return reply;
  }

  /// Submits in a group of its own and gives the job as it was admitted.
  Job submit(Sketch sketch) {
    Reply<SubmitOutcome> reply = offer(sketch);
    settle();
    return admitted(reply);
  }

  static Job admitted(Reply<SubmitOutcome> reply) {
    assertThat(reply.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    return ((SubmitOutcome.Admitted) reply.outcome()).job();
  }

  /// A worker for [Sketch#ROUTE] with so much credit.
  Worker worker(String id, int credit) {
    return worker(id, credit, Sketch.ROUTE);
  }

  Worker worker(String id, int credit, String... routes) {
    return worker(new Worker(id), credit, routes);
  }

  Worker worker(Worker worker, int credit, String... routes) {
    attach(worker, List.of(), routes);
    writer.offer(new LogCommand.Grant(worker, credit));
    settle();
    return worker;
  }

  Reply<List<Job>> attach(Worker worker, List<DispatchId> resumed, String... routes) {
    Reply<List<Job>> reply = new Reply<>();
    writer.offer(new LogCommand.Attach(worker, Set.of(routes), resumed, reply));
    return reply;
  }

  void grant(Worker worker, int credit) {
    writer.offer(new LogCommand.Grant(worker, credit));
  }

  Reply<Job> ask(Sketch sketch, JobCommand command) {
    return ask(new LogCommand.Target.ByKey(sketch.key()), command, Bytes.EMPTY);
  }

  Reply<Job> ask(DispatchId dispatch, JobCommand command) {
    return ask(new LogCommand.Target.ByNumber(dispatch.jobNo()), command, Bytes.EMPTY);
  }

  Reply<Job> ask(LogCommand.Target target, JobCommand command, Bytes body) {
    Reply<Job> reply = new Reply<>();
    Receipt receipt = Receipt.of("action:job:ask", "allow");
    writer.offer(new LogCommand.Ask(target, command, body, Optional.of(receipt), reply));
    return reply;
  }

  Reply<Job> complete(DispatchId dispatch, String result) {
    Bytes bytes = Bytes.utf8(result);
    return ask(
        new LogCommand.Target.ByNumber(dispatch.jobNo()),
        new JobCommand.Complete(dispatch, Content.of("text/plain", bytes)),
        bytes);
  }

  Reply<Job> fail(DispatchId dispatch, boolean retryable) {
    return ask(dispatch, new JobCommand.Fail(dispatch, "BROKEN", "it broke", retryable, 0, 0));
  }

  Reply<Job> progress(DispatchId dispatch, String stage, int partsPerMillion) {
    return ask(
        dispatch,
        new JobCommand.ReportProgress(dispatch, new Progress(stage, partsPerMillion, "")));
  }

  Reply<Job> cancel(Sketch sketch) {
    return ask(sketch, new JobCommand.Cancel("alice", "no longer needed"));
  }

  /// The job as everybody sees it.
  Job job(Sketch sketch) {
    return job(sketch.key());
  }

  Job job(JobKey key) {
    return writer.table().find(key).orElseThrow();
  }

  StateName state(Sketch sketch) {
    return job(sketch).state().name();
  }

  JobState.Failed failure(Sketch sketch) {
    assertThat(job(sketch).state()).isInstanceOf(JobState.Failed.class);
    return (JobState.Failed) job(sketch).state();
  }

  /// All visible events of a job, from the store.
  List<SequencedEvent> events(Sketch sketch) {
    try {
      List<SequencedEvent> events = new ArrayList<>();
      long jobNo = store.archive().find(sketch.key()).orElseThrow().jobNo();
      for (Bytes document : store.archive().events(jobNo, 1, Integer.MAX_VALUE)) {
        events.addAll(EventDocument.read(document).sequenced());
      }
      return events;
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  /// Names of the visible events of a job, in order.
  List<String> eventNames(Sketch sketch) {
    return events(sketch).stream()
        .map(SequencedEvent::event)
        .map(JobEvent::getClass)
        .map(Class::getSimpleName)
        .toList();
  }

  long position() {
    return log.head().position();
  }

  /// Every index must equal one made anew from the committed jobs.
  void audit() {
    List<List<String>> found = new ArrayList<>();
    writer.offer(new LogCommand.Look(view -> found.add(view.audit()), Answer.none()));
    settle();
    assertThat(found).isNotEmpty().allSatisfy(differences -> assertThat(differences).isEmpty());
  }
}
