package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a device's figures as devices state them, by name: a number for all qubits or a JSON list
/// with one for each; for pairs a number or a JSON list of `[first, second, number]`. What is not
/// stated is typical.
///
/// `t1_us`, `t2_us`, `gate_error`, `gate_ns`, `readout_error` (for a qubit also a pair: a zero read
/// as one, a one as zero), `readout_ns`, `two_qubit_error`, `two_qubit_ns`, `dt_ns`.
public final class CalibrationReader {
  private static final Set<String> BY_QUBIT =
      Set.of("t1_us", "t2_us", "gate_error", "gate_ns", "readout_error", "readout_ns");
  private static final Set<String> BY_PAIR = Set.of("two_qubit_error", "two_qubit_ns");
  private static final String TICK = "dt_ns";
  private static final Pattern ENTRY = Pattern.compile("\\[[^\\[\\]]*]|[^,\\[\\]\\s]+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final int LENGTH_MAX = 1 << 20;
  private static final double NANOS_PER_MICRO = 1_000;

  private final CouplingMap couplings;
  private final Map<String, String> facts;

  private CalibrationReader(Map<String, String> facts, CouplingMap couplings) {
    this.facts = facts;
    this.couplings = couplings;
  }

  /// The names of all figures, for refusals.
  public static String names() {
    TreeSet<String> names = new TreeSet<>(BY_QUBIT);
    names.addAll(BY_PAIR);
    names.add(TICK);
    return String.join(", ", names);
  }

  /// Whether a name is one of a figure.
  public static boolean isName(String name) {
    return BY_QUBIT.contains(name) || BY_PAIR.contains(name) || name.equals(TICK);
  }

  /// @param source what to call the figures, for people
  /// @param facts figures by name, among others
  /// @return empty when there is none among them
  /// @throws IllegalArgumentException for a figure that is none
  public static Optional<Calibration> read(
      String source, Map<String, String> facts, CouplingMap couplings) {
    Map<String, String> figures = new TreeMap<>();
    facts.forEach((name, value) -> {
      if (isName(name) && !value.isBlank()) {
        figures.put(name, listed(value.strip()));
      }
    });
    return figures.isEmpty()
        ? Optional.empty()
        : Optional.of(new CalibrationReader(figures, couplings).read(source));
  }

  /// A list also reads without its brackets.
  private static String listed(String text) {
    return text.startsWith("[") || !text.contains(",") ? text : "[" + text + "]";
  }

  private Calibration read(String source) {
    QubitCalibration typical = QubitCalibration.TYPICAL;
    int count = couplings.qubits();
    double[][] t1 = byQubit("t1_us", typical.t1Nanos() / NANOS_PER_MICRO);
    double[][] t2 = byQubit("t2_us", typical.t2Nanos() / NANOS_PER_MICRO);
    double[][] gate = byQubit("gate_ns", typical.gateNanos());
    double[][] gateError = byQubit("gate_error", typical.gateError());
    double[][] readout = byQubit("readout_ns", typical.readoutNanos());
    double[][] misread = byQubit("readout_error", typical.zeroAsOne());
    List<QubitCalibration> qubits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double lived = t1[i][0] * NANOS_PER_MICRO;
      double kept = t2[i][0] * NANOS_PER_MICRO;
      qubits.add(
          new QubitCalibration(
              gate[i][0],
              gateError[i][0],
              readout[i][0],
              misread[i][0],
              misread[i][misread[i].length - 1],
              lived,
              // A superposition never outlives twice the time of its parts.
              facts.containsKey("t2_us") ? kept : Math.min(kept, 2 * lived)));
    }
    double tick = facts.containsKey(TICK) ? number(TICK, facts.getOrDefault(TICK, "")) : 1;
    return pairs(source, tick, qubits);
  }

  private Calibration pairs(String source, double tick, List<QubitCalibration> qubits) {
    Map<Edge, Double> errors = new HashMap<>();
    Map<Edge, Double> times = new HashMap<>();
    double error = byPair("two_qubit_error", PairCalibration.TYPICAL.error(), errors);
    double nanos = byPair("two_qubit_ns", PairCalibration.TYPICAL.nanos(), times);
    Map<Edge, PairCalibration> pairs = new HashMap<>();
    for (Edge edge : couplings.edges()) {
      if (errors.containsKey(edge) || times.containsKey(edge)) {
        pairs.put(
            edge,
            new PairCalibration(times.getOrDefault(edge, nanos), errors.getOrDefault(edge, error)));
      }
    }
    return new Calibration(source, tick, qubits, new PairCalibration(nanos, error), pairs);
  }

  /// For each qubit its numbers.
  private double[][] byQubit(String name, double typical) {
    double[][] numbers = new double[couplings.qubits()][];
    String text = facts.get(name);
    if (text == null || !text.startsWith("[")) {
      double all = text == null ? typical : number(name, text);
      Arrays.setAll(numbers, _ -> new double[] {all});
      return numbers;
    }
    List<String> entries = entries(name, text);
    int most = name.equals("readout_error") ? 2 : 1;
    if (entries.size() != numbers.length) {
      throw new IllegalArgumentException(
          "%s: %d numbers (expected: %d)".formatted(name, entries.size(), numbers.length));
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers(name, entries.get(i));
      if (numbers[i].length < 1 || numbers[i].length > most) {
        throw wrong(name, entries.get(i));
      }
    }
    return numbers;
  }

  /// @return the number of pairs that are not listed
  private double byPair(String name, double typical, Map<Edge, Double> listed) {
    String text = facts.get(name);
    if (text == null || !text.startsWith("[")) {
      return text == null ? typical : number(name, text);
    }
    for (String entry : entries(name, text)) {
      double[] numbers = numbers(name, entry);
      if (numbers.length != 3 || !isQubit(numbers[0]) || !isQubit(numbers[1])) {
        throw wrong(name, entry);
      }
      int first = (int) Math.min(numbers[0], numbers[1]);
      int second = (int) Math.max(numbers[0], numbers[1]);
      if (couplings.distance(first, second) != 1) {
        throw wrong(name, entry);
      }
      listed.put(new Edge(first, second), numbers[2]);
    }
    return typical;
  }

  private boolean isQubit(double number) {
    return number == Math.rint(number) && number >= 0 && number < couplings.qubits();
  }

  private static List<String> entries(String name, String text) {
    if (text.length() > LENGTH_MAX || !text.endsWith("]")) {
      throw wrong(name, text);
    }
    List<String> entries = new ArrayList<>();
    Matcher matcher = ENTRY.matcher(text.substring(1, text.length() - 1));
    while (matcher.find()) {
      entries.add(matcher.group());
    }
    return entries;
  }

  private static double[] numbers(String name, String entry) {
    if (!entry.startsWith("[")) {
      return new double[] {number(name, entry)};
    }
    return Arrays.stream(entry.substring(1, entry.length() - 1).split(",", -1))
        .mapToDouble(word -> number(name, word.strip()))
        .toArray();
  }

  private static double number(String name, String text) {
    if (text.length() > 40 || !NUMBER.matcher(text).matches()) {
      throw wrong(name, text);
    }
    return Double.parseDouble(text);
  }

  private static IllegalArgumentException wrong(String name, String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return new IllegalArgumentException(
        BY_PAIR.contains(name)
            ? "%s: %s (expected: a number, or a list of [qubit, neighbour, number])"
                .formatted(name, shown)
            : "%s: %s (expected: a number, or a list of one for each qubit)"
                .formatted(name, shown));
  }
}
