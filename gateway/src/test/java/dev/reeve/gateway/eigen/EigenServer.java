package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceFacts;
import dev.reeve.service.DeviceSource;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.JobFilter;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.optimizer.MappingDesk;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.service.reservation.ReservedSlots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A server that speaks this dialect, with a device whose runs the test steers: a program that
/// begins with `hold` runs until [#release] or a cancel, `fail` fails, any other gives a Bell
/// result at once.
final class EigenServer implements AutoCloseable {
  static final String DEVICE = "sim:local";
  static final String RESULT =
      "{\"counts\":{\"00\":511,\"11\":513},\"metadata\":{\"bitstring_order\":"
          + "\"msb_first_by_classical_index\",\"shots\":\"1024\"}}";

  private static final String POLICY =
      """
      version: test-1
      default_decision: deny
      rules:
        - id: no-danger
          match:
            topics: ["job.quantum.*"]
            risk_tags: [danger]
          decision: deny
          reason: too dangerous
        - id: ask-first
          match:
            topics: ["job.quantum.*"]
            labels: {stage: prod}
          decision: require_approval
        - id: simulators
          match:
            topics: ["job.quantum.sim.*"]
          decision: allow
      """;

  private static final DeviceFacts FACTS =
      new DeviceFacts(
          DEVICE, "Local simulator", "simulator", 100_000, Map.of("qubits", "24", "ops", "h,cx"));

  static final int SLOTS = 4;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
  private final InstantSource clock = now::get;
  private final AtomicReference<@Nullable BuiltInExecutor> executor = new AtomicReference<>();
  private final AtomicReference<@Nullable DeviceReservations> reservations =
      new AtomicReference<>();
  private final DeviceSource source;
  private final GatewayFixture server;
  private final Semaphore held = new Semaphore(0);

  private EigenServer(InMemoryStore store, boolean withDevice, DeviceStanding standing) {
    source = standing == DeviceStanding.ONLINE ? FACTS : FACTS.set(standing);
    server = GatewayFixture.startOn(store, POLICY, (services, _) -> List.of(dialect(services)));
    if (withDevice) {
      executor.set(server.execute("sim", DeviceDesk.route(DEVICE), SLOTS, this::run));
    }
  }

  private Dialect dialect(GatewayServices services) {
    DeviceDesk desk = new DeviceDesk(List.of(source), services.writer());
    reservations.set(
        new DeviceReservations(
            desk,
            List.of(
                new ReservedSlots(
                    DEVICE,
                    SLOTS,
                    more -> Objects.requireNonNull(executor.get()).grant(more),
                    this::slot)),
            new ReservationFixture.InMemory(),
            services.writer(),
            clock));
    return EigenDialect.create(
        services,
        desk,
        Objects.requireNonNull(reservations.get()),
        new CircuitDesk(Runnable::run),
        KnowledgeFixture.empty(),
        new MappingDesk(Runnable::run, System::nanoTime));
  }

  private BuiltInExecutor slot(String name, String route) {
    return server.execute(name, route, 1, this::run);
  }

  /// Lets time pass for reservations, and looks after those that are over.
  void passForReservations(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    Objects.requireNonNull(reservations.get()).look();
  }

  static EigenServer start() {
    return startOn(new InMemoryStore(InstantSource.system()));
  }

  static EigenServer startOn(InMemoryStore store) {
    return new EigenServer(store, true, DeviceStanding.ONLINE);
  }

  /// Nobody executes: every job waits.
  static EigenServer withoutDevice() {
    return new EigenServer(new InMemoryStore(InstantSource.system()), false, DeviceStanding.ONLINE);
  }

  /// Somebody keeps the device from work.
  static EigenServer withDeviceSet(DeviceStanding standing) {
    return new EigenServer(new InMemoryStore(InstantSource.system()), false, standing);
  }

  EigenClient seed() {
    return new EigenClient(server.channel(), "eigen_api.v1");
  }

  EigenClient later() {
    return new EigenClient(server.channel(), "eigen.api.v1");
  }

  /// A client of any service on the public port.
  EigenClient open(String service) {
    return new EigenClient(server.channel(), service);
  }

  /// A client of an internal service.
  EigenClient internal(String service) {
    return new EigenClient(server.internalChannel(), service);
  }

  /// States of all the jobs there are, whoever submitted them.
  List<StateName> jobStates() {
    return server
        .services()
        .list()
        .list("default", JobFilter.ALL, Long.MAX_VALUE, 1_000)
        .jobs()
        .stream()
        .map(view -> view.job().state().name())
        .toList();
  }

  /// Every receipt on disk, in order.
  List<Receipt> receipts() {
    List<Receipt> receipts = new ArrayList<>();
    try {
      for (var row : server.archive().journal(0, 1_000)) {
        for (Bytes leaf : JournalDocument.read(row.bytes()).leaves()) {
          receipts.add(Leaf.read(leaf).receipt());
        }
      }
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
    return receipts;
  }

  /// Lets one held run go on.
  void release() {
    held.release();
  }

  private BuiltInExecutor.Outcome run(
      ExecutorSession.Assignment assignment, BuiltInExecutor.Run run) {
    String program = assignment.payload().utf8();
    run.progress(new Progress("EXECUTING", 250_000, "running"));
    if (program.startsWith("fail")) {
      return new BuiltInExecutor.Outcome.Failed("VALIDATION_FAILED", "source:1:1: no", false);
    }
    while (program.startsWith("hold") && !held.tryAcquire()) {
      if (run.isCancelled()) {
        return new BuiltInExecutor.Outcome.Stopped();
      }
      LockSupport.parkNanos(1_000_000);
    }
    String result =
        program.startsWith("computed")
            ? RESULT.replace("\"shots\"", "\"compiled_aqo\":\"none\",\"shots\"")
            : RESULT;
    return new BuiltInExecutor.Outcome.Done("application/json", Bytes.utf8(result));
  }

  @Override
  public void close() {
    server.close();
  }
}
