package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Workers;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceFacts;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DeviceSource;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.QuantumTask;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.service.reservation.ReservedSlots;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// The devices of this server: the simulators of this process and what the configuration says of
/// them, with the executors that run their jobs and the slots that can be reserved.
final class Devices {
  private final DeviceDesk desk;
  private final DeviceReservations reservations;
  private final List<BuiltInExecutor> executors;

  private Devices(
      DeviceDesk desk, DeviceReservations reservations, List<BuiltInExecutor> executors) {
    this.desk = desk;
    this.reservations = reservations;
    this.executors = List.copyOf(executors);
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
            .orElse(around.threads().cpuThreads());
    Map<String, String> shown = Map.of("slots", Integer.toString(slots));
    Device local = DeviceModels.localSimulator(memory).with(shown);
    Device noisy = DeviceModels.noisySimulator(memory).with(shown);
    DeviceDesk desk =
        new DeviceDesk(
            List.of(around.asSet(DeviceFacts.of(local)), around.asSet(DeviceFacts.of(noisy))),
            around.writer());
    QuantumTask simulation =
        new QuantumTask(
            local,
            new CircuitSimulator(Workers.of(around.threads().cpu(), around.threads().cpuThreads())),
            memory,
            around.random(),
            System::nanoTime,
            desk.runTimes(local.id()));
    Set<String> routes = new TreeSet<>();
    for (Device one : List.of(local, noisy)) {
      if (around.isOnline(one.id())) {
        routes.add(DeviceDesk.route(one.id()));
      }
    }
    List<BuiltInExecutor> executors = new ArrayList<>();
    List<ReservedSlots> reserved = new ArrayList<>();
    if (!routes.isEmpty()) {
      BuiltInExecutor simulator = executor(around, "simulator", routes, slots, simulation);
      executors.add(simulator);
      if (around.isOnline(local.id())) {
        reserved.add(
            new ReservedSlots(
                local.id(),
                slots,
                simulator::grant,
                (name, route) -> executor(around, name, Set.of(route), 1, simulation)));
      }
    }
    DeviceReservations reservations =
        new DeviceReservations(
            desk, reserved, ReservationFile.in(around.config().data()), around.clock());
    reservations.open();
    return new Devices(desk, reservations, executors);
  }

  private static BuiltInExecutor executor(
      Surroundings around,
      String name,
      Set<String> routes,
      int parallel,
      BuiltInExecutor.Task task) {
    BuiltInExecutor executor =
        new BuiltInExecutor(
            name,
            routes,
            parallel,
            task,
            around.writer(),
            around.reports(),
            around.threads().cpu());
    executor.start();
    return executor;
  }

  DeviceDesk desk() {
    return desk;
  }

  DeviceReservations reservations() {
    return reservations;
  }

  /// Hands running work back and takes no more.
  void stop() {
    executors.forEach(BuiltInExecutor::stop);
  }
}
