package dev.reeve.quantum.simulator;

import dev.reeve.quantum.GateOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What goes wrong while a circuit runs: channels after each gate on its qubits, and outcomes read
/// wrongly; and of qubits that wait, where the circuit has delays and, when the model says how long
/// gates take, for other qubits. Written as parts joined by `+`, for example
/// `depolarizing:0.001+amplitude_damping:0.002+readout:0.01:0.03`; single qubits and pairs may
/// differ.
///
/// @param text as it was written; `none` for no noise
/// @param channels after each gate, in this order
/// @param readout of each qubit, unless `sites` has another one
/// @param idle what becomes of qubits that wait, unless `sites` has another one
/// @param times how long operations take, unless `sites` has another one
/// @param virtualZ whether turns about Z take no time and never go wrong
/// @param sites what is otherwise with single qubits
public record NoiseModel(
    String text,
    List<NoiseChannel> channels,
    Readout readout,
    IdleNoise idle,
    GateTimes times,
    boolean virtualZ,
    SiteNoise sites) {
  /// Nothing goes wrong.
  public static final NoiseModel NONE =
      new NoiseModel(
          "none", List.of(), Readout.EXACT, IdleNoise.NONE, GateTimes.NONE, false, SiteNoise.NONE);

  private static final Set<String> NOTHING = Set.of("", "none", "ideal");

  public NoiseModel {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(readout, "readout");
    Objects.requireNonNull(idle, "idle");
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(sites, "sites");
    channels = List.copyOf(channels);
  }

  /// Whether nothing goes wrong.
  public boolean isNone() {
    return !actsOnStates() && !misreads();
  }

  /// Whether qubits are changed, by gates or by waiting.
  boolean actsOnStates() {
    return !channels.isEmpty() || !idle.isNone();
  }

  /// Whether outcomes may be read wrongly.
  boolean misreads() {
    return readout.misreads() || sites.readouts().values().stream().anyMatch(Readout::misreads);
  }

  /// Whether every channel is a mixture of Pauli operators.
  boolean isPauli() {
    return idle.isNone() && channels.stream().allMatch(NoiseChannel::isPauli);
  }

  /// How a qubit of the circuit is misread.
  public Readout readout(int qubit) {
    return sites.readouts().getOrDefault(qubit, readout);
  }

  /// What becomes of a qubit of the circuit that waits.
  IdleNoise idle(int qubit) {
    SiteNoise.Relaxation own = sites.relaxations().get(qubit);
    return own == null
        ? idle
        : new IdleNoise(idle.detuningKilohertz(), own.t1Micros(), own.t2Micros());
  }

  /// Whether a gate is carried out on paper alone: it takes no time and never goes wrong.
  boolean isVirtual(GateOperation gate) {
    return gate.qubitCount() == 0
        || (virtualZ
            && gate.qubitCount() == 1
            && switch (gate.gate()) {
              case Z, S, SDG, T, TDG, P, RZ -> true;
              case I, X, Y, H, SX, SXDG, RX, RY, U, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY -> false;
            });
  }

  /// A channel as it is after a gate.
  NoiseChannel after(NoiseChannel channel, GateOperation gate) {
    NoiseChannel plain = channel.after(gate.qubitCount());
    if (channel.kind() != NoiseChannel.Kind.DEPOLARIZING) {
      return plain;
    }
    return switch (gate.qubitCount()) {
      case 1 ->
          new NoiseChannel(
              channel.kind(), sites.gates().getOrDefault(gate.qubit(0), plain.strength()));
      case 2 ->
          new NoiseChannel(
              channel.kind(), sites.pairs().getOrDefault(pair(gate), plain.strength()));
      default -> plain;
    };
  }

  /// How long a gate takes, in nanoseconds.
  double nanos(GateOperation gate) {
    return isVirtual(gate)
        ? 0
        : switch (gate.qubitCount()) {
          case 1 -> sites.gateNanos().getOrDefault(gate.qubit(0), times.gate());
          case 2 -> sites.pairNanos().getOrDefault(pair(gate), times.pair());
          default -> times.pair();
        };
  }

  private static SiteNoise.Pair pair(GateOperation gate) {
    return SiteNoise.Pair.of(gate.qubit(0), gate.qubit(1));
  }

  /// The names of what a model may consist of.
  public static String words() {
    return Stream.concat(
            Arrays.stream(NoiseChannel.Kind.values()).map(NoiseChannel.Kind::word),
            Stream.of(
                NoiseParser.READOUT,
                NoiseParser.DETUNING,
                NoiseParser.RELAXATION,
                NoiseParser.GATE_TIME,
                NoiseParser.VIRTUAL_Z))
        .collect(Collectors.joining(","));
  }

  /// Reads a model; empty, `none` and `ideal` are no noise.
  ///
  /// @param field what refusals call it
  /// @throws dev.reeve.base.ProblemException `NOISE_MODEL_INVALID`
  public static NoiseModel parse(String field, String text) {
    return NOTHING.contains(text) ? NONE : new NoiseParser(field, text).read();
  }
}
