package dev.reeve.service.driver;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceNoise;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.service.DeviceFacts;
import dev.reeve.service.DeviceSource;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.CircuitBreaker.Pass;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device that a driver drives, as it was seen last. It takes jobs only while its driver answers
/// and says that it is online; until then they wait. Safe on any thread; [#look] blocks.
public final class DriverDevice implements DeviceSource {
  /// Three failures in a row, then left alone for 5 s, then one try.
  private static final CircuitBreaker.Settings BREAKER =
      new CircuitBreaker.Settings(3, Duration.ofSeconds(5), 1, 1);

  private static final Logger log = LoggerFactory.getLogger(DriverDevice.class);
  private static final String BACKEND_TYPE = "qpu";

  /// @param report what the driver said last; empty before it said anything
  /// @param abilities what that comes to
  /// @param failure why the driver did not answer last; empty when it did
  private record Seen(Optional<DriverReport> report, DriverAbilities abilities, String failure) {
    static final Seen NOTHING =
        new Seen(
            Optional.empty(),
            new DriverAbilities(0, RunOptions.SHOTS_MAX, Optional.empty(), false, Set.of(), "", ""),
            "it has not answered yet");

    Seen failed(String why) {
      return new Seen(report, abilities, why);
    }
  }

  private final String id;
  private final String remoteId;
  private final int slots;
  private final DriverPort port;
  private final Executor blocking;
  private final Runnable ready;
  private final CircuitBreaker breaker;
  private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);
  private final AtomicReference<String> calibration = new AtomicReference<>("");
  private final AtomicBoolean looking = new AtomicBoolean();

  /// @param id what jobs call it
  /// @param remoteId what the driver calls it
  /// @param slots jobs that it runs side by side
  /// @param blocking runs what waits for the driver
  /// @param ready told when it takes jobs again
  public DriverDevice(
      String id,
      String remoteId,
      int slots,
      DriverPort port,
      Executor blocking,
      MonotonicClock clock,
      Runnable ready) {
    this.id = id;
    this.remoteId = remoteId;
    this.slots = slots;
    this.port = port;
    this.blocking = blocking;
    this.ready = ready;
    breaker = new CircuitBreaker(BREAKER, clock);
  }

  String id() {
    return id;
  }

  String remoteId() {
    return remoteId;
  }

  DriverPort port() {
    return port;
  }

  /// The device as the compiler sees it, with the figures that its driver stated; empty while it
  /// has no gates and couplings that we know of.
  public Optional<DeviceModel> model() {
    return abilities().model();
  }

  DriverAbilities abilities() {
    return seen.get().abilities();
  }

  /// Whether a job may go to it now.
  boolean takesJobs() {
    return standing() == DeviceStanding.ONLINE;
  }

  /// Asks the driver how the device stands, unless it is left alone or being asked. Blocks.
  public void look() {
    if (looking.getAndSet(true)) {
      return;
    }
    try {
      breaker.enter().ifPresent(this::look);
    } finally {
      looking.set(false);
    }
  }

  private void look(Pass pass) {
    boolean before = takesJobs();
    try {
      seen.set(asked());
      pass.succeeded();
    } catch (DriverException e) {
      failed(pass, e);
    } finally {
      pass.close();
    }
    if (takesJobs() != before) {
      log.info("device stands={} device={} {}", standing().word(), id, seen.get().failure());
    }
    if (!before && takesJobs()) {
      ready.run();
    }
  }

  private Seen asked() throws DriverException {
    DriverReport known =
        port.devices().stream()
            .filter(one -> one.id().equals(remoteId))
            .findFirst()
            .orElseThrow(() ->
                new DriverException(
                    DriverException.Kind.FAILED_PRECONDITION, "it knows no device " + remoteId));
    DriverReport now = port.status(remoteId);
    Map<String, String> facts = new TreeMap<>(now.facts());
    facts.putAll(known.facts());
    DriverReport report =
        new DriverReport(
            id,
            known.name(),
            known.backendType(),
            now.standing(),
            now.queueDepth(),
            now.estimatedWaitSeconds(),
            new TreeMap<>(facts));
    return new Seen(Optional.of(report), DriverAbilities.of(report), "");
  }

  /// A run was answered, with counts or with a refusal of the circuit.
  void answered(Pass pass) {
    pass.succeeded();
  }

  /// A call was not answered, or refused for reasons of the driver. Jobs wait until it answers
  /// again.
  void failed(Pass pass, DriverException failure) {
    if (failure.isOutage() || failure.kind() == DriverException.Kind.FAILED_PRECONDITION) {
      seen.updateAndGet(one -> one.failed(failure.kind() + ": " + failure.getMessage()));
    }
    if (failure.isOutage()) {
      pass.failed();
    } else {
      pass.succeeded();
    }
  }

  /// Lets a run in; empty while the driver is left alone.
  Optional<Pass> enter() {
    return breaker.enter();
  }

  /// What somebody should look at; empty when all is well.
  public String complaint() {
    Seen now = seen.get();
    String where = "device " + id + ", driver at " + port.address() + ": ";
    if (!now.failure().isEmpty()) {
      return where + now.failure();
    }
    return now.abilities().trouble().isEmpty() ? "" : where + now.abilities().trouble();
  }

  @Override
  public DeviceFacts facts() {
    Optional<DriverReport> report = seen.get().report();
    Map<String, String> capabilities = new TreeMap<>();
    report.ifPresent(said -> capabilities.putAll(said.facts()));
    capabilities.put("slots", Integer.toString(slots));
    if (!calibration.get().isEmpty()) {
      capabilities.put("calibration_ref", calibration.get());
    }
    return new DeviceFacts(
        id,
        report.map(DriverReport::name).filter(name -> !name.isEmpty()).orElse(id),
        report.map(DriverReport::backendType).filter(type -> !type.isEmpty()).orElse(BACKEND_TYPE),
        seen.get().abilities().shotsMax(),
        capabilities);
  }

  @Override
  public Optional<String> noise() {
    return seen.get().abilities().measured().map(DeviceNoise::text);
  }

  @Override
  public DeviceStanding standing() {
    Seen now = seen.get();
    if (!now.failure().isEmpty() || breaker.state() == CircuitBreaker.State.OPEN) {
      return DeviceStanding.OFFLINE;
    }
    return now.abilities().trouble().isEmpty()
        ? now.report().map(DriverReport::standing).orElse(DeviceStanding.OFFLINE)
        : DeviceStanding.ERROR;
  }

  @Override
  public Map<String, String> moment() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("driver", port.address());
    facts.put("driver_breaker", breaker.state().name());
    Seen now = seen.get();
    if (!now.failure().isEmpty()) {
      facts.put("driver_failure", now.failure());
    }
    now.report()
        .ifPresent(report -> {
          facts.put("driver_queue_depth", Integer.toString(report.queueDepth()));
          facts.put("driver_wait_seconds", Integer.toString(report.estimatedWaitSeconds()));
        });
    return facts;
  }

  @Override
  public CompletableFuture<String> calibrate(Map<String, String> options) {
    return CompletableFuture.supplyAsync(() -> calibrated(options), blocking);
  }

  private String calibrated(Map<String, String> options) {
    try (Pass pass =
        breaker
            .enter()
            .orElseThrow(() ->
                ServiceProblems.DEVICE_DRIVER_DOWN
                    .because(complaint())
                    .with("device_id", id)
                    .toException())) {
      try {
        String reference = port.calibrate(remoteId, options);
        pass.succeeded();
        calibration.set(reference);
        return reference;
      } catch (DriverException e) {
        failed(pass, e);
        throw DriverRefusals.of(id, e).toException();
      }
    }
  }
}
