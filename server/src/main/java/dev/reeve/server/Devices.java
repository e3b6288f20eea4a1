package dev.reeve.server;

import dev.reeve.cli.BuildVersion;
import dev.reeve.engine.Writer;
import dev.reeve.gateway.remote.DriverManagerClient;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Workers;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceFacts;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DeviceSource;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.driver.DriverDevice;
import dev.reeve.service.driver.DriverNodes;
import dev.reeve.service.driver.DriverPort;
import dev.reeve.service.driver.DriverTask;
import dev.reeve.service.quantum.QuantumTask;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.service.reservation.ReservedSlots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The devices of this server: the simulators of this process and what the configuration says of
/// them, the devices of drivers elsewhere, the executors that run their jobs and the slots that can
/// be reserved.
final class Devices implements AutoCloseable {
  private static final int DRIVER_SLOTS = 1;

  /// So that a reservation never takes the only one.
  private static final int SIMULATOR_SLOTS_MIN = 2;

  private final DeviceDesk desk;
  private final DeviceReservations reservations;
  private final List<BuiltInExecutor> executors;
  private final List<Driven> driven;
  private final QuantumTask simulation;

  private Devices(
      DeviceDesk desk,
      DeviceReservations reservations,
      List<BuiltInExecutor> executors,
      List<Driven> driven,
      QuantumTask simulation) {
    this.desk = desk;
    this.reservations = reservations;
    this.executors = List.copyOf(executors);
    this.driven = List.copyOf(driven);
    this.simulation = simulation;
  }

  /// A device of a driver.
  ///
  /// @param port the way to it
  /// @param slots jobs side by side
  /// @param timeout of one run
  /// @param set what the configuration says
  private record Driven(
      DriverDevice device, DriverPort port, int slots, Duration timeout, DeviceStanding set) {
    private boolean isOnline() {
      return set == DeviceStanding.ONLINE;
    }

    private DeviceSource source() {
      return isOnline() ? device : device.set(set);
    }
  }

  /// What devices are made with.
  ///
  /// @param random draws seeds; safe on any thread
  record Surroundings(
      ServerConfig config,
      Threads threads,
      Writer writer,
      ExecutionReports reports,
      RandomGenerator random,
      InstantSource clock) {
    private Optional<DeviceSettings> said(String id) {
      return config.devices().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private boolean isOnline(String id) {
      return said(id).map(DeviceSettings::standing).orElse(DeviceStanding.ONLINE)
          == DeviceStanding.ONLINE;
    }

    private DeviceSource asSet(DeviceFacts facts) {
      return isOnline(facts.id()) ? facts : facts.set(said(facts.id()).orElseThrow().standing());
    }
  }

  /// Starts their executors: jobs of a device that is not online wait.
  static Devices open(Surroundings around) {
    long memory = around.config().simulatorMemoryBytesMax();
    int slots =
        around
            .said(DeviceModels.LOCAL_ID)
            .flatMap(said ->
                said.slots().isPresent() ? Optional.of(said.slots().getAsInt()) : Optional.empty())
            .orElse(Math.max(SIMULATOR_SLOTS_MIN, around.threads().cpuThreads()));
    List<Driven> driven = driven(around);
    Map<String, String> shown = Map.of("slots", Integer.toString(slots));
    Device local = DeviceModels.localSimulator(memory).with(shown);
    Device noisy = DeviceModels.noisySimulator(memory).with(shown);
    List<DeviceSource> sources = new ArrayList<>();
    sources.add(around.asSet(DeviceFacts.of(local)));
    sources.add(around.asSet(DeviceFacts.of(noisy)));
    driven.forEach(one -> sources.add(one.source()));
    DeviceDesk desk = new DeviceDesk(sources, around.writer());
    QuantumTask simulation =
        new QuantumTask(
            local,
            new CircuitSimulator(Workers.of(around.threads().cpu(), around.threads().cpuThreads())),
            memory,
            around.random(),
            System::nanoTime,
            desk.runTimes(local.id()),
            desk::noise,
            nodes(driven));
    Set<String> routes = new TreeSet<>();
    for (Device one : List.of(local, noisy)) {
      if (around.isOnline(one.id())) {
        routes.add(DeviceDesk.route(one.id()));
      }
    }
    List<BuiltInExecutor> executors = new ArrayList<>();
    List<ReservedSlots> reserved = new ArrayList<>();
    if (!routes.isEmpty()) {
      BuiltInExecutor simulator =
          executor(around, "simulator", routes, slots, simulation, around.threads().simulations());
      executors.add(simulator);
      if (around.isOnline(local.id())) {
        reserved.add(
            new ReservedSlots(
                local.id(),
                slots,
                simulator::grant,
                (name, route) ->
                    executor(
                        around,
                        name,
                        Set.of(route),
                        1,
                        simulation,
                        around.threads().simulations())));
      }
    }
    driven.stream()
        .filter(Driven::isOnline)
        .forEach(one -> drive(around, one, desk, executors, reserved));
    DeviceReservations reservations =
        new DeviceReservations(
            desk,
            reserved,
            ReservationFile.in(around.config().data()),
            around.writer(),
            around.clock());
    reservations.open();
    Devices devices = new Devices(desk, reservations, executors, driven, simulation);
    devices.look(around.threads().blocking());
    return devices;
  }

  /// What circuits can be compiled for: a device with a driver, or a graph by its name.
  Optional<DeviceModel> model(String name) {
    return driven.stream()
        .map(Driven::device)
        .filter(device -> device.facts().id().equals(name))
        .findFirst()
        .map(DriverDevice::model)
        .orElseGet(() -> dev.reeve.quantum.compiler.DeviceModels.of(name));
  }

  /// Those of them that run our simulators help with split shots.
  private static DriverNodes nodes(List<Driven> driven) {
    return new DriverNodes(
        driven.stream()
            .filter(Driven::isOnline)
            .map(one -> new DriverNodes.Node(one.device(), one.slots(), one.timeout()))
            .toList(),
        BuildVersion.text());
  }

  private static List<Driven> driven(Surroundings around) {
    List<Driven> driven = new ArrayList<>();
    for (DeviceSettings said : around.config().devices()) {
      said.driver()
          .ifPresent(driver -> {
            DriverPort port = DriverManagerClient.connect(driver.target(), driver.key());
            int slots = said.slots().orElse(DRIVER_SLOTS);
            DriverDevice device =
                new DriverDevice(
                    said.id(),
                    driver.remoteId(),
                    slots,
                    port,
                    around.threads().blocking(),
                    System::nanoTime,
                    around.writer()::wake);
            driven.add(new Driven(device, port, slots, driver.timeout(), said.standing()));
          });
    }
    return driven;
  }

  private static void drive(
      Surroundings around,
      Driven driven,
      DeviceDesk desk,
      List<BuiltInExecutor> executors,
      List<ReservedSlots> reserved) {
    String id = driven.device().facts().id();
    DriverTask task = new DriverTask(driven.device(), driven.timeout(), desk.runTimes(id));
    BuiltInExecutor executor =
        executor(
            around,
            "driver-" + id,
            Set.of(DeviceDesk.route(id)),
            driven.slots(),
            task,
            around.threads().blocking());
    executors.add(executor);
    reserved.add(
        new ReservedSlots(
            id,
            driven.slots(),
            executor::grant,
            (name, route) ->
                executor(around, name, Set.of(route), 1, task, around.threads().blocking())));
  }

  private static BuiltInExecutor executor(
      Surroundings around,
      String name,
      Set<String> routes,
      int parallel,
      BuiltInExecutor.Task task,
      Executor pool) {
    BuiltInExecutor executor =
        new BuiltInExecutor(name, routes, parallel, task, around.writer(), around.reports(), pool);
    executor.start();
    return executor;
  }

  DeviceDesk desk() {
    return desk;
  }

  DeviceReservations reservations() {
    return reservations;
  }

  /// Asks drivers how their devices stand.
  void look(Executor blocking) {
    driven.stream().filter(Driven::isOnline).forEach(one -> blocking.execute(one.device()::look));
  }

  /// What is wrong with devices that should work; empty when nothing is.
  String trouble() {
    return driven.stream()
        .filter(Driven::isOnline)
        .map(one -> one.device().complaint())
        .filter(complaint -> !complaint.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /// What became of shards of split jobs since the start, by the names of their metrics.
  Map<String, Long> shardCounts() {
    return simulation.shardCounts();
  }

  /// Hands running work back and takes no more.
  void stop() {
    executors.forEach(BuiltInExecutor::stop);
    reservations.close();
  }

  /// Leaves the drivers.
  @Override
  public void close() {
    driven.forEach(one -> one.port().close());
  }
}
