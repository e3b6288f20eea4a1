package dev.reeve.engine;

import dev.reeve.base.Problem;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The single writer of a log. Takes what has arrived, decides it, commits it in one flush,
/// publishes the new state, then has everybody answered. Nobody sees anything that is not
/// committed.
///
/// [#offer] and the read-only views are safe on any thread. [#drain] is called by one thread, in a
/// loop with [#await]; it owns everything else in here.
public final class Writer {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  /// Commands of one group at most.
  public static final int GROUP_COMMANDS_MAX = 64;

  /// Bytes that the commands of one group bring at most, about.
  public static final int GROUP_BYTES_MAX = 256 * 1024;

  private static final int INBOX_COMMANDS_MAX = 16_384;
  private static final long REOPEN_INTERVAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long SPACE_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long IDLE_NANOS_MAX = Duration.ofMillis(250).toNanos();

  private final WriterPorts ports;
  private final Inbox inbox = new Inbox(INBOX_COMMANDS_MAX);
  private final LogState state;
  private final Tail tail;
  private final WriterMetrics metrics = new WriterMetrics();
  private final Timers timers;
  private final SubmitHandler submits;
  private final AskHandler asks;
  private final Dispatcher dispatcher;
  private final ReceiptTree tree;
  private final GroupEncoder encoder;
  private LogHead head;
  private @Nullable Undecided undecided;
  private long reopenAtNanos;
  private boolean moreAtOnce;
  private volatile WriterHealth health = WriterHealth.OK;
  private volatile boolean closing;

  /// A group whose commit failed without an answer: it may or may not have happened.
  private record Undecided(Group group, GroupEncoder.Encoded encoded) {}

  private Writer(WriterPorts ports, LogState state, Tail tail, ReceiptTree tree) {
    this.ports = ports;
    this.state = state;
    this.tail = tail;
    this.tree = tree;
    head = ports.log().head();
    encoder = new GroupEncoder(tree);
    Follower follower = new Follower(state);
    ProgressGate progressGate = new ProgressGate(state.limits);
    timers = new Timers(state, follower, progressGate, tail);
    submits = new SubmitHandler(state, ports.generation());
    asks = new AskHandler(state, follower, progressGate);
    dispatcher = new Dispatcher(state, follower, ports, this::offer);
  }

  /// Reads the unfinished jobs and is ready to drain.
  public static Writer open(WriterPorts ports, EngineLimits limits, Tail tail)
      throws StoreException {
    LogState state = new LogState(limits, ports.monotonic());
    List<Long> orphaned = Recovery.restore(ports.log(), state);
    Writer writer =
        new Writer(
            ports, state, tail, ReceiptTree.restore(ports.log().head(), ports.log().archive()));
    writer.timers.interruptFirst(orphaned);
    return writer;
  }

  /// Hands a command over. When the writer cannot take it, it is refused at once.
  public void offer(LogCommand command) {
    WriterHealth now = health;
    if (closing) {
      command.refuse(EngineProblems.SHUTTING_DOWN.because("the server is stopping"));
    } else if (now.state() == WriterHealth.State.STOPPED
        || now.state() == WriterHealth.State.STORE_DOWN) {
      command.refuse(problemOf(now));
    } else if (!inbox.offer(command)) {
      metrics.refusedBusy.increment();
      command.refuse(
          EngineProblems.WRITER_BUSY
              .because("more commands wait than the writer may hold")
              .withRetryAfter(Duration.ofMillis(100)));
    }
  }

  /// Committed jobs in memory.
  public JobTable table() {
    return state.table;
  }

  public Tail tail() {
    return tail;
  }

  public WriterHealth health() {
    return health;
  }

  public WriterMetrics metrics() {
    return metrics;
  }

  /// Commands that wait.
  public int waiting() {
    return inbox.size();
  }

  /// From now on every command is refused; what was taken before is still decided.
  public void close() {
    closing = true;
    inbox.wake();
  }

  /// Blocks the drain thread until there is something to do.
  public void await() {
    if (moreAtOnce) {
      return;
    }
    long untilTimer = timers.waitMicros(nowMicros()) * 1_000;
    inbox.await(Math.min(untilTimer, IDLE_NANOS_MAX));
  }

  /// Makes the drain thread look again.
  public void wake() {
    inbox.wake();
  }

  /// One group: everything that has arrived, up to the bounds, and whatever is due.
  ///
  /// @return whether anything was done
  public boolean drain() {
    if (health.state() == WriterHealth.State.STOPPED) {
      refuseWaiting();
      return false;
    }
    if (health.state() == WriterHealth.State.STORE_DOWN && !reopened()) {
      refuseWaiting();
      return false;
    }
    if (health.state() == WriterHealth.State.STORE_FULL) {
      lookForSpace();
    }
    List<LogCommand> commands = admissible(inbox.take(GROUP_COMMANDS_MAX, GROUP_BYTES_MAX));
    Group group = new Group(head, Math.max(head.nowMicros(), nowMicros()), state.indexes);
    try {
      JobLog.Known known = lookup(commands, group.nowMicros);
      for (LogCommand command : commands) {
        handle(group, known, command);
      }
      moreAtOnce = timers.fire(group);
      if (health.state() == WriterHealth.State.WRITING) {
        moreAtOnce |= dispatcher.dispatch(group);
      }
      commit(group);
    } catch (StoreException e) {
      failed(group, e);
    }
    metrics.commands.add(commands.size());
    return !commands.isEmpty() || moreAtOnce;
  }

  private void handle(Group group, JobLog.Known known, LogCommand command) {
    switch (command) {
      case LogCommand.Submit submit -> submits.handle(group, known, submit);
      case LogCommand.Ask ask -> asks.handle(group, known, ask);
      case LogCommand.Attach attach -> attach(group, attach);
      case LogCommand.Grant grant -> state.executors.grant(grant.session(), grant.credit());
      case LogCommand.Renew renew -> state.executors.renew(renew.session());
      case LogCommand.Detach detach -> detach(group, detach);
      case LogCommand.Note note -> {
        for (Receipt receipt : note.receipts()) {
          group.receipt(receipt, 0);
        }
        group.tell(note.answer(), true);
      }
      case LogCommand.Look look -> {
        look.look().accept(new WriterView(state));
        group.tell(look.answer(), true);
      }
    }
  }

  private void attach(Group group, LogCommand.Attach attach) {
    ExecutorSession replaced = state.executors.attach(attach.session(), attach.routes());
    if (replaced != null) {
      group.deliver(() -> replaced.cancel(ExecutorSession.NO_DISPATCH, "REPLACED"));
    }
    List<Job> kept = new ArrayList<>();
    for (long jobNo : state.executors.attemptsOf(attach.session().workerId())) {
      Job job = state.table.byNumber(jobNo);
      Job current = job == null ? null : group.current(job);
      if (current != null && current.state() instanceof JobState.Executing executing) {
        if (attach.resumed().contains(executing.dispatch())) {
          kept.add(current);
        } else {
          timers.interrupt(group, jobNo, "WORKER_GONE");
        }
      }
    }
    group.tell(attach.answer(), List.copyOf(kept));
  }

  private void detach(Group group, LogCommand.Detach detach) {
    List<Long> attempts =
        detach.handBack() ? state.executors.attemptsOf(detach.session().workerId()) : List.of();
    state.executors.detach(detach.session());
    for (long jobNo : attempts) {
      timers.interrupt(group, jobNo, "DRAINED");
    }
  }

  private JobLog.Known lookup(List<LogCommand> commands, long nowMicros) throws StoreException {
    Set<IdempotencyScope> scopes = new HashSet<>();
    Set<JobKey> jobs = new HashSet<>();
    for (LogCommand command : commands) {
      switch (command) {
        case LogCommand.Submit(Submission submission, _) -> wanted(submission, scopes, jobs);
        case LogCommand.Ask ask -> {
          if (ask.target() instanceof LogCommand.Target.ByKey(JobKey key)
              && state.table.find(key).isEmpty()) {
            jobs.add(key);
          }
        }
        case LogCommand.Attach _,
            LogCommand.Grant _,
            LogCommand.Renew _,
            LogCommand.Detach _,
            LogCommand.Note _,
            LogCommand.Look _ -> {}
      }
    }
    return scopes.isEmpty() && jobs.isEmpty()
        ? new JobLog.Known(Map.of(), Map.of())
        : ports.log().lookup(scopes, jobs, nowMicros);
  }

  private void wanted(Submission submission, Set<IdempotencyScope> scopes, Set<JobKey> jobs) {
    JobKey own = submission.admission().spec().key();
    submission.idempotency().ifPresent(idempotency -> scopes.add(idempotency.scope()));
    if (submission.idGiven()) {
      jobs.add(own);
    }
    for (String parent : submission.admission().spec().placement().dependsOn()) {
      jobs.add(new JobKey(own.tenant(), parent));
    }
  }

  private void commit(Group group) throws StoreException {
    if (group.isEmpty()) {
      deliver(group.afterCommit());
      return;
    }
    GroupEncoder.Encoded encoded = encoder.encode(group);
    long begin = ports.monotonic().nanos();
    try {
      ports.log().commit(encoded.commit());
    } catch (StoreException.Unavailable e) {
      undecided = new Undecided(group, encoded);
      throw e;
    }
    metrics.commitNanos.add(ports.monotonic().nanos() - begin);
    publish(group, encoded);
  }

  private void publish(Group group, GroupEncoder.Encoded encoded) {
    head = encoded.commit().after();
    tree.accept(encoded.grown());
    List<Tail.Appended> appended = new ArrayList<>(encoded.documents().size());
    int i = 0;
    for (Change change : group.changes()) {
      EventDocument document = encoded.documents().get(i++);
      List<SequencedEvent> events = document.sequenced();
      state.table.put(change.after);
      tail.append(change.after.jobNo(), events, 64);
      appended.add(new Tail.Appended(change.after, events));
      count(change);
    }
    metrics.commits.increment();
    metrics.receipts.add(group.receipts.size());
    List<Runnable> after = group.afterCommit();
    after.add(() -> tail.wakeChanged(appended));
    deliver(after);
  }

  private void count(Change change) {
    if (change.before == null) {
      metrics.jobsAdmitted.increment();
    }
    if (change.after.isFinished()) {
      metrics.jobsFinished.increment();
    }
  }

  private void deliver(List<Runnable> actions) {
    if (!actions.isEmpty()) {
      ports
          .delivery()
          .execute(() -> {
            for (Runnable action : actions) {
              runGuarded(action);
            }
          });
    }
  }

  private static void runGuarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.error("an answer could not be delivered", e);
    }
  }

  private void failed(Group group, StoreException e) {
    metrics.failedCommits.increment();
    log.error("commit failed position={}", head.position() + 1, e);
    health =
        switch (e) {
          case StoreException.DiskFull full ->
              new WriterHealth(WriterHealth.State.STORE_FULL, message(full));
          case StoreException.Unavailable unavailable ->
              new WriterHealth(WriterHealth.State.STORE_DOWN, message(unavailable));
          case StoreException.OwnershipLost lost ->
              new WriterHealth(WriterHealth.State.STOPPED, message(lost));
          case StoreException.OwnedElsewhere lost ->
              new WriterHealth(WriterHealth.State.STOPPED, message(lost));
          case StoreException.NewerFormat newer ->
              new WriterHealth(WriterHealth.State.STOPPED, message(newer));
          case StoreException.Damaged damaged ->
              new WriterHealth(WriterHealth.State.STOPPED, message(damaged));
        };
    reopenAtNanos = ports.monotonic().nanos();
    if (undecided == null) {
      group.takeBack();
      deliver(group.afterFailure(problemOf(health)));
    }
  }

  /// Asks the store whether the undecided group happened, and goes on.
  private boolean reopened() {
    if (ports.monotonic().nanos() < reopenAtNanos) {
      return false;
    }
    try {
      LogHead stored = ports.log().reopen();
      Undecided open = undecided;
      undecided = null;
      if (open != null) {
        decide(open, stored);
      }
      health = WriterHealth.OK;
      log.info("store answers again position={}", stored.position());
      return true;
    } catch (StoreException.OwnershipLost e) {
      health = new WriterHealth(WriterHealth.State.STOPPED, message(e));
      dropUndecided();
    } catch (StoreException e) {
      reopenAtNanos = ports.monotonic().nanos() + REOPEN_INTERVAL_NANOS;
    }
    return false;
  }

  private void decide(Undecided open, LogHead stored) {
    boolean happened = stored.position() == open.encoded().commit().after().position();
    if (happened) {
      publish(open.group(), open.encoded());
    } else {
      open.group().takeBack();
      deliver(open.group().afterFailure(problemOf(health)));
    }
  }

  private void dropUndecided() {
    Undecided open = undecided;
    undecided = null;
    if (open != null) {
      deliver(open.group().afterFailure(problemOf(health)));
    }
  }

  /// On a full disk the emergency space is given up, and only what ends jobs is taken, until there
  /// is room again.
  private void lookForSpace() {
    if (ports.monotonic().nanos() < reopenAtNanos) {
      return;
    }
    reopenAtNanos = ports.monotonic().nanos() + SPACE_INTERVAL_NANOS;
    try {
      ports.log().reopen();
      ports.log().releaseReserve();
      if (ports.log().restoreReserve()) {
        health = WriterHealth.OK;
        log.info("store has space again position={}", head.position());
      }
    } catch (StoreException e) {
      log.warn("store is still full position={}", head.position(), e);
    }
  }

  private List<LogCommand> admissible(List<LogCommand> commands) {
    if (health.state() == WriterHealth.State.WRITING) {
      return commands;
    }
    Problem problem = problemOf(health);
    List<LogCommand> admitted = new ArrayList<>();
    for (LogCommand command : commands) {
      if (endsAJob(command)) {
        admitted.add(command);
      } else {
        deliver(List.of(() -> command.refuse(problem)));
      }
    }
    return admitted;
  }

  private static boolean endsAJob(LogCommand command) {
    return switch (command) {
      case LogCommand.Ask ask ->
          switch (ask.command()) {
            case JobCommand.Cancel _,
                JobCommand.Reject _,
                JobCommand.Complete _,
                JobCommand.CompleteQuarantined _,
                JobCommand.Release _,
                JobCommand.Quarantine _,
                JobCommand.Fail _ ->
                true;
            default -> false;
          };
      case LogCommand.Attach _,
          LogCommand.Grant _,
          LogCommand.Renew _,
          LogCommand.Detach _,
          LogCommand.Look _ ->
          true;
      case LogCommand.Submit _, LogCommand.Note _ -> false;
    };
  }

  private void refuseWaiting() {
    Problem problem = problemOf(health);
    List<LogCommand> commands = inbox.take(GROUP_COMMANDS_MAX, Integer.MAX_VALUE);
    if (!commands.isEmpty()) {
      deliver(commands.stream().<Runnable>map(c -> () -> c.refuse(problem)).toList());
    }
  }

  private static Problem problemOf(WriterHealth health) {
    return switch (health.state()) {
      case STORE_FULL ->
          EngineProblems.STORE_FULL
              .because("the store has no space left")
              .withDetail(health.reason())
              .withRetryAfter(Duration.ofSeconds(5));
      case STOPPED ->
          EngineProblems.OWNERSHIP_LOST
              .because("another node writes this log")
              .withDetail(health.reason())
              .withRetryAfter(Duration.ofSeconds(1));
      case STORE_DOWN, WRITING ->
          EngineProblems.STORE_UNAVAILABLE
              .because("the store does not answer")
              .withDetail(health.reason())
              .withRetryAfter(Duration.ofSeconds(1));
    };
  }

  private static String message(StoreException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private long nowMicros() {
    Instant now = ports.clock().instant();
    return Math.addExact(
        Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
  }
}
