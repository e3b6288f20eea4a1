package dev.reeve.engine;

import dev.reeve.base.Problem;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobCommand;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
  public static final int GROUP_COMMANDS_MAX = 256;

  /// Bytes that the commands of one group bring at most, about.
  public static final int GROUP_BYTES_MAX = 256 * 1024;

  private static final int INBOX_COMMANDS_MAX = 16_384;
  private static final long INBOX_BYTES_MAX = 64L * 1024 * 1024;
  private static final long IDLE_NANOS_MAX = Duration.ofMillis(250).toNanos();

  /// Pace at which jobs end by themselves on a full disk.
  private static final long FULL_NANOS_MIN = Duration.ofMillis(50).toNanos();

  private static final Problem COMMIT_UNKNOWN =
      EngineProblems.COMMIT_UNKNOWN
          .because("the store failed while the call was written")
          .withRetryAfter(Duration.ofSeconds(1));

  private final WriterPorts ports;
  private final Inbox inbox = new Inbox(INBOX_COMMANDS_MAX, INBOX_BYTES_MAX);
  private final LogState state;
  private final Tail tail;
  private final WriterMetrics metrics = new WriterMetrics();
  private final Outage outage;
  private final Follower follower;
  private final Timers timers;
  private final SessionHandler sessions;
  private final SubmitHandler submits;
  private final AskHandler asks;
  private final JudgeHandler judges;
  private final PayloadLoader loader;
  private final Dispatcher dispatcher;
  private final ReceiptTree tree;
  private final GroupEncoder encoder;

  /// Commands of a group that could not be decided by a defect; each is tried alone.
  private final ArrayDeque<LogCommand> suspects = new ArrayDeque<>();

  /// Removals of the group under way, made after its commit in transactions of their own.
  private final List<LogCommand.RemoveFinished> removals = new ArrayList<>();

  private volatile LogHead head;
  private volatile TreeEdge edge;
  private @Nullable Undecided undecided;
  private boolean moreAtOnce;
  private volatile boolean closing;

  /// A group whose commit failed without an answer: it may or may not have happened.
  private record Undecided(Group group, GroupEncoder.Encoded encoded) {}

  private Writer(WriterPorts ports, LogState state, Tail tail, ReceiptTree tree) {
    this.ports = ports;
    this.state = state;
    this.tail = tail;
    this.tree = tree;
    head = ports.log().head();
    edge = tree.edge(head);
    encoder = new GroupEncoder(tree, ports.generation(), ports.log().format());
    outage = new Outage(ports.log(), ports.monotonic());
    follower = new Follower(state);
    ProgressGate progressGate = new ProgressGate(state.limits, ports.monotonic());
    timers = new Timers(state, follower, progressGate, tail, ports.monotonic());
    sessions = new SessionHandler(state, timers, this::deliver);
    submits = new SubmitHandler(state, ports.generation());
    asks = new AskHandler(state, follower, progressGate);
    judges = new JudgeHandler(state, follower, ports.generation());
    loader = new PayloadLoader(ports, inbox::wake);
    dispatcher = new Dispatcher(state, follower, loader);
  }

  /// Reads the unfinished jobs and is ready to drain.
  public static Writer open(WriterPorts ports, EngineLimits limits, Tail tail)
      throws StoreException {
    LogState state = new LogState(limits, ports.monotonic(), ports.generation());
    List<DispatchId> orphaned = Recovery.restore(ports.log(), state);
    Writer writer =
        new Writer(
            ports, state, tail, ReceiptTree.restore(ports.log().head(), ports.log().archive()));
    for (DispatchId attempt : orphaned) {
      writer.timers.interruptSoon(attempt, "SERVER_RESTARTED");
    }
    Recovery.endedParents(ports.log(), state).forEach(writer.follower::endedBefore);
    return writer;
  }

  /// Counts the jobs of so long ago again, for the rates of policy. Called before the first drain.
  public void recallRates(Duration longestWindow) throws StoreException {
    long windowMicros = longestWindow.toNanos() / 1_000;
    if (windowMicros > 0) {
      long now = Math.max(head.nowMicros(), nowMicros());
      Recovery.rates(ports.log().archive(), state.rates, now - windowMicros, windowMicros);
    }
  }

  /// Hands a command over. When the writer cannot take it, it is refused at once.
  public void offer(LogCommand command) {
    boolean down = outage.state() == WriterHealth.State.STORE_DOWN;
    if (closing) {
      command.refuse(EngineProblems.SHUTTING_DOWN.because("the server is stopping"));
    } else if (outage.state() == WriterHealth.State.STOPPED
        || (down && !(command instanceof LogCommand.OfSession))) {
      command.refuse(outage.problem());
    } else if (!inbox.offer(command)) {
      metrics.refusedBusy.increment();
      command.refuse(
          EngineProblems.WRITER_BUSY
              .because("more commands wait than the writer may hold")
              .withRetryAfter(Duration.ofMillis(100)));
    }
  }

  /// Where the log stood after the newest commit.
  public LogHead head() {
    return head;
  }

  /// Where the receipts stood after the newest commit.
  public TreeEdge edge() {
    return edge;
  }

  /// Committed jobs in memory.
  public JobTable table() {
    return state.table;
  }

  /// What counts against the rates of policy now, uncommitted requests included.
  public RateWindows rates() {
    return state.rates;
  }

  /// Where watchers read.
  public Tail tail() {
    return tail;
  }

  /// Whether it writes.
  public WriterHealth health() {
    return outage.health();
  }

  /// What it counts.
  public WriterMetrics metrics() {
    return metrics;
  }

  /// Whether it takes no more commands because the process ends.
  public boolean isClosing() {
    return closing;
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
    inbox.await(Math.min(waitNanos(), IDLE_NANOS_MAX));
  }

  private long waitNanos() {
    return switch (outage.state()) {
      case WRITING -> timers.waitMicros(nowMicros()) * 1_000;
      case STORE_FULL -> Math.max(outage.waitNanos(), FULL_NANOS_MIN);
      case STORE_DOWN -> outage.waitNanos();
      case STOPPED -> IDLE_NANOS_MAX;
    };
  }

  /// Makes the drain thread look again.
  public void wake() {
    inbox.wake();
  }

  /// One group: everything that has arrived, up to the bounds, and whatever is due.
  ///
  /// @return whether anything was done
  public boolean drain() {
    moreAtOnce = false;
    boolean writes =
        switch (outage.state()) {
          case WRITING -> true;
          case STORE_FULL -> outage.lookForSpace();
          case STORE_DOWN -> cameBack();
          case STOPPED -> false;
        };
    if (!writes) {
      refuseWaiting();
      return false;
    }
    sessions.handleSetAside();
    List<LogCommand> commands = nextCommands();
    Group group = new Group(head, Math.max(head.nowMicros(), nowMicros()), state.indexes);
    GroupEncoder.@Nullable Encoded encoded;
    try {
      decide(group, commands);
      encoded = group.isEmpty() ? null : encoder.encode(group);
    } catch (StoreException e) {
      group.takeBack();
      failed(e);
      refuse(commands, outage.problem());
      return true;
    } catch (RuntimeException e) {
      group.takeBack();
      removals.clear();
      isolate(commands, e);
      return true;
    }
    metrics.commands.add(commands.size());
    if (encoded == null) {
      deliver(group.afterCommit());
    } else {
      commit(group, encoded);
    }
    removeFinished();
    moreAtOnce |= !suspects.isEmpty();
    return !commands.isEmpty() || moreAtOnce;
  }

  /// Takes what has arrived. What executors say of themselves takes effect here.
  private List<LogCommand> nextCommands() {
    List<LogCommand> arrived =
        suspects.isEmpty()
            ? inbox.take(GROUP_COMMANDS_MAX, GROUP_BYTES_MAX)
            : List.of(suspects.removeFirst());
    boolean full = outage.state() == WriterHealth.State.STORE_FULL;
    List<LogCommand> commands = new ArrayList<>(arrived.size());
    for (LogCommand command : arrived) {
      if (command instanceof LogCommand.OfSession session) {
        sessions.handle(session);
      } else if (full && !endsAJob(command)) {
        refuse(List.of(command), outage.problem());
      } else {
        commands.add(command);
      }
    }
    return commands;
  }

  /// What a full store still takes: the ends of jobs, and what stores nothing.
  private static boolean endsAJob(LogCommand command) {
    return switch (command) {
      case LogCommand.Ask ask ->
          switch (ask.command()) {
            case JobCommand.Cancel _,
                JobCommand.Reject _,
                JobCommand.Complete _,
                JobCommand.CompleteRedacted _,
                JobCommand.CompleteQuarantined _,
                JobCommand.Release _,
                JobCommand.Quarantine _,
                JobCommand.Fail _ ->
                true;
            default -> false;
          };
      case LogCommand.OfSession _,
          LogCommand.RemoveFinished _,
          LogCommand.Recall _,
          LogCommand.Look _ ->
          true;
      case LogCommand.Submit _, LogCommand.Judge _, LogCommand.Note _ -> false;
    };
  }

  private void decide(Group group, List<LogCommand> commands) throws StoreException {
    asks.recall(commands, ports.log().archive());
    state.standing.notice(group.nextJobNo);
    JobLog.Known known = KnownLookup.of(commands, state.table, ports.log(), group.nowMicros);
    for (LogCommand command : commands) {
      handle(group, known, command);
    }
    if (outage.state() == WriterHealth.State.WRITING) {
      moreAtOnce = loader.handOver(group, state, follower);
      moreAtOnce |= timers.fire(group);
      moreAtOnce |= follower.tellChildren(group);
      moreAtOnce |= dispatcher.dispatch(group);
    } else {
      timers.fireDue(group);
    }
    Endings.addReceipts(group);
  }

  private void handle(Group group, JobLog.Known known, LogCommand command) {
    switch (command) {
      case LogCommand.Submit submit -> submits.handle(group, known, submit);
      case LogCommand.Ask ask -> asks.handle(group, known, ask);
      case LogCommand.Judge judge -> judges.handle(group, judge);
      case LogCommand.Recall recall -> SubmitHandler.recall(group, known, recall);
      case LogCommand.OfSession session -> sessions.handle(session);
      case LogCommand.RemoveFinished remove -> removals.add(remove);
      case LogCommand.Note note -> {
        for (Receipt receipt : note.receipts()) {
          group.receipt(receipt, 0);
        }
        for (DocumentChange document : note.documents()) {
          group.document(document);
        }
        group.tell(note.answer(), true);
      }
      case LogCommand.Look look -> {
        look.look().accept(new WriterView(state, group, ports.monotonic()));
        group.tell(look.answer(), true);
      }
    }
  }

  private void commit(Group group, GroupEncoder.Encoded encoded) {
    long begin = ports.monotonic().nanos();
    try {
      ports.log().commit(encoded.commit());
    } catch (StoreException e) {
      failed(e);
      if (e instanceof StoreException.Unavailable) {
        undecided = new Undecided(group, encoded);
      } else {
        group.takeBack();
        deliver(group.afterFailure(outage.problem()));
      }
      return;
    } catch (RuntimeException e) {
      stop("commit " + encoded.commit().after().position() + " was not taken", e);
      deliver(group.afterFailure(COMMIT_UNKNOWN));
      return;
    }
    metrics.commitNanos.add(ports.monotonic().nanos() - begin);
    publish(group, encoded);
  }

  private void publish(Group group, GroupEncoder.Encoded encoded) {
    head = encoded.commit().after();
    tree.accept(encoded.grown());
    edge = tree.edge(head);
    List<Tail.Appended> appended = new ArrayList<>(encoded.stored().size());
    int i = 0;
    for (Change change : group.changes()) {
      GroupEncoder.Stored stored = encoded.stored().get(i++);
      List<SequencedEvent> events = stored.document().sequenced();
      state.table.put(change.after);
      if (change.after.isFinished()) {
        state.payloads.take(change.after.jobNo());
        state.standing.forget(change.after.jobNo());
      }
      tail.append(change.after.jobNo(), events, stored.sizeBytes());
      appended.add(new Tail.Appended(change.after, events));
      metrics.count(change);
    }
    metrics.commits.increment();
    metrics.receipts.add(group.receipts.size());
    List<Runnable> after = group.afterCommit();
    after.add(() -> tail.wakeChanged(appended));
    deliver(after);
  }

  private void removeFinished() {
    for (LogCommand.RemoveFinished remove : removals) {
      try {
        int removed = ports.log().removeFinished(remove.endedBeforeMicros(), remove.limit());
        state.table.forgetFinished(remove.endedBeforeMicros());
        deliver(List.of(() -> remove.answer().done(removed)));
      } catch (StoreException e) {
        if (outage.state() != WriterHealth.State.STORE_DOWN) {
          failed(e);
        }
        refuse(List.of(remove), outage.problem());
      }
    }
    removals.clear();
  }

  private void failed(StoreException e) {
    metrics.failedCommits.increment();
    log.error("store failed position={}", head.position() + 1, e);
    outage.failed(e);
  }

  /// Connects anew and finds out what became of the commit that got no answer.
  ///
  /// @return whether groups can be written again
  private boolean cameBack() {
    LogHead stored = outage.reopen();
    if (stored != null) {
      settle(stored);
    }
    Undecided open = undecided;
    if (outage.state() == WriterHealth.State.STOPPED && open != null) {
      undecided = null;
      deliver(open.group().afterFailure(COMMIT_UNKNOWN));
    }
    if (stored == null || outage.state() == WriterHealth.State.STOPPED) {
      return false;
    }
    outage.over(stored);
    return true;
  }

  private void settle(LogHead stored) {
    Undecided open = undecided;
    if (open != null && stored.position() == open.encoded().commit().after().position()) {
      undecided = null;
      publish(open.group(), open.encoded());
    } else if (stored.position() != head.position()) {
      outage.stop(
          EngineProblems.STORE_DAMAGED,
          "store is at position " + stored.position() + " (expected: " + head.position() + ")");
    } else if (open != null) {
      undecided = null;
      open.group().takeBack();
      deliver(open.group().afterFailure(outage.problem()));
    }
  }

  /// A defect met these commands, or nothing was changed by them alone: each is tried in a group of
  /// its own, so that a poisonous one hurts nobody else. Without any command it is our own.
  private void isolate(List<LogCommand> commands, RuntimeException defect) {
    if (commands.isEmpty()) {
      stop("a group without commands could not be decided", defect);
    } else if (commands.size() == 1) {
      log.error("command refused because of a defect", defect);
      refuse(commands, EngineProblems.COMMAND_DEFECT.because("the call could not be decided"));
    } else {
      log.warn("a group met a defect, its {} commands are tried alone", commands.size(), defect);
      suspects.addAll(commands);
    }
    moreAtOnce = true;
  }

  private void stop(String what, RuntimeException defect) {
    log.error("the writer stops: {}", what, defect);
    outage.stop(EngineProblems.WRITER_STOPPED, what);
  }

  private void refuseWaiting() {
    List<LogCommand> waiting = new ArrayList<>(suspects);
    suspects.clear();
    waiting.addAll(inbox.take(Integer.MAX_VALUE, Integer.MAX_VALUE));
    boolean stopped = outage.state() == WriterHealth.State.STOPPED;
    List<LogCommand> refused = new ArrayList<>(waiting.size());
    for (LogCommand command : waiting) {
      if (command instanceof LogCommand.OfSession session && !stopped) {
        sessions.setAside(session);
      } else {
        refused.add(command);
      }
    }
    if (stopped) {
      refused.addAll(sessions.takeSetAside());
    }
    refuse(refused, outage.problem());
  }

  private void refuse(List<LogCommand> commands, Problem problem) {
    deliver(commands.stream().<Runnable>map(command -> () -> command.refuse(problem)).toList());
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

  private long nowMicros() {
    Instant now = ports.clock().instant();
    return Math.addExact(
        Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
  }
}
