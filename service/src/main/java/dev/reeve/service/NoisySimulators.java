package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.compiler.DeviceNoise;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.SimulationMethod;
import java.util.List;
import java.util.Optional;

/// The devices `sim:noisy:MODEL`: one queue for all models, which are part of the id. A submit may
/// name another model in its metadata. A model is also the name of a device, for the noise of its
/// figures.
public final class NoisySimulators {
  /// The queue, and what device lists show.
  static final String ID = "sim:noisy";

  private static final String PREFIX = ID + ":";

  private NoisySimulators() {}

  /// The device whose queue serves an id: the id itself, unless it has a noise model in it.
  static String base(String deviceId) {
    return deviceId.startsWith(PREFIX) ? ID : deviceId;
  }

  /// The noise model in a device's id; empty when there is none.
  public static String model(String deviceId) {
    return deviceId.startsWith(PREFIX) ? deviceId.substring(PREFIX.length()) : "";
  }

  /// What is wrong with a noise model.
  ///
  /// @param field what the refusal calls it
  public static Optional<Problem> problem(String field, String model) {
    try {
      NoiseModel _ = DeviceNoise.parse(field, model);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  /// The methods of simulation that a submit may ask for.
  public static List<String> methods() {
    return SimulationMethod.words();
  }
}
