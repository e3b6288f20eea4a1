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
  private long handBackAtNanos;
  private boolean handedBack;

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

  /// Works until [#stop] was called and the open runs have ended or were handed back. Throws a
  /// [FailureException] when the server refuses the worker for good at its first registration.
  public void run() throws InterruptedException {
    try {
      while (!isDone()) {
        @Nullable WorkerSignal signal = inbox.poll(waitNanos(), TimeUnit.NANOSECONDS);
        if (signal != null) {
          handle(signal);
        }
        doWhatIsDue(System.nanoTime());
      }
      if (stream != null) {
        stream.finish();
      }
    } finally {
      dispatches.abandonAll();
    }
  }

  /// Takes no more work; runs may go on for `stopGrace`, then they are ended and handed back. Any
  /// thread; returns at once.
  public void stop() {
    inbox.add(new WorkerSignal.StopRequested());
  }

  private boolean isDone() {
    boolean tooLate =
        System.nanoTime() - handBackAtNanos > settings.killGrace().plus(LAST_WORDS).toNanos();
    return stopping && (dispatches.isEmpty() || (handedBack && tooLate));
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
    if (stopping) {
      dispatches.refuse(assignment);
    } else {
      dispatches.start(assignment);
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
      handBackAtNanos = System.nanoTime() + settings.stopGrace().toNanos();
      listener.stopping(dispatches.size());
    }
  }

  private void doWhatIsDue(long now) {
    if (stopping && !handedBack && now - handBackAtNanos >= 0) {
      handedBack = true;
      dispatches.handBackAll();
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
