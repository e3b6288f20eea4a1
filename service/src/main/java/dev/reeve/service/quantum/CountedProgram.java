package dev.reeve.service.quantum;

import dev.reeve.base.Bytes;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The program of a job for a device that runs one circuit and counts outcomes. What else a job may
/// ask for is refused by name, because such a device would leave it out.
///
/// @param circuit with the job's values in it
/// @param settings what the program and the job say about the run, the job's own first
public record CountedProgram(Circuit circuit, Map<String, String> settings) {
  /// Metadata of a job that only simulators of this server can follow.
  private static final List<String> OF_SIMULATORS =
      List.of("observable", "memory", "probabilities", "statevector", "parameters");

  private static final Set<String> NOTHING = Set.of("", "false");

  public CountedProgram {
    settings = Map.copyOf(settings);
  }

  /// Reads it.
  ///
  /// @throws dev.reeve.base.ProblemException when the program is wrong, or asks for more than
  ///   counts
  public static CountedProgram of(Bytes payload, Work work, String deviceId, CancelSignal cancel) {
    OpenProgram program = QuantumPrograms.read(payload, work, cancel);
    Map<String, String> settings = new TreeMap<>(program.settings());
    settings.putAll(work.metadata());
    for (String key : OF_SIMULATORS) {
      if (!NOTHING.contains(settings.getOrDefault(key, ""))) {
        throw unsuitable(key, settings.getOrDefault(key, ""), deviceId);
      }
    }
    OpenProgram.Bound bound =
        new QuantumSettings(work, program.settings(), deviceId, 0, _ -> Optional.empty())
            .bound(program, Map.of(), cancel);
    HybridProgram hybrid = bound.program();
    if (hybrid.observable().isPresent()) {
      throw unsuitable("observable", "that of the program", deviceId);
    }
    if (hybrid.minimization().isPresent()) {
      throw unsuitable("optimizer", "a search", deviceId);
    }
    double[] angles =
        hybrid.template().parameters().stream()
            .mapToDouble(name -> value(name, bound.values(), hybrid.defaults()))
            .toArray();
    return new CountedProgram(hybrid.template().bind(angles), settings);
  }

  /// Shots of the run.
  ///
  /// @param most that the device runs at once
  public int shots(int most) {
    String text = settings.getOrDefault("shots", Integer.toString(RunOptions.SHOTS_DEFAULT));
    try {
      return Math.min(Integer.parseInt(text), most);
    } catch (NumberFormatException e) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID
          .field("shots", text, "an integer")
          .toException();
    }
  }

  private static double value(
      String name, Map<String, Double> given, Map<String, Double> defaults) {
    Double value = given.getOrDefault(name, defaults.get(name));
    if (value == null) {
      throw QuantumProblems.PARAMETER_INVALID
          .field("param." + name, "", "a value; the program has none")
          .toException();
    }
    return value;
  }

  private static RuntimeException unsuitable(String key, String value, String deviceId) {
    return ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
        .field(key, value, "nothing: " + deviceId + " counts outcomes; simulators do more")
        .toException();
  }
}
