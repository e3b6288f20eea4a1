package dev.reeve.gateway.reeve;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Offer;
import dev.reeve.engine.Writer;
import dev.reeve.job.DispatchId;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.WorkerChannel;
import dev.reeve.service.WorkerDesk;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.DispatchProgress;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker's conversation: reads its messages in order, writes through its outbox. The inbound
/// side runs on the thread of the call, the outbound side on any; neither blocks.
final class WorkerConnection implements StreamObserver<ConnectRequest>, WorkerChannel {
  private static final Logger log = LoggerFactory.getLogger(WorkerConnection.class);
  private static final String OCTETS = "application/octet-stream";

  private final WorkerDesk desk;
  private final Writer writer;
  private final WorkerRoster roster;
  private final WorkerOutbox outbox;
  private final String sessionId;
  private final Duration lease;
  private final long nowMicros;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean draining = new AtomicBoolean();
  private WorkerDesk.@Nullable Session session;
  private volatile WorkerRoster.@Nullable Entry entry;

  /// @param sessionId name of this connection
  /// @param nowMicros when it was made
  WorkerConnection(
      WorkerDesk desk,
      Writer writer,
      WorkerRoster roster,
      WorkerOutbox outbox,
      String sessionId,
      Duration lease,
      long nowMicros) {
    this.desk = desk;
    this.writer = writer;
    this.roster = roster;
    this.outbox = outbox;
    this.sessionId = sessionId;
    this.lease = lease;
    this.nowMicros = nowMicros;
  }

  @Override
  public void onNext(ConnectRequest message) {
    if (ended.get()) {
      return;
    }
    try {
      handle(message);
    } catch (ProblemException e) {
      end(e.problem());
      return;
    }
    outbox.handled();
  }

  private void handle(ConnectRequest message) {
    if (message.getMessageCase() == ConnectRequest.MessageCase.REGISTER) {
      register(message.getRegister());
      return;
    }
    WorkerDesk.Session open = session;
    if (open == null) {
      throw protocol(message.getMessageCase() + " came first (expected: register)");
    }
    switch (message.getMessageCase()) {
      case CREDIT -> open.credit(WorkerDecoder.credit(message.getCredit().getAdd()));
      case HEARTBEAT -> heartbeat(open, message.getHeartbeat());
      case STARTED ->
          open.started(
              WorkerDecoder.dispatch("started.dispatch_id", message.getStarted().getDispatchId()));
      case PROGRESS -> progress(open, message.getProgress());
      case COMPLETE -> complete(open, message.getComplete());
      case FAIL -> fail(open, message.getFail());
      case REGISTER, MESSAGE_NOT_SET ->
          throw protocol("message: empty (expected: one of the known messages)");
    }
  }

  private void register(WorkerRegistration message) {
    if (session != null) {
      throw protocol("register came twice (expected: once, first)");
    }
    List<DispatchId> resumed = WorkerDecoder.registration(message);
    WorkerRoster.Entry mine =
        new WorkerRoster.Entry(
            message.getWorkerId(),
            message.getName(),
            message.getVersion(),
            message.getTopicsList(),
            message.getLabelsMap(),
            message.getCapabilitiesList(),
            message.getMaxParallel(),
            sessionId,
            nowMicros,
            this);
    entry = mine;
    session =
        desk.register(
            message.getWorkerId(),
            new HashSet<>(message.getTopicsList()),
            message.getMaxParallel(),
            resumed,
            this);
  }

  private void heartbeat(WorkerDesk.Session open, WorkerHeartbeat message) {
    for (DispatchId dispatch : WorkerDecoder.heartbeat(message)) {
      if (!open.holds(dispatch)) {
        cancel(dispatch, "NOT_YOURS");
      }
    }
    open.heartbeat();
  }

  /// Progress that cannot be taken is left out: other jobs run over the same connection.
  private static void progress(WorkerDesk.Session open, DispatchProgress message) {
    DispatchId dispatch = WorkerDecoder.dispatch("progress.dispatch_id", message.getDispatchId());
    try {
      open.progressed(dispatch, WorkerDecoder.progress(message));
    } catch (ProblemException e) {
      log.warn(
          "progress left out worker={} dispatch={} reason={}",
          open.workerId(),
          message.getDispatchId(),
          e.problem().message());
    }
  }

  private static void complete(WorkerDesk.Session open, DispatchComplete message) {
    DispatchId dispatch = WorkerDecoder.dispatch("complete.dispatch_id", message.getDispatchId());
    WorkerDecoder.complete(message);
    open.completed(
        dispatch,
        message.getContentType().isEmpty() ? OCTETS : message.getContentType(),
        Bytes.wrap(message.getResult().toByteArray()));
  }

  private static void fail(WorkerDesk.Session open, DispatchFail message) {
    DispatchId dispatch = WorkerDecoder.dispatch("fail.dispatch_id", message.getDispatchId());
    long retryAfterMicros;
    try {
      retryAfterMicros = WorkerDecoder.fail(message);
    } catch (ProblemException e) {
      open.failed(dispatch, e.problem().reason(), e.problem().message(), message.getRetryable(), 0);
      return;
    }
    open.failed(
        dispatch,
        message.getCode(),
        message.getMessage(),
        message.getRetryable(),
        retryAfterMicros);
  }

  private static ProblemException protocol(String message) {
    return ServiceProblems.WORKER_PROTOCOL.because(message).toException();
  }

  /// The worker said goodbye: what it holds goes to others at once, and the stream ends after the
  /// answers to what it reported before.
  @Override
  public void onCompleted() {
    if (ended.getAndSet(true)) {
      return;
    }
    leave(true);
    writer.offer(
        new LogCommand.Look(
            _ -> {},
            new Answer<>() {
              @Override
              public void done(Boolean looked) {
                outbox.complete();
              }

              @Override
              public void refused(Problem problem) {
                outbox.complete();
              }
            }));
  }

  /// The connection broke: what the worker holds waits for it until the lease ends.
  @Override
  public void onError(Throwable broken) {
    outbox.abandon();
    if (!ended.getAndSet(true)) {
      leave(false);
    }
  }

  @Override
  public void registered(List<DispatchId> kept) {
    WorkerRoster.Entry mine = entry;
    if (mine != null && !ended.get()) {
      roster.add(mine);
      if (ended.get()) {
        roster.remove(mine);
      }
    }
    outbox.sendRegistered(WorkerEncoder.registered(sessionId, lease, kept));
  }

  @Override
  public void assign(ExecutorSession.Assignment assignment) {
    outbox.send(WorkerEncoder.assignment(assignment));
  }

  /// What the registration says; one that says nothing of capabilities takes what nobody declares.
  @Override
  public Offer offer() {
    WorkerRoster.Entry mine = entry;
    return mine == null
        ? Offer.ANYTHING
        : new Offer(
            Set.copyOf(mine.capabilities()),
            !mine.capabilities().isEmpty(),
            mine.labels(),
            false,
            "");
  }

  @Override
  public boolean takesMore() {
    return outbox.takesMore();
  }

  @Override
  public void cancel(DispatchId dispatch, String reason) {
    outbox.send(WorkerEncoder.cancel(dispatch, reason));
  }

  @Override
  public void acknowledge(DispatchId dispatch, boolean accepted) {
    outbox.send(WorkerEncoder.acknowledgement(dispatch, accepted));
  }

  @Override
  public void refused(Problem problem) {
    end(problem);
  }

  @Override
  public void replaced() {
    end(
        ServiceProblems.WORKER_REPLACED.because(
            "worker_id: another connection registered it (expected: one at a time)"));
  }

  /// No further assignments will come. At most once.
  void drain(String reason) {
    if (!draining.getAndSet(true)) {
      outbox.send(WorkerEncoder.drain(reason));
    }
  }

  boolean isDraining() {
    return draining.get();
  }

  private void end(Problem problem) {
    outbox.fail(problem);
    if (!ended.getAndSet(true)) {
      leave(false);
    }
  }

  private void leave(boolean inOrder) {
    WorkerDesk.Session open = session;
    if (open != null) {
      open.disconnected(inOrder);
    }
    WorkerRoster.Entry mine = entry;
    if (mine != null) {
      roster.remove(mine);
    }
  }
}
