package dev.reeve.cli.worker;

import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DispatchProgress;
import dev.reeve.wire.reeve.v1.DispatchStarted;
import dev.reeve.wire.reeve.v1.WorkerCredit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The assignments that take a slot, and what is told to the server about them. A slot is free
/// again when the report was acknowledged, so that results waiting for the server are bounded too.
/// Belongs to the worker's thread.
final class Dispatches {
  /// At most one progress report for each run in this time; the newest wins.
  static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private final WorkerSettings settings;
  private final ProcessGroups groups;
  private final WorkerListener listener;
  private final Consumer<ConnectRequest> sender;
  private final Queue<WorkerSignal> inbox;
  private final Map<String, OpenDispatch> open = new LinkedHashMap<>();

  Dispatches(
      WorkerSettings settings,
      ProcessGroups groups,
      WorkerListener listener,
      Consumer<ConnectRequest> sender,
      Queue<WorkerSignal> inbox) {
    this.settings = settings;
    this.groups = groups;
    this.listener = listener;
    this.sender = sender;
    this.inbox = inbox;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  int size() {
    return open.size();
  }

  /// Those that the worker still holds to be its own.
  List<String> wantedIds() {
    return open.values().stream()
        .filter(dispatch -> !dispatch.isDropped())
        .map(OpenDispatch::dispatchId)
        .toList();
  }

  /// Runs the command for an assignment. One that comes twice is the same. False when there is no
  /// slot for it, which a server that minds the credit never brings about.
  boolean start(Assignment assignment) {
    String id = assignment.getDispatchId();
    if (open.containsKey(id)) {
      return true;
    }
    if (open.size() >= settings.concurrency()) {
      return false;
    }
    AtomicReference<@Nullable Progress> unsent = new AtomicReference<>();
    CommandRun run =
        new CommandRun(
            assignment,
            settings,
            groups,
            progress -> {
              if (unsent.getAndSet(progress) == null) {
                inbox.add(new WorkerSignal.Progressed(id));
              }
            });
    OpenDispatch dispatch = new OpenDispatch(assignment, run, unsent, System.nanoTime());
    open.put(id, dispatch);
    sender.accept(
        ConnectRequest.newBuilder()
            .setStarted(DispatchStarted.newBuilder().setDispatchId(id))
            .build());
    listener.started(dispatch.jobId(), dispatch.attempt());
    Thread.ofVirtual().name("run-" + id).start(() -> execute(id, run));
    return true;
  }

  private void execute(String id, CommandRun run) {
    RunOutcome outcome =
        new RunOutcome.Failed("WORKER_DEFECT", "the worker failed to run the command", false);
    try {
      outcome = run.execute();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inbox.add(new WorkerSignal.Ended(id, outcome));
    }
  }

  /// A run is over: reports it, or frees the slot of one that nobody wants.
  void ended(WorkerSignal.Ended ended, boolean connected, boolean mayTakeMore) {
    @Nullable OpenDispatch dispatch = open.get(ended.dispatchId());
    if (dispatch == null) {
      return;
    }
    listener.ended(
        dispatch.jobId(),
        dispatch.attempt(),
        ended.outcome().words(),
        Duration.ofNanos(System.nanoTime() - dispatch.startedNanos()));
    if (dispatch.isDropped()) {
      free(dispatch, mayTakeMore);
      return;
    }
    dispatch.end(ended.outcome());
    if (connected) {
      dispatch.nextReport().ifPresent(sender);
    }
  }

  /// The server has the report, or no use for it.
  void acknowledged(String id, boolean fenced, boolean mayTakeMore) {
    @Nullable OpenDispatch dispatch = open.get(id);
    if (dispatch == null || dispatch.isRunning()) {
      return;
    }
    if (fenced) {
      listener.dropped(dispatch.jobId(), "another attempt has taken over");
    }
    free(dispatch, mayTakeMore);
  }

  /// The server no longer wants it.
  void cancel(String id, String reason, boolean mayTakeMore) {
    @Nullable OpenDispatch dispatch = open.get(id);
    if (dispatch == null) {
      return;
    }
    listener.dropped(dispatch.jobId(), reason);
    drop(dispatch, mayTakeMore);
  }

  /// After a reconnect: stops what is no longer the worker's and repeats the reports of the rest.
  /// Grants nothing; see [#grantFreeSlots].
  void resume(Set<String> accepted) {
    for (OpenDispatch dispatch : List.copyOf(open.values())) {
      if (dispatch.isDropped()) {
        continue;
      }
      if (accepted.contains(dispatch.dispatchId())) {
        dispatch.nextReport().ifPresent(sender);
      } else {
        listener.dropped(dispatch.jobId(), "the lease ran out while the connection was away");
        drop(dispatch, false);
      }
    }
  }

  /// Credit for every slot that nothing takes; a new connection starts without any.
  void grantFreeSlots() {
    grant(settings.concurrency() - open.size());
  }

  void sendProgress(long nowNanos) {
    for (OpenDispatch dispatch : open.values()) {
      dispatch
          .progressAfter(PROGRESS_INTERVAL.toNanos(), nowNanos)
          .ifPresent(progress -> send(dispatch, progress));
    }
  }

  boolean hasUnsentProgress() {
    return open.values().stream().anyMatch(OpenDispatch::hasUnsentProgress);
  }

  /// Ends every run that is left, unreported: the server gives those jobs to others when the worker
  /// hangs up. Reports that wait for the server's word stay.
  void endRuns() {
    for (OpenDispatch dispatch : open.values()) {
      if (dispatch.isRunning()) {
        dispatch.drop();
      }
    }
  }

  private void send(OpenDispatch dispatch, Progress progress) {
    sender.accept(
        ConnectRequest.newBuilder()
            .setProgress(
                DispatchProgress.newBuilder()
                    .setDispatchId(dispatch.dispatchId())
                    .setFraction(progress.fraction())
                    .setMessage(progress.message()))
            .build());
  }

  private void drop(OpenDispatch dispatch, boolean mayTakeMore) {
    boolean running = dispatch.isRunning();
    dispatch.drop();
    if (!running) {
      free(dispatch, mayTakeMore);
    }
  }

  private void free(OpenDispatch dispatch, boolean mayTakeMore) {
    open.remove(dispatch.dispatchId());
    if (mayTakeMore) {
      grant(1);
    }
  }

  private void grant(int slots) {
    if (slots > 0) {
      sender.accept(
          ConnectRequest.newBuilder().setCredit(WorkerCredit.newBuilder().setAdd(slots)).build());
    }
  }
}
