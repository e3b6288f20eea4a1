package dev.reeve.service.optimizer;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.base.Text;
import dev.reeve.service.JsonDocuments;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is to be thought of a compiled circuit, from the figures that its compile gave back. It is
/// reckoned, not learned: how likely nothing goes wrong, how much of the coherence time is left,
/// how much the circuit has grown. Advice alone; nothing here decides.
///
/// @param advice what follows
/// @param score 0 to 1, with the weights of a balanced objective
/// @param fidelity chance that no gate and no measurement goes wrong
/// @param latency share of the coherence that is left at the end
/// @param resource two-qubit gates before, for each one after; at most 1
/// @param confidence 0 to 1: how much of what the score needs was there, and whether the output was
///   seen to do what the source does
public record PlanScore(
    Advice advice,
    double score,
    double fidelity,
    double latency,
    double resource,
    double confidence) {
  /// The way in which scores are reckoned.
  public static final String MODEL = "reeve-plan-score-1";

  private static final int BYTES_MAX = 64 * 1024;

  /// Error rates and times, in microseconds, of devices like those the graphs come from.
  private static final Map<String, Double> USUAL =
      Map.of(
          "one_qubit_error", 0.0003,
          "two_qubit_error", 0.008,
          "readout_error", 0.012,
          "one_qubit_us", 0.035,
          "two_qubit_us", 0.3,
          "coherence_us", 100.0);

  /// What a score cannot do without.
  private static final List<String> NEEDED =
      List.of("gates", "two_qubit_gates", "depth", "two_qubit_depth");

  private static final double GOOD = 0.5;
  private static final double HOPELESS = 0.05;
  private static final double SURE = 0.8;

  /// What is advised.
  public enum Advice {
    /// Worth a run.
    ACCEPT,
    /// Somebody should look.
    REVIEW,
    /// Not worth a run.
    REJECT
  }

  /// @param features a JSON object; names as in the metadata of a compile, values as numbers or as
  ///   text, and error rates and times of the device beside them. What else there is counts for
  ///   nothing.
  /// @throws dev.reeve.base.ProblemException `OPTIMIZER_REQUEST_INVALID`
  public static PlanScore of(Bytes features) {
    if (features.size() > BYTES_MAX) {
      throw wrong("feature_vector", features.size() + " bytes", "at most " + BYTES_MAX);
    }
    Map<String, String> given =
        JsonDocuments.scalars(features)
            .orElseThrow(() -> wrong("feature_vector", "", "a JSON object"));
    return new Reckoning(given).score();
  }

  /// A digest of all that the score follows from, and of the score.
  ///
  /// @param seed as the caller gave it; nothing is drawn
  public Bytes digest(Bytes features, long seed) {
    return Sha256.of(
        new CanonicalWriter()
            .beginObject()
            .member("advice", advice.name())
            .member("confidence", Double.toString(confidence))
            .member("feature_sha256", Sha256.of(features))
            .member("model", MODEL)
            .member("score", Double.toString(score))
            .member("seed", Long.toUnsignedString(seed))
            .endObject()
            .toBytes());
  }

  /// The parts of the score, in a line.
  public String explanation() {
    return String.format(
        Locale.ROOT,
        "%s: fidelity %.4f, latency %.4f, resource %.4f, confidence %.2f",
        MODEL,
        fidelity,
        latency,
        resource,
        confidence);
  }

  private static RuntimeException wrong(String field, String value, String expected) {
    return ServiceProblems.OPTIMIZER_REQUEST_INVALID.field(field, value, expected).toException();
  }

  private record Reckoning(Map<String, String> given) {
    PlanScore score() {
      double twos = number("two_qubit_gates", 0);
      double ones = Math.max(0, number("gates", 0) - twos);
      double fidelity =
          kept("one_qubit_error", ones)
              * kept("two_qubit_error", twos)
              * kept("readout_error", number("measurements", 0));
      double latency = StrictMath.exp(-micros() / number("coherence_us", 0));
      double before = number("two_qubit_gates_before", twos);
      double resource = twos == 0 ? 1 : Math.min(1, before / twos);
      String certificate = given.getOrDefault("certificate.equivalent", "unknown");
      double known = (double) NEEDED.stream().filter(given::containsKey).count() / NEEDED.size();
      double confidence = certificate.equals("true") ? known : known / 2;
      Objective weights = Objective.of("balanced", Map.of());
      double total =
          known == 0
              ? 0
              : weights.fidelity() * fidelity
                  + weights.latency() * latency
                  + weights.resource() * resource
                  - weights.risk() * (1 - confidence);
      return new PlanScore(
          advice(certificate, fidelity, confidence, known),
          Math.clamp(total, 0, 1),
          fidelity,
          latency,
          resource,
          confidence);
    }

    private static Advice advice(
        String certificate, double fidelity, double confidence, double known) {
      if (certificate.equals("false") || (known == 1 && fidelity < HOPELESS)) {
        return Advice.REJECT;
      }
      return confidence >= SURE && fidelity >= GOOD ? Advice.ACCEPT : Advice.REVIEW;
    }

    private double kept(String rate, double times) {
      double error = number(rate, 0);
      if (error > 1) {
        throw wrong("feature_vector." + rate, Double.toString(error), "0 to 1");
      }
      return StrictMath.pow(1 - error, times);
    }

    private double micros() {
      if (given.containsKey("duration_us")) {
        return number("duration_us", 0);
      }
      double pairs = number("two_qubit_depth", 0);
      double others = Math.max(0, number("depth", 0) - pairs);
      return pairs * number("two_qubit_us", 0) + others * number("one_qubit_us", 0);
    }

    private double number(String name, double absent) {
      String text = given.get(name);
      if (text == null) {
        return USUAL.getOrDefault(name, absent);
      }
      try {
        double value = Double.parseDouble(text);
        if (value >= 0 && value < 1e15 && (value > 0 || !name.equals("coherence_us"))) {
          return value;
        }
      } catch (NumberFormatException _) {
        // Refused like a number out of bounds.
      }
      throw wrong("feature_vector." + name, Text.quoteForMessage(text), "a number from 0 on");
    }
  }
}
