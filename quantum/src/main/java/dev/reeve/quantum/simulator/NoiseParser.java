package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one noise model. A part ends with `@3` or `@3-4` when it is about that qubit or that pair
/// alone.
final class NoiseParser {
  static final String READOUT = "readout";
  static final String DETUNING = "detuning";
  static final String RELAXATION = "relaxation";
  static final String GATE_TIME = "gate_time";
  static final String VIRTUAL_Z = "virtual_z";

  private static final String DEPOLARIZING = NoiseChannel.Kind.DEPOLARIZING.word();
  private static final int PARTS_MAX = 8;
  private static final int SITES_MAX = 8_192;
  private static final int LENGTH_MAX = 512 * 1024;
  private static final Pattern SITE = Pattern.compile("(.*)@(\\d{1,5})(?:-(\\d{1,5}))?");

  /// Kilohertz, microseconds, nanoseconds.
  private static final double NUMBER_MAX = 1e9;

  private final String field;
  private final String text;
  private final List<NoiseChannel> channels = new ArrayList<>();
  private final Map<Integer, Double> gates = new HashMap<>();
  private final Map<SiteNoise.Pair, Double> pairs = new HashMap<>();
  private final Map<Integer, Readout> readouts = new HashMap<>();
  private final Map<Integer, SiteNoise.Relaxation> relaxations = new HashMap<>();
  private final Map<Integer, Double> gateNanos = new HashMap<>();
  private final Map<SiteNoise.Pair, Double> pairNanos = new HashMap<>();
  private Readout readout = Readout.EXACT;
  private IdleNoise idle = IdleNoise.NONE;
  private GateTimes times = GateTimes.NONE;
  private boolean virtualZ;

  /// @param field what refusals call it
  NoiseParser(String field, String text) {
    this.field = field;
    this.text = text;
  }

  /// @throws dev.reeve.base.ProblemException `NOISE_MODEL_INVALID`
  NoiseModel read() {
    String[] parts = text.length() > LENGTH_MAX ? new String[0] : text.split("\\+", SITES_MAX + 1);
    long ofAll = 0;
    for (String part : parts) {
      Matcher site = SITE.matcher(part);
      if (site.matches()) {
        ofSite(site);
      } else {
        ofAll(part.split(":", -1));
        ofAll++;
      }
    }
    if (parts.length == 0 || parts.length > SITES_MAX || ofAll > PARTS_MAX) {
      throw invalid();
    }
    requireWhole();
    channels.removeIf(NoiseChannel::isNone);
    return new NoiseModel(
        text,
        channels,
        readout,
        idle,
        times,
        virtualZ,
        new SiteNoise(gates, pairs, readouts, relaxations, gateNanos, pairNanos));
  }

  /// What is said of single qubits has to be said of all too: it is their exception.
  private void requireWhole() {
    boolean depolarizes =
        channels.stream().anyMatch(one -> one.kind() == NoiseChannel.Kind.DEPOLARIZING);
    boolean wanting =
        (!depolarizes && !(gates.isEmpty() && pairs.isEmpty()))
            || (Double.isInfinite(idle.t1Micros()) && !relaxations.isEmpty())
            || (times.equals(GateTimes.NONE) && !(gateNanos.isEmpty() && pairNanos.isEmpty()));
    if (wanting) {
      throw invalid();
    }
  }

  private void ofAll(String[] words) {
    String name = words[0];
    int numbers = words.length - 1;
    if (name.equals(READOUT) && (numbers == 1 || numbers == 2)) {
      readout = readout.then(new Readout(strength(words[1]), strength(words[numbers])));
    } else if (name.equals(DETUNING) && numbers == 1) {
      idle = new IdleNoise(number(words[1], NUMBER_MAX), idle.t1Micros(), idle.t2Micros());
    } else if (name.equals(RELAXATION) && numbers == 2) {
      SiteNoise.Relaxation relaxing = relaxing(words);
      idle = new IdleNoise(idle.detuningKilohertz(), relaxing.t1Micros(), relaxing.t2Micros());
    } else if (name.equals(GATE_TIME) && numbers == 3) {
      times =
          new GateTimes(
              number(words[1], NUMBER_MAX),
              number(words[2], NUMBER_MAX),
              number(words[3], NUMBER_MAX));
    } else if (name.equals(VIRTUAL_Z) && numbers == 0) {
      virtualZ = true;
    } else if (numbers == 1 || (numbers == 2 && name.equals(DEPOLARIZING))) {
      NoiseChannel.Kind kind = NoiseChannel.Kind.of(name).orElseThrow(this::invalid);
      channels.add(new NoiseChannel(kind, strength(words[1]), strength(words[numbers])));
    } else {
      throw invalid();
    }
  }

  private void ofSite(Matcher site) {
    String[] words = site.group(1).split(":", -1);
    int numbers = words.length - 1;
    int qubit = Integer.parseInt(site.group(2));
    boolean one = site.group(3) == null;
    SiteNoise.Pair pair = SiteNoise.Pair.of(qubit, one ? qubit : Integer.parseInt(site.group(3)));
    if (!one && pair.low() == pair.high()) {
      throw invalid();
    }
    switch (words[0]) {
      case READOUT -> {
        require(one && (numbers == 1 || numbers == 2));
        readouts.put(qubit, new Readout(strength(words[1]), strength(words[numbers])));
      }
      case RELAXATION -> {
        require(one && numbers == 2);
        relaxations.put(qubit, relaxing(words));
      }
      case GATE_TIME -> {
        require(numbers == 1);
        double nanos = number(words[1], NUMBER_MAX);
        Double _ = one ? gateNanos.put(qubit, nanos) : pairNanos.put(pair, nanos);
      }
      default -> {
        require(words[0].equals(DEPOLARIZING) && numbers == 1);
        double strength = strength(words[1]);
        Double _ = one ? gates.put(qubit, strength) : pairs.put(pair, strength);
      }
    }
  }

  private void require(boolean holds) {
    if (!holds) {
      throw invalid();
    }
  }

  private SiteNoise.Relaxation relaxing(String[] words) {
    double t1 = number(words[1], NUMBER_MAX);
    double t2 = number(words[2], NUMBER_MAX);
    if (t1 == 0 || t2 == 0 || t2 > 2 * t1) {
      throw invalid();
    }
    return new SiteNoise.Relaxation(t1, t2);
  }

  private double strength(String word) {
    return number(word, 1);
  }

  private double number(String word, double most) {
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
    throw invalid();
  }

  private RuntimeException invalid() {
    return QuantumProblems.NOISE_MODEL_INVALID
        .field(
            field,
            text,
            "parts NAME:0..1, detuning:KHZ, relaxation:T1_US:T2_US,"
                + " gate_time:NS:PAIR_NS:READOUT_NS joined by +, of "
                + NoiseModel.words()
                + ", also of one qubit (@3) or pair (@3-4); or a device")
        .toException();
  }
}
