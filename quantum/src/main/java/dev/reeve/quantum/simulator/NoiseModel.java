package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What goes wrong while a circuit runs: channels after each gate on its qubits, and outcomes read
/// wrongly; and of qubits that wait. Written as parts joined by `+`, for example
/// `depolarizing:0.001+amplitude_damping:0.002+readout:0.01:0.03`.
///
/// @param text as it was written; `none` for no noise
/// @param channels after each gate, in this order
/// @param zeroAsOne probability that a zero is read as one
/// @param oneAsZero probability that a one is read as zero
/// @param idle what becomes of qubits that wait
public record NoiseModel(
    String text, List<NoiseChannel> channels, double zeroAsOne, double oneAsZero, IdleNoise idle) {
  /// Nothing goes wrong.
  public static final NoiseModel NONE = new NoiseModel("none", List.of(), 0, 0, IdleNoise.NONE);

  private static final Set<String> NOTHING = Set.of("", "none", "ideal");
  private static final int PARTS_MAX = 8;
  private static final String DEPOLARIZING = NoiseChannel.Kind.DEPOLARIZING.word();
  private static final String READOUT = "readout";
  private static final String DETUNING = "detuning";
  private static final String RELAXATION = "relaxation";

  /// Kilohertz, and microseconds.
  private static final double NUMBER_MAX = 1e9;

  public NoiseModel {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(idle, "idle");
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
    return zeroAsOne > 0 || oneAsZero > 0;
  }

  /// Whether every channel is a mixture of Pauli operators.
  boolean isPauli() {
    return idle.isNone() && channels.stream().allMatch(NoiseChannel::isPauli);
  }

  /// The names of what a model may consist of.
  public static String words() {
    return Stream.concat(
            Arrays.stream(NoiseChannel.Kind.values()).map(NoiseChannel.Kind::word),
            Stream.of(READOUT, DETUNING, RELAXATION))
        .collect(Collectors.joining(","));
  }

  /// Reads a model; empty, `none` and `ideal` are no noise.
  ///
  /// @param field what refusals call it
  /// @throws dev.reeve.base.ProblemException `NOISE_MODEL_INVALID`
  public static NoiseModel parse(String field, String text) {
    if (NOTHING.contains(text)) {
      return NONE;
    }
    String[] parts = text.split("\\+", PARTS_MAX + 1);
    if (parts.length > PARTS_MAX) {
      throw invalid(field, text);
    }
    List<NoiseChannel> channels = new ArrayList<>();
    double zeroAsOne = 0;
    double oneAsZero = 0;
    IdleNoise idle = IdleNoise.NONE;
    for (String part : parts) {
      String[] words = part.split(":", -1);
      if (words[0].equals(READOUT) && (words.length == 2 || words.length == 3)) {
        zeroAsOne = strength(field, text, words[1]);
        oneAsZero = strength(field, text, words[words.length - 1]);
      } else if (words[0].equals(DETUNING) && words.length == 2) {
        double kilohertz = number(field, text, words[1], NUMBER_MAX);
        idle = new IdleNoise(kilohertz, idle.t1Micros(), idle.t2Micros());
      } else if (words[0].equals(RELAXATION) && words.length == 3) {
        idle = relaxing(field, text, words, idle.detuningKilohertz());
      } else if (words.length == 2 || (words.length == 3 && words[0].equals(DEPOLARIZING))) {
        NoiseChannel.Kind kind =
            NoiseChannel.Kind.of(words[0]).orElseThrow(() -> invalid(field, text));
        channels.add(
            new NoiseChannel(
                kind,
                strength(field, text, words[1]),
                strength(field, text, words[words.length - 1])));
      } else {
        throw invalid(field, text);
      }
    }
    channels.removeIf(NoiseChannel::isNone);
    return new NoiseModel(text, channels, zeroAsOne, oneAsZero, idle);
  }

  private static IdleNoise relaxing(String field, String text, String[] words, double kilohertz) {
    double t1 = number(field, text, words[1], NUMBER_MAX);
    double t2 = number(field, text, words[2], NUMBER_MAX);
    if (t1 == 0 || t2 == 0 || t2 > 2 * t1) {
      throw invalid(field, text);
    }
    return new IdleNoise(kilohertz, t1, t2);
  }

  private static double strength(String field, String text, String word) {
    return number(field, text, word, 1);
  }

  private static double number(String field, String text, String word, double most) {
    if (word.matches("[0-9.]{1,24}(e-?[0-9]{1,3})?")) {
      try {
        double number = Double.parseDouble(word);
        if (number >= 0 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Refused like a number out of range.
      }
    }
    throw invalid(field, text);
  }

  private static RuntimeException invalid(String field, String text) {
    return QuantumProblems.NOISE_MODEL_INVALID
        .field(
            field,
            text,
            "parts NAME:0..1, detuning:KHZ, relaxation:T1_US:T2_US joined by +, of "
                + words()
                + "; or a device")
        .toException();
  }
}
