package dev.reeve.quantum.compiler;

import java.util.List;

/// Which of several ways to run a circuit on a device is the best, as a preset asks. Each is moved
/// to better qubits first, where the device's qubits differ.
final class PlacementChoice {
  private final DeviceModel device;
  private final CompilePreset preset;

  PlacementChoice(DeviceModel device, CompilePreset preset) {
    this.device = device;
    this.preset = preset;
  }

  /// What a way is worth.
  ///
  /// @param error see [GateFidelity#cost]
  /// @param ticks how long it takes
  private record Worth(Placed placed, double error, long ticks) {
    /// The smaller, the better.
    double cost(CompilePreset preset, Worth base) {
      double errors = base.error == 0 ? 0 : error / base.error;
      double times = base.ticks == 0 ? 0 : (double) ticks / base.ticks;
      // The other one decides between equals.
      return switch (preset) {
        case LATENCY -> times + 1e-6 * errors;
        case FIDELITY -> errors + 1e-6 * times;
        case BALANCED -> (errors + times) / 2;
      };
    }
  }

  /// @param ways at least one
  Placed best(List<Placed> ways) {
    Worth base = worth(ways.getFirst());
    Worth best = base;
    for (Placed way : ways) {
      Worth here = worth(way);
      best = better(here, best, base);
      if (!device.calibration().isUniform()) {
        int[] goal = Relocation.find(way.operations(), device.couplings(), costs(base));
        best = better(worth(way.moved(goal)), best, base);
      }
    }
    return best.placed;
  }

  private Worth better(Worth one, Worth other, Worth base) {
    return one.cost(preset, base) < other.cost(preset, base) ? one : other;
  }

  private Worth worth(Placed placed) {
    return new Worth(
        placed,
        GateFidelity.cost(placed.operations(), device.calibration()),
        Scheduler.schedule(placed.operations(), device, Timing.ASAP).ticks());
  }

  /// What operations cost by qubit. Times of all qubits are added up, though they pass beside each
  /// other: the schedule judges what comes of it.
  private Relocation.Costs costs(Worth base) {
    double ofErrors = preset == CompilePreset.LATENCY ? 1e-6 : 1;
    double ofTimes = preset == CompilePreset.FIDELITY ? 1e-6 : 1;
    double perError = base.error == 0 ? 0 : ofErrors / base.error;
    double perNano =
        base.ticks == 0 ? 0 : ofTimes / (base.ticks * device.calibration().tickNanos());
    Calibration calibration = device.calibration();
    return new Relocation.Costs() {
      @Override
      public double turn(int qubit) {
        QubitCalibration here = calibration.qubit(qubit);
        return perError * GateFidelity.turn(here) + perNano * here.gateNanos();
      }

      @Override
      public double readout(int qubit) {
        QubitCalibration here = calibration.qubit(qubit);
        return perError * GateFidelity.readout(here) + perNano * here.readoutNanos();
      }

      @Override
      public double flip(int first, int second) {
        PairCalibration here = calibration.pair(first, second);
        return perError * GateFidelity.flip(here) + perNano * here.nanos();
      }
    };
  }
}
