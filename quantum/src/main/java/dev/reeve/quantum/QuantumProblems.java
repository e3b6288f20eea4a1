package dev.reeve.quantum;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// The reasons for which the quantum domain refuses something.
public final class QuantumProblems {
  /// A program that breaks the rules of its language.
  public static final ProblemCode QASM_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "QASM_INVALID", "The OpenQASM program has an error in it.");

  /// A correct program that uses a part of the language that is not offered.
  public static final ProblemCode QASM_UNSUPPORTED =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "QASM_UNSUPPORTED",
          "The OpenQASM program uses a construct that is not offered.");

  /// A program beyond one of the bounds of the front end.
  public static final ProblemCode QASM_LIMIT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "QASM_LIMIT_EXCEEDED",
          "The OpenQASM program is larger, deeper or longer than is accepted.");

  /// An Eigen-Lang program that breaks the rules of its language, or uses what it leaves out.
  public static final ProblemCode EIGEN_LANG_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "EIGEN_LANG_INVALID", "The Eigen-Lang program has an error in it.");

  /// An Eigen-Lang program beyond one of the bounds of the front end.
  public static final ProblemCode EIGEN_LANG_LIMIT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "EIGEN_LANG_LIMIT_EXCEEDED",
          "The Eigen-Lang program is larger, deeper or longer than is accepted.");

  /// A circuit that needs more memory than the run may use.
  public static final ProblemCode SIMULATION_MEMORY_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "SIMULATION_MEMORY_EXCEEDED",
          "The simulation needs more memory than it may use.");

  /// A number of shots outside what the simulator offers.
  public static final ProblemCode SIMULATION_SHOTS_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "SIMULATION_SHOTS_INVALID",
          "The number of shots is not positive or above the device's limit.");

  /// The caller gave up while a program was compiled or run.
  public static final ProblemCode QUANTUM_CANCELLED =
      new ProblemCode(
          ProblemKind.CANCELLED, "QUANTUM_CANCELLED", "The work was cancelled while it went on.");

  /// A method of simulation that cannot do what the circuit asks.
  public static final ProblemCode SIMULATION_METHOD_UNSUITABLE =
      new ProblemCode(
          ProblemKind.INVALID,
          "SIMULATION_METHOD_UNSUITABLE",
          "The method of simulation that was asked for cannot run this circuit.");

  /// A loop whose end depends on measurements went on for too long.
  public static final ProblemCode SIMULATION_LOOP_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "SIMULATION_LOOP_EXCEEDED",
          "A loop that depends on measurements did not end within its bound.");

  /// A division by zero among the classical values of a running circuit.
  public static final ProblemCode SIMULATION_DIVISION_BY_ZERO =
      new ProblemCode(
          ProblemKind.INVALID,
          "SIMULATION_DIVISION_BY_ZERO",
          "The program divided by zero while it ran.");

  /// Exact probabilities were asked for where only counts can be had.
  public static final ProblemCode SIMULATION_PROBABILITIES_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "SIMULATION_PROBABILITIES_UNAVAILABLE",
          "The run has no exact probabilities within its bounds or by its method.");

  /// A run has more different outcomes than a result may hold.
  public static final ProblemCode SIMULATION_OUTCOMES_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "SIMULATION_OUTCOMES_EXCEEDED",
          "The run has more different outcomes than a result may hold.");

  /// Rounding errors grew until the amplitudes meant nothing.
  public static final ProblemCode SIMULATION_PRECISION_LOST =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "SIMULATION_PRECISION_LOST",
          "Large powers of gates lost their precision, so the outcomes mean nothing.");

  /// A noise model that cannot be read.
  public static final ProblemCode NOISE_MODEL_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "NOISE_MODEL_INVALID",
          "The noise model names something unknown, or a strength that is not 0 to 1.");

  /// An observable that cannot be read, or that names qubits which a circuit does not have.
  public static final ProblemCode OBSERVABLE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "OBSERVABLE_INVALID",
          "The observable is no sum of Pauli products on qubits of the circuit.");

  /// A way to minimize that is not offered, or an option of it out of bounds.
  public static final ProblemCode MINIMIZE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "MINIMIZE_INVALID",
          "The method of minimizing is unknown, or one of its options is out of bounds.");

  /// Too few shards of a job succeeded for its merge policy.
  public static final ProblemCode SHARDS_NOT_MERGED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "SHARDS_NOT_MERGED",
          "Too few shards of the job succeeded for its merge policy.");

  /// A value for a parameter that is missing, no number, or for no parameter of the program.
  public static final ProblemCode PARAMETER_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "PARAMETER_INVALID",
          "A parameter of the program has no value or an unusable one, or does not exist.");

  /// A state with more entanglement than its matrices may hold.
  public static final ProblemCode SIMULATION_ENTANGLEMENT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "SIMULATION_ENTANGLEMENT_EXCEEDED",
          "The circuit entangles more than a matrix product state of this size can hold.");

  /// An amplitude vector was asked of a circuit that measures.
  public static final ProblemCode SIMULATION_NOT_UNITARY =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "SIMULATION_NOT_UNITARY",
          "The final state exists only for a circuit without measurement, reset or feedback.");

  /// A circuit wider than the device it is compiled for.
  public static final ProblemCode CIRCUIT_TOO_WIDE =
      new ProblemCode(
          ProblemKind.INVALID, "CIRCUIT_TOO_WIDE", "The circuit has more qubits than the device.");

  /// A circuit with parts that only a simulator can do.
  public static final ProblemCode CIRCUIT_NOT_COMPILABLE =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "CIRCUIT_NOT_COMPILABLE",
          "The circuit has a part that cannot be turned into gates of a device.");

  /// A circuit that came out of the compiler other than it went in.
  public static final ProblemCode CIRCUIT_MISCOMPILED =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "CIRCUIT_MISCOMPILED",
          "The compiler made a circuit that does not do what the program says.");

  /// A document that breaks the rules of AQO.
  public static final ProblemCode AQO_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "AQO_INVALID", "The AQO document is not JSON or breaks a rule.");

  /// A document of a version that is not read.
  public static final ProblemCode AQO_VERSION_UNSUPPORTED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "AQO_VERSION_UNSUPPORTED",
          "The AQO document is of a version that is not read.");

  /// A document beyond one of the bounds of its reader.
  public static final ProblemCode AQO_LIMIT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "AQO_LIMIT_EXCEEDED",
          "The AQO document is larger, deeper or wider than is accepted.");

  /// A document whose parameters have no values.
  public static final ProblemCode AQO_PARAMETER_UNBOUND =
      new ProblemCode(
          ProblemKind.INVALID,
          "AQO_PARAMETER_UNBOUND",
          "The AQO document has a parameter without a value.");

  /// A circuit that the format, or the version asked for, has no words for.
  public static final ProblemCode AQO_NOT_EXPRESSIBLE =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "AQO_NOT_EXPRESSIBLE",
          "The circuit has a part that AQO cannot say.");

  /// A circuit has a part that the asked version of OpenQASM has no words for.
  public static final ProblemCode QASM_NOT_EXPRESSIBLE =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "QASM_NOT_EXPRESSIBLE",
          "The circuit has a part that this version of OpenQASM cannot say.");

  /// A job specification that cannot be read or breaks a rule.
  public static final ProblemCode JOBSPEC_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "JOBSPEC_INVALID",
          "The job specification is not YAML or breaks a rule.");

  /// A circuit with more operations than a drawing can show.
  public static final ProblemCode CIRCUIT_TOO_LARGE_TO_DRAW =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "CIRCUIT_TOO_LARGE_TO_DRAW",
          "The circuit has more operations than a drawing can show.");

  /// Counts out of which errors of readout cannot be taken.
  public static final ProblemCode READOUT_NOT_MITIGATED =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "READOUT_NOT_MITIGATED",
          "The errors of readout cannot be taken out of these counts.");

  /// No device has this id.
  public static final ProblemCode DEVICE_UNKNOWN =
      new ProblemCode(ProblemKind.NOT_FOUND, "DEVICE_UNKNOWN", "No device has this id.");

  private QuantumProblems() {}
}
