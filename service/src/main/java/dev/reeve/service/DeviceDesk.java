package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterView;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The devices that jobs may target, and how they stand. Safe on any thread; never blocks.
public final class DeviceDesk {
  private static final String ROUTE_PREFIX = "device/";
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final SortedMap<String, DeviceSource> devices = new TreeMap<>();
  private final Map<String, DeviceRunTimes> runTimes = new HashMap<>();
  private final Writer writer;

  /// @param devices all there are; their ids differ
  public DeviceDesk(List<? extends DeviceSource> devices, Writer writer) {
    for (DeviceSource device : devices) {
      String id = device.facts().id();
      this.devices.put(id, device);
      runTimes.put(id, new DeviceRunTimes());
    }
    this.writer = writer;
  }

  /// The queue that a device's executors serve.
  public static String route(String deviceId) {
    return ROUTE_PREFIX + NoisySimulators.base(deviceId);
  }

  /// The queue of a device's slot that is reserved.
  public static String route(String deviceId, String reservationId) {
    return route(deviceId) + "/" + reservationId;
  }

  /// The device of a queue; the queue's own name when it is not one of a device.
  public static String deviceOf(String route) {
    if (!route.startsWith(ROUTE_PREFIX)) {
      return route;
    }
    int end = route.indexOf('/', ROUTE_PREFIX.length());
    return route.substring(ROUTE_PREFIX.length(), end < 0 ? route.length() : end);
  }

  /// Where the executor of a device reports how long its runs took.
  public DeviceRunTimes runTimes(String deviceId) {
    return runTimes.getOrDefault(NoisySimulators.base(deviceId), new DeviceRunTimes());
  }

  /// Most shots of one run on a device.
  ///
  /// @param field name of the request field that holds the id
  /// @throws dev.reeve.base.ProblemException `DEVICE_UNKNOWN`
  public int shotsMax(String field, String deviceId) {
    return device(field, deviceId).shotsMax();
  }

  /// Devices of a backend type as they stand now, sorted by id; an empty type means all.
  public CompletableFuture<List<DeviceView>> list(String backendType) {
    return look(view -> {
      List<DeviceView> found = new ArrayList<>();
      for (DeviceSource device : devices.values()) {
        if (backendType.isEmpty() || device.facts().backendType().equals(backendType)) {
          found.add(now(device, device.facts(), view));
        }
      }
      return found;
    });
  }

  /// Devices that take no work by what they or the configuration say, and how they stand.
  public Map<String, String> idle() {
    Map<String, String> idle = new TreeMap<>();
    devices.forEach((id, device) -> {
      DeviceStanding standing = device.standing();
      if (standing != DeviceStanding.ONLINE) {
        idle.put(id, standing.word());
      }
    });
    return idle;
  }

  /// A device as it stands now; fails with `DEVICE_UNKNOWN`.
  ///
  /// @param field name of the request field that holds the id
  public CompletableFuture<DeviceView> find(String field, String deviceId) {
    try {
      DeviceFacts facts = device(field, deviceId);
      DeviceSource source = devices.getOrDefault(NoisySimulators.base(deviceId), facts);
      return look(view -> now(source, facts, view));
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /// Has a device measure itself, as [DeviceSource#calibrate] says; fails with `DEVICE_UNKNOWN`.
  ///
  /// @param field name of the request field that holds the id
  public CompletableFuture<String> calibrate(
      String field, String deviceId, Map<String, String> options) {
    DeviceSource source = devices.get(NoisySimulators.base(deviceId));
    return source == null
        ? CompletableFuture.failedFuture(unknown(field, deviceId).toException())
        : source.calibrate(options);
  }

  /// @throws dev.reeve.base.ProblemException `DEVICE_UNKNOWN`, `NOISE_MODEL_INVALID`
  private DeviceFacts device(String field, String deviceId) {
    DeviceSource source = devices.get(NoisySimulators.base(deviceId));
    if (source == null) {
      throw unknown(field, deviceId).toException();
    }
    DeviceFacts device = source.facts();
    String model = NoisySimulators.model(deviceId);
    if (model.isEmpty()) {
      return device;
    }
    Optional<Problem> problem = NoisySimulators.problem(field, model);
    if (problem.isPresent() && noise(deviceId).isEmpty()) {
      throw problem.get().toException();
    }
    Map<String, String> capabilities = new TreeMap<>(device.capabilities());
    capabilities.put("noise_models", noise(deviceId).orElse(model));
    return new DeviceFacts(
        deviceId, device.name(), device.backendType(), device.shotsMax(), capabilities);
  }

  /// The noise of another device's figures, for a noisy simulator that is called after it.
  public Optional<String> noise(String deviceId) {
    return Optional.ofNullable(devices.get(NoisySimulators.model(deviceId)))
        .flatMap(DeviceSource::noise);
  }

  private Problem unknown(String field, String deviceId) {
    String nearest = Text.nearest(deviceId, devices.keySet());
    String expected = nearest.isEmpty() ? String.join(", ", devices.keySet()) : nearest;
    return QuantumProblems.DEVICE_UNKNOWN
        .field(field, deviceId, expected)
        .with("device_id", deviceId);
  }

  private DeviceView now(DeviceSource source, DeviceFacts device, WriterView view) {
    int executors = 0;
    int running = 0;
    int room = 0;
    for (ExecutorView executor : view.executors()) {
      boolean serves = executor.routes().stream().anyMatch(one -> isOf(one, device.id()));
      if (executor.connected() && serves) {
        executors++;
        running += executor.attempts();
        room += executor.credit();
      }
    }
    int waiting = view.queued(route(device.id()));
    for (String route : view.waitingRoutes()) {
      waiting += isReserved(route, device.id()) ? view.queued(route) : 0;
    }
    long mean = runTimes(device.id()).meanMicros();
    Map<String, String> facts = new TreeMap<>(source.moment());
    facts.put("estimate_basis", mean == 0 ? "none" : "mean_run_time");
    facts.put("executors", Integer.toString(executors));
    facts.put("mean_run_micros", Long.toString(mean));
    facts.put("running", Integer.toString(running));
    return new DeviceView(
        device,
        standing(source, executors),
        waiting,
        waitSeconds(waiting, running, room, mean),
        facts);
  }

  /// A device that nobody serves is offline, whatever it says of itself.
  private static DeviceStanding standing(DeviceSource source, int executors) {
    DeviceStanding standing = source.standing();
    return standing == DeviceStanding.ONLINE && executors == 0 ? DeviceStanding.OFFLINE : standing;
  }

  private static boolean isOf(String route, String deviceId) {
    return route.equals(route(deviceId)) || isReserved(route, deviceId);
  }

  private static boolean isReserved(String route, String deviceId) {
    return route.startsWith(route(deviceId, ""));
  }

  /// Queues on which jobs wait for an executor, of devices and of topics.
  public CompletableFuture<List<String>> waitingRoutes() {
    return look(WriterView::waitingRoutes);
  }

  /// With room for one more it starts at once. Else those before it go in rounds of as many as run
  /// side by side, each a mean run long.
  private static int waitSeconds(int waiting, int running, int room, long meanMicros) {
    if (waiting < room || running == 0) {
      return 0;
    }
    long rounds = waiting / running + 1L;
    long seconds = Math.ceilDiv(rounds * meanMicros, MICROS_PER_SECOND);
    return (int) Math.min(Integer.MAX_VALUE, seconds);
  }

  private <T> CompletableFuture<T> look(Function<WriterView, T> question) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    CompletableFuture<T> answered = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Look(
            view -> seen.complete(question.apply(view)),
            new Answer<>() {
              @Override
              public void done(Boolean looked) {
                Futures.then(
                    seen,
                    answered::complete,
                    problem -> answered.completeExceptionally(problem.toException()));
              }

              @Override
              public void refused(Problem problem) {
                answered.completeExceptionally(problem.toException());
              }
            }));
    return answered;
  }
}
