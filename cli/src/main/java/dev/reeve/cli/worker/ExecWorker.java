package dev.reeve.cli.worker;

import dev.reeve.cli.client.Backoff;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.FailureException;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.AssignmentCancel;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchAck;
import dev.reeve.wire.reeve.v1.DispatchOutcome;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistered;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Serves topics with a command until it is told to stop. It reconnects for ever and takes its open
/// runs along: a run goes on while the connection is away, and its report is sent until the server
/// has acknowledged it.
///
/// [#run] is the worker's thread and does everything; other threads only leave signals, of which
/// there are never more than a few for each open run.
public final class ExecWorker {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration REGISTER_MAX = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT_MAX = Duration.ofSeconds(10);

  /// A connection that held so long was a good one: the next wait is short again.
  private static final Duration STABLE = Duration.ofSeconds(5);

  /// How long the last reports may take after the runs have ended.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /// The server cannot be asked to change its mind about these by asking again.
  private static final Set<Status.Code> HOPELESS =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.UNAUTHENTICATED,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNIMPLEMENTED);

  private final WorkerSettings settings;
  private final Connection connection;
  private final WorkerListener listener;
  private final BlockingQueue<WorkerSignal> inbox = new LinkedBlockingQueue<>();
  private final Dispatches dispatches;
  private final Backoff backoff;

  private @Nullable WorkerStream stream;
  private boolean registered;
  private boolean everRegistered;
  private boolean draining;
  private boolean stopping;
  private long connectAtNanos = System.nanoTime();
  private long registerByNanos;
  private long registeredAtNanos;
  private long heartbeatAtNanos;
  private long heartbeatNanos = HEARTBEAT_MAX.toNanos();
  private long endRunsAtNanos;
  private boolean endedRuns;

  public ExecWorker(
      WorkerSettings settings,
      Connection connection,
      WorkerListener listener,
      RandomGenerator random) {
    this.settings = settings;
    this.connection = connection;
    this.listener = listener;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    this.dispatches =
        new Dispatches(
            settings, ProcessGroups.find(settings.environment()), listener, this::send, inbox);
  }

  /// Works until [#stop] was called and the open runs have ended or went back to the server. Throws
  /// a [FailureException] when the server refuses the worker for good at its first registration.
  public void run() throws InterruptedException {
    try {
      while (!isDone()) {
        @Nullable WorkerSignal signal = inbox.poll(waitNanos(), TimeUnit.NANOSECONDS);
        if (signal != null) {
          handle(signal);
        }
        doWhatIsDue(System.nanoTime());
      }
      sayGoodbye();
    } finally {
      dispatches.endRuns();
    }
  }

  /// Ends the conversation in order, so that the server gives what is still open to others at once,
  /// at no cost of an attempt; waits until the server has ended it too.
  private void sayGoodbye() throws InterruptedException {
    if (stream == null || !registered) {
      return;
    }
    stream.finish();
    long until = System.nanoTime() + LAST_WORDS.toNanos();
    while (stream != null && System.nanoTime() - until < 0) {
      @Nullable WorkerSignal signal = inbox.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (signal instanceof WorkerSignal.Closed closed && closed.stream() == stream) {
        stream = null;
      } else if (signal instanceof WorkerSignal.Received received && received.stream() == stream) {
        received.stream().askForNext();
      }
    }
  }

  /// Takes no more work; runs may go on for `stopGrace`, then they are ended and go back to the
  /// server. Any thread; returns at once.
  public void stop() {
    inbox.add(new WorkerSignal.StopRequested());
  }

  private boolean isDone() {
    boolean tooLate =
        System.nanoTime() - endRunsAtNanos > settings.killGrace().plus(LAST_WORDS).toNanos();
    return stopping && (dispatches.isEmpty() || (endedRuns && tooLate));
  }

  private void handle(WorkerSignal signal) {
    switch (signal) {
      case WorkerSignal.Received received when received.stream() == stream -> {
        take(received.message());
        received.stream().askForNext();
      }
      case WorkerSignal.Closed closed when closed.stream() == stream -> lost(closed.thrown());
      case WorkerSignal.Received _, WorkerSignal.Closed _ -> {
        // Of a conversation that was given up.
      }
      case WorkerSignal.Progressed _ -> {
        // Sent when it is due.
      }
      case WorkerSignal.Ended ended -> dispatches.ended(ended, registered, mayTakeMore());
      case WorkerSignal.StopRequested _ -> beginToStop();
    }
  }

  private void take(ConnectResponse message) {
    switch (message.getMessageCase()) {
      case REGISTERED -> registered(message.getRegistered());
      case ASSIGNMENT -> assign(message.getAssignment());
      case CANCEL -> cancel(message.getCancel());
      case ACK -> acknowledged(message.getAck());
      case DRAIN -> {
        draining = true;
        listener.draining(message.getDrain().getReason());
      }
      case MESSAGE_NOT_SET -> {
        // A newer server says something that this program does not know.
      }
    }
  }

  private void registered(WorkerRegistered message) {
    registered = true;
    everRegistered = true;
    draining = false;
    registeredAtNanos = System.nanoTime();
    Duration asked =
        Duration.ofSeconds(
            message.getHeartbeatInterval().getSeconds(), message.getHeartbeatInterval().getNanos());
    // Half the longest pause: one beat may be late.
    long half = asked.toNanos() / 2;
    heartbeatNanos = half > 0 ? Math.min(half, HEARTBEAT_MAX.toNanos()) : HEARTBEAT_MAX.toNanos();
    heartbeatAtNanos = registeredAtNanos + heartbeatNanos;
    listener.connected(message.getSessionId());
    dispatches.resume(Set.copyOf(message.getAcceptedDispatchIdsList()));
    if (!stopping) {
      dispatches.grantFreeSlots();
    }
  }

  private void assign(Assignment assignment) {
    // While stopping it stays unrun and goes back when the conversation ends in order: to report it
    // as failed would cost the job an attempt.
    if (!stopping && !dispatches.start(assignment) && stream != null) {
      giveUp(stream, "the server assigned more than it was granted");
    }
  }

  private void cancel(AssignmentCancel cancel) {
    dispatches.cancel(cancel.getDispatchId(), cancel.getReason(), mayTakeMore());
  }

  private void acknowledged(DispatchAck ack) {
    boolean fenced = ack.getOutcome() == DispatchOutcome.DISPATCH_OUTCOME_FENCED;
    dispatches.acknowledged(ack.getDispatchId(), fenced, mayTakeMore());
  }

  private boolean mayTakeMore() {
    return registered && !draining && !stopping;
  }

  private void beginToStop() {
    if (!stopping) {
      stopping = true;
      endRunsAtNanos = System.nanoTime() + settings.stopGrace().toNanos();
      listener.stopping(dispatches.size());
    }
  }

  private void doWhatIsDue(long now) {
    if (stopping && !endedRuns && now - endRunsAtNanos >= 0) {
      endedRuns = true;
      dispatches.endRuns();
    }
    if (stream == null) {
      if (now - connectAtNanos >= 0 && !isDone()) {
        connect(now);
      }
    } else if (!registered) {
      if (now - registerByNanos >= 0) {
        giveUp(stream, "no answer to the registration");
      }
    } else {
      converse(stream, now);
    }
  }

  private void converse(WorkerStream open, long now) {
    if (now - heartbeatAtNanos >= 0) {
      heartbeatAtNanos = now + heartbeatNanos;
      send(
          ConnectRequest.newBuilder()
              .setHeartbeat(WorkerHeartbeat.newBuilder().addAllDispatchIds(dispatches.wantedIds()))
              .build());
    }
    dispatches.sendProgress(now);
    if (draining && dispatches.isEmpty()) {
      open.finish();
      lost(Optional.empty());
    }
  }

  private void connect(long now) {
    connection.tryNow();
    registerByNanos = now + REGISTER_MAX.toNanos();
    stream = WorkerStream.open(connection.channel(), inbox::add);
    stream.send(
        ConnectRequest.newBuilder()
            .setRegister(
                WorkerRegistration.newBuilder()
                    .setWorkerId(settings.workerId())
                    .addAllTopics(settings.topics())
                    .setMaxParallel(settings.concurrency())
                    .putAllLabels(settings.labels())
                    .addAllResumeDispatchIds(dispatches.wantedIds())
                    .setName("reeve worker")
                    .setVersion(settings.version())
                    .addAllCapabilities(settings.capabilities()))
            .build());
  }

  private void giveUp(WorkerStream open, String reason) {
    open.abandon(reason);
    lost(Optional.of(Status.UNAVAILABLE.withDescription(reason).asRuntimeException()));
  }

  private void lost(Optional<StatusRuntimeException> thrown) {
    stream = null;
    if (!everRegistered && thrown.isPresent() && isHopeless(thrown.get())) {
      throw connection.decode(thrown.get()).toException();
    }
    boolean wasStable = registered && System.nanoTime() - registeredAtNanos >= STABLE.toNanos();
    registered = false;
    if (wasStable) {
      backoff.reset();
    }
    Duration wait = backoff.next();
    connectAtNanos = System.nanoTime() + wait.toNanos();
    if (!(stopping && dispatches.isEmpty())) {
      listener.disconnected(reason(thrown), wait);
    }
  }

  private static boolean isHopeless(StatusRuntimeException thrown) {
    return HOPELESS.contains(thrown.getStatus().getCode());
  }

  private String reason(Optional<StatusRuntimeException> thrown) {
    return thrown
        .map(refusal -> connection.decode(refusal).message())
        .orElse("the server ended the conversation");
  }

  private void send(ConnectRequest message) {
    if (stream != null) {
      stream.send(message);
    }
  }

  /// Until something is due.
  private long waitNanos() {
    long now = System.nanoTime();
    long wait = HEARTBEAT_MAX.toNanos();
    if (stream == null) {
      wait = Math.min(wait, connectAtNanos - now);
    } else if (!registered) {
      wait = Math.min(wait, registerByNanos - now);
    } else {
      wait = Math.min(wait, heartbeatAtNanos - now);
    }
    if (dispatches.hasUnsentProgress()) {
      wait = Math.min(wait, Dispatches.PROGRESS_INTERVAL.toNanos());
    }
    if (stopping) {
      wait = Math.min(wait, Math.max(Dispatches.PROGRESS_INTERVAL.toNanos(), 1));
    }
    return Math.max(wait, 0);
  }
}
