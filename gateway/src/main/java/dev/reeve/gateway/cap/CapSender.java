package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.TraceIds;
import dev.reeve.job.JobSpec;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.PointerStore;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.wire.cordum.agent.v1.AlertSeverity;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobCancel;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.SystemAlert;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What we send on the bus, signed where we have a key. Safe on any thread; nothing blocks.
final class CapSender implements CapPorts {
  private static final Logger log = LoggerFactory.getLogger(CapSender.class);
  private static final String NOT_DELIVERED = "PUBLISH_FAILED";

  /// Nobody writes this key: asking for it shows whether the store answers.
  private static final String NO_KEY = "reeve:is-there";

  /// Of one message; others go through.
  private static final Set<ProblemCode> OF_THE_MESSAGE =
      Set.of(
          BusProblems.BUS_MESSAGE_TOO_LARGE,
          BusProblems.BUS_SUBJECT_INVALID,
          BusProblems.BUS_HEADER_INVALID);

  private final Bus bus;
  private final GatewayServices services;
  private final CapWorkers workers;
  private final PointerStore pointers;
  private final CapSettings settings;
  private final Alerts alerts;
  private final CapMetrics metrics;
  private final CancelWishes cancelWishes = new CancelWishes();
  private final SendPause pause = new SendPause(System::nanoTime);
  private volatile boolean connected;

  CapSender(
      Bus bus,
      GatewayServices services,
      CapWorkers workers,
      PointerStore pointers,
      CapSettings settings,
      CapMetrics metrics) {
    this.metrics = metrics;
    this.bus = bus;
    this.services = services;
    this.workers = workers;
    this.pointers = pointers;
    this.settings = settings;
    alerts = new Alerts(this::alert, System::nanoTime);
    connected = bus.health().isConnected();
  }

  CancelWishes cancelWishes() {
    return cancelWishes;
  }

  CapMetrics metrics() {
    return metrics;
  }

  Alerts alerts() {
    return alerts;
  }

  /// Looks whether messages go through; workers that waited for it get jobs.
  void look() {
    boolean before = connected;
    connected = bus.health().isConnected();
    if (connected && !before) {
      wake();
    }
    if (pause.looks()) {
      if (pointers.isShared()) {
        services.blocking().execute(this::lookAtPointers);
      } else {
        mended();
      }
    }
  }

  private void lookAtPointers() {
    try {
      Optional<Bytes> _ = pointers.get(Caller.TENANT_DEFAULT, NO_KEY);
      mended();
    } catch (ProblemException e) {
      pause.failed(waiting(e.problem()));
    }
  }

  private void mended() {
    pause.mended();
    wake();
  }

  private static String waiting(Problem problem) {
    return "jobs of CAP workers wait: " + problem.message();
  }

  /// What jobs wait for, in one sentence for people; empty when for nothing.
  String trouble() {
    return pause.trouble();
  }

  @Override
  public WorkerDesk desk() {
    return services.workers();
  }

  @Override
  public WorkerPools pools() {
    return workers.pools();
  }

  @Override
  public boolean readinessRequired() {
    return settings.readinessRequired();
  }

  @Override
  public boolean isConnected() {
    return connected && pause.isOpen();
  }

  @Override
  public long connects() {
    return bus.connects();
  }

  @Override
  public void wake() {
    services.writer().wake();
  }

  @Override
  public void counted(boolean wasAccepted) {
    if (!wasAccepted) {
      metrics.resultsFenced.increment();
    }
  }

  @Override
  public void send(CapWorker worker, ExecutorSession.Assignment assignment) {
    boolean takesLong = pointers.isShared() || assignment.payload().size() > BlobStore.ROW_SIZE_MAX;
    if (takesLong) {
      services.blocking().execute(() -> hand(worker, assignment));
    } else {
      hand(worker, assignment);
    }
  }

  /// The input lies where the worker looks for it before the worker is told.
  private void hand(CapWorker worker, ExecutorSession.Assignment assignment) {
    try {
      JobSpec spec = assignment.admission().spec();
      Bytes context = ContextBytes.of(spec, assignment.payload());
      if (pointers.isShared()) {
        pointers.put(spec.key().tenant(), Pointers.CONTEXT + spec.key().jobId(), context);
      }
      if (!worker.holds(assignment.dispatch())) {
        return;
      }
      BusPacket packet =
          signed(
              envelope(spec.origin().traceId())
                  .setJobRequest(JobPackets.request(assignment, worker.id(), context)));
      Futures.then(
          bus.publishDurably(
              BusMessage.of(Subjects.jobsOf(worker.id()), Bytes.wrap(packet.toByteArray())),
              "jobreq:" + spec.key().jobId() + ":" + assignment.dispatch()),
          _ -> metrics.jobsDispatched.increment(),
          problem -> notSent(worker, assignment, problem));
    } catch (ProblemException e) {
      notSent(worker, assignment, e.problem());
    }
  }

  private void notSent(CapWorker worker, ExecutorSession.Assignment assignment, Problem problem) {
    if (problem.code().equals(BusProblems.BUS_ANSWER_FOREIGN)) {
      // The worker acknowledges the packet as one of a stream: it has the job.
      metrics.jobsDispatched.increment();
      return;
    }
    metrics.jobsNotSent.increment();
    alerts.raise(
        ErrorCode.ERROR_CODE_TRANSPORT_PUBLISH_FAILED,
        AlertSeverity.ALERT_SEVERITY_ERROR,
        "job " + assignment.job().key().jobId() + " not sent: " + problem.message());
    connected = bus.health().isConnected();
    if (connected && !OF_THE_MESSAGE.contains(problem.code())) {
      pause.failed(waiting(problem));
    }
    worker.giveBack(assignment.dispatch(), NOT_DELIVERED);
  }

  @Override
  public void cancel(JobCancel cancel) {
    metrics.cancelsSent.increment();
    String by = cancelWishes.take(cancel.getJobId(), cancel.getRequestedBy());
    publish(Subjects.CANCEL, envelope("").setJobCancel(cancel.toBuilder().setRequestedBy(by)));
  }

  /// Tells on the dead letter subject that a job of a packet was not taken, or has failed for good.
  void dead(String traceId, JobResult result, String messageId) {
    BusPacket packet = signed(envelope(traceId).setJobResult(result));
    Futures.then(
        bus.publishDurably(
            BusMessage.of(Subjects.DEAD, Bytes.wrap(packet.toByteArray())), messageId),
        _ -> {},
        problem ->
            log.warn(
                "dead letter not published job_id={} reason={}",
                result.getJobId(),
                problem.reason()));
  }

  private void alert(SystemAlert alert) {
    metrics.alertsSent.increment();
    publish(Subjects.ALERT, envelope("").setAlert(alert));
  }

  private void publish(String subject, BusPacket.Builder packet) {
    publish(BusMessage.of(subject, Bytes.wrap(signed(packet).toByteArray())));
  }

  /// Sends at most once: what nobody hears is heard of by other ways.
  void publish(BusMessage message) {
    try {
      bus.publish(message);
    } catch (ProblemException e) {
      log.debug("not published subject={} reason={}", message.subject(), e.problem().reason());
    }
  }

  /// With the trace id as the submitter of the job was told it.
  private BusPacket.Builder envelope(String traceId) {
    String trace = traceId.isBlank() ? UUID.randomUUID().toString() : TraceIds.uuidText(traceId);
    return PacketCodec.envelope(CapDesk.SENDER, trace, services.clock().instant());
  }

  private BusPacket signed(BusPacket.Builder packet) {
    Optional<PrivateKey> own = settings.keys().own();
    return own.isPresent() ? PacketSigner.sign(packet.build(), own.get()) : packet.build();
  }
}
