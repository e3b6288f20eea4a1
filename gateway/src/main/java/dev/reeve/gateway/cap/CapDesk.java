package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.service.Futures;
import dev.reeve.service.PointerStore;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.wire.cordum.agent.v1.AlertSeverity;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The control plane's side of the protocol: listens on the subjects of the contract and hands each
/// packet, once it is readable and believed, to whoever handles its kind.
public final class CapDesk implements AutoCloseable {
  /// How we call ourselves on the bus.
  static final String SENDER = "cordum-scheduler";

  private static final String SYSTEM_STREAM = "CORDUM_SYS";

  /// The stream of what is said to and by the control plane, and must not be lost.
  public static final StreamSpec SYSTEM =
      StreamSpec.of(
          SYSTEM_STREAM,
          List.of(Subjects.SUBMIT, Subjects.RESULT, Subjects.DEAD, "sys.audit.export"));

  private static final String JOBS_STREAM = "CORDUM_JOBS";

  /// Not the ten minutes of the contract: what a control plane had in its hands when it died comes
  /// to another one soon.
  private static final Duration ACK_WAIT = Duration.ofMinutes(1);

  private static final int DELIVERIES_MAX = 100;
  private static final int PENDING_MAX = 2_048;

  /// A packet that cannot be read is looked at so often.
  private static final int FAULTY_DELIVERIES_MAX = 3;

  private static final Duration FAULTY_PAUSE = Duration.ofSeconds(5);

  private final Bus bus;
  private final GatewayServices services;
  private final CapWorkers workers;
  private final PacketTrust trust;
  private final Alerts alerts;
  private final CapSender sender;
  private final JobReports reports;
  private final PacketSubmits submits;
  private final PacketCancels cancels;
  private final JsonHandshake jsonHandshake;
  private final TrustHandshake trustHandshake;
  private final CapMetrics metrics = new CapMetrics();
  private final List<BusSubscription> subscriptions = new ArrayList<>();

  private CapDesk(
      Bus bus,
      BusCalls calls,
      GatewayServices services,
      CapWorkers workers,
      PointerStore pointers,
      CapSettings settings,
      RandomGenerator random) {
    this.bus = bus;
    this.services = services;
    this.workers = workers;
    WorkerSessions sessions = new WorkerSessions(random, workers.memory(), metrics);
    trust = new PacketTrust(settings.keys(), settings.sessions(), sessions, metrics);
    jsonHandshake = new JsonHandshake(sessions, settings.keys().areRequired());
    trustHandshake = new TrustHandshake(settings.keys(), sessions, random);
    sender = new CapSender(bus, services, workers, pointers, settings, metrics);
    alerts = sender.alerts();
    ContextResolver contexts = new ContextResolver(pointers, services.reader());
    submits = new PacketSubmits(calls, contexts, sender);
    Saga saga = new Saga(services, submits, sender);
    reports = new JobReports(workers, pointers, services, sender, saga);
    cancels = new PacketCancels(calls, services, sender.cancelWishes());
  }

  /// Listens from now on.
  ///
  /// @param calls the way in for what packets ask of us
  /// @param random cannot be guessed
  public static CapDesk start(
      Bus bus,
      BusCalls calls,
      GatewayServices services,
      CapWorkers workers,
      PointerStore pointers,
      CapSettings settings,
      RandomGenerator random) {
    CapDesk desk = new CapDesk(bus, calls, services, workers, pointers, settings, random);
    desk.listen(settings);
    return desk;
  }

  private void listen(CapSettings settings) {
    wish(SYSTEM);
    wish(StreamSpec.of(JOBS_STREAM, List.of("job.>", "worker.*.jobs")));
    consume(Subjects.SUBMIT, this::submitted);
    consume(Subjects.RESULT, this::reported);
    subscribe(SubscriptionSpec.of(Subjects.PROGRESS), this::progressed);
    subscribe(SubscriptionSpec.shared(Subjects.CANCEL, Subjects.QUEUE), this::cancelled);
    subscribe(SubscriptionSpec.of(Subjects.HEARTBEAT), this::beaten);
    subscribe(SubscriptionSpec.of(Subjects.HANDSHAKE), this::shaken);
    subscribe(SubscriptionSpec.of(Subjects.ALERT), this::alerted);
    answer(Subjects.CHALLENGE, message -> trustHandshake.challenge(message.bytes(), now()));
    answer(Subjects.AUTHENTICATE, this::authenticated);
    if (settings.sessions() != SessionMode.OFF) {
      for (String subject : List.of(Subjects.SESSION, Subjects.SESSION_RENEW)) {
        subscriptions.add(
            bus.subscribe(
                SubscriptionSpec.shared(subject, Subjects.QUEUE),
                message -> reply(message, jsonHandshake.answer(message.bytes(), now()))));
      }
    }
  }

  /// The bus keeps the wish; a refusal of the broker is told and leaves what needs no stream.
  private void wish(StreamSpec stream) {
    Futures.then(
        bus.ensureStream(stream),
        _ -> {},
        problem ->
            alerts.raise(
                ErrorCode.ERROR_CODE_TRANSPORT_SUBSCRIBE_FAILED,
                AlertSeverity.ALERT_SEVERITY_ERROR,
                "stream " + stream.name() + ": " + problem.message()));
  }

  private void consume(String subject, BiConsumer<Delivery, BusPacket> handler) {
    String durable = "dur_" + Subjects.QUEUE + "__" + subject.replace('.', '_');
    ConsumerSpec spec =
        ConsumerSpec.of(SYSTEM_STREAM, durable, subject)
            .withAckWait(ACK_WAIT)
            .withDeliveriesMax(DELIVERIES_MAX)
            .withAckPendingMax(PENDING_MAX);
    subscriptions.add(
        bus.consume(
            spec,
            delivery -> {
              switch (PacketCodec.read(delivery.message().bytes())) {
                case PacketReading.Faulty(PacketFault fault) -> {
                  tell(fault, subject);
                  putAside(delivery, fault);
                }
                case PacketReading.Read(BusPacket packet) -> handler.accept(delivery, packet);
              }
            }));
  }

  /// Looked at again a few times; a job that can be named is told of on the dead letter subject.
  private void putAside(Delivery delivery, PacketFault fault) {
    if (delivery.count() >= FAULTY_DELIVERIES_MAX) {
      PacketCodec.jobOf(delivery.message().bytes())
          .ifPresent(job -> submits.refused(delivery, job, fault));
      delivery.term();
    } else {
      delivery.nak(FAULTY_PAUSE);
    }
  }

  private void subscribe(SubscriptionSpec spec, Consumer<BusPacket> handler) {
    subscriptions.add(
        bus.subscribe(
            spec,
            message -> {
              switch (PacketCodec.read(message.bytes())) {
                case PacketReading.Faulty(PacketFault fault) -> tell(fault, spec.pattern());
                case PacketReading.Read(BusPacket packet) -> {
                  if (!packet.getSenderId().equals(SENDER)) {
                    handler.accept(packet);
                  }
                }
              }
            }));
  }

  private void answer(String subject, Function<BusMessage, TrustHandshake.Outcome> handler) {
    subscriptions.add(
        bus.subscribe(
            SubscriptionSpec.shared(subject, Subjects.QUEUE),
            message -> reply(message, Bytes.wrap(handler.apply(message).answer().toByteArray()))));
  }

  private void reply(BusMessage message, Bytes answer) {
    if (message.wantsReply()) {
      sender.publish(message.reply(answer));
    }
  }

  private void submitted(Delivery delivery, BusPacket packet) {
    metrics.jobsReceived.increment();
    Optional<PacketFault> fault =
        wrongPayload(packet, BusPacket.PayloadCase.JOB_REQUEST, Subjects.SUBMIT)
            .or(() -> trust.clientFault(packet, true, now()));
    if (fault.isPresent()) {
      tell(fault.get(), Subjects.SUBMIT);
      delivery.term();
      return;
    }
    services.blocking().execute(() -> submits.submit(delivery, packet));
  }

  private void reported(Delivery delivery, BusPacket packet) {
    Optional<PacketFault> fault =
        wrongPayload(packet, BusPacket.PayloadCase.JOB_RESULT, Subjects.RESULT)
            .or(() ->
                trust.workerFault(
                    packet,
                    packet.getJobResult().getWorkerId(),
                    packet.getAuthToken(),
                    true,
                    now()));
    if (fault.isPresent()) {
      tell(fault.get(), Subjects.RESULT);
      delivery.term();
      return;
    }
    reports.result(delivery, packet.getJobResult());
  }

  private void progressed(BusPacket packet) {
    if (packet.getPayloadCase() == BusPacket.PayloadCase.JOB_PROGRESS
        && isTrusted(packet, packet.getSenderId(), packet.getAuthToken(), Subjects.PROGRESS)) {
      reports.progress(packet.getSenderId(), packet.getJobProgress(), now());
    }
  }

  private void cancelled(BusPacket packet) {
    if (packet.getPayloadCase() != BusPacket.PayloadCase.JOB_CANCEL) {
      return;
    }
    Optional<PacketFault> fault = trust.clientFault(packet, false, now());
    metrics.cancelsReceived.increment();
    fault.ifPresentOrElse(
        wrong -> tell(wrong, Subjects.CANCEL),
        () -> services.blocking().execute(() -> cancels.cancel(packet)));
  }

  private void beaten(BusPacket packet) {
    if (packet.getPayloadCase() != BusPacket.PayloadCase.HEARTBEAT) {
      return;
    }
    metrics.heartbeats.increment();
    String own = packet.getHeartbeat().getAuthToken();
    String token = own.isEmpty() ? packet.getAuthToken() : own;
    String workerId = packet.getHeartbeat().getWorkerId();
    if (isTrusted(packet, workerId, token, Subjects.HEARTBEAT)) {
      workers
          .heartbeat(packet.getHeartbeat(), sender, now())
          .ifPresent(full -> tell(full, Subjects.HEARTBEAT));
    }
  }

  private void shaken(BusPacket packet) {
    if (packet.getPayloadCase() == BusPacket.PayloadCase.HANDSHAKE
        && isTrusted(
            packet,
            packet.getHandshake().getComponentId(),
            packet.getAuthToken(),
            Subjects.HANDSHAKE)) {
      introduced(packet.getHandshake());
    }
  }

  private void introduced(Handshake handshake) {
    metrics.handshakes.increment();
    switch (handshake.getRole()) {
      case COMPONENT_ROLE_WORKER, COMPONENT_ROLE_UNSPECIFIED ->
          workers
              .handshake(handshake, sender, now())
              .ifPresent(full -> tell(full, Subjects.HANDSHAKE));
      case COMPONENT_ROLE_GATEWAY,
          COMPONENT_ROLE_SCHEDULER,
          COMPONENT_ROLE_ORCHESTRATOR,
          COMPONENT_ROLE_CONTROLLER,
          UNRECOGNIZED -> {}
    }
  }

  private TrustHandshake.Outcome authenticated(BusMessage message) {
    TrustHandshake.Outcome outcome = trustHandshake.authenticate(message.bytes(), now());
    outcome.accepted().ifPresent(this::introduced);
    return outcome;
  }

  private void alerted(BusPacket packet) {
    if (packet.getPayloadCase() == BusPacket.PayloadCase.ALERT
        && trust.fault(packet, false, now()).isEmpty()) {
      metrics.alertsReceived.increment();
      alerts.heard(packet.getSenderId(), packet.getAlert());
    }
  }

  private boolean isTrusted(BusPacket packet, String workerId, String token, String subject) {
    Optional<PacketFault> fault = trust.workerFault(packet, workerId, token, false, now());
    fault.ifPresent(wrong -> tell(wrong, subject));
    return fault.isEmpty();
  }

  private static Optional<PacketFault> wrongPayload(
      BusPacket packet, BusPacket.PayloadCase expected, String subject) {
    return packet.getPayloadCase() == expected
        ? Optional.empty()
        : Optional.of(
            new PacketFault(
                ErrorCode.ERROR_CODE_PROTOCOL_UNKNOWN_PAYLOAD,
                subject + ": " + packet.getPayloadCase() + " (expected: " + expected + ")"));
  }

  private void tell(PacketFault fault, String subject) {
    metrics.packetsRefused.increment();
    alerts.raise(
        fault.code(), AlertSeverity.ALERT_SEVERITY_WARNING, subject + ": " + fault.message());
  }

  /// Lets go of silent workers and applies other pools. Called a few times a second.
  public void look() {
    sender.look();
    metrics.workersGone.add(workers.look(now()));
  }

  /// What jobs wait for, in one sentence for people; empty when for nothing.
  public String trouble() {
    return sender.trouble();
  }

  /// What was counted since the start, by name.
  public Map<String, Long> counts() {
    return metrics.counts();
  }

  private Instant now() {
    return services.clock().instant();
  }

  @Override
  public void close() {
    subscriptions.forEach(BusSubscription::close);
  }
}
