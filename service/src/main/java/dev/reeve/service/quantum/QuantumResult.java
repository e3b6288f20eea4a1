package dev.reeve.service.quantum;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.hybrid.AnswerFacts;
import dev.reeve.quantum.hybrid.HybridRunner;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The result document of a quantum job: `{"counts":{..},"metadata":{..}}` in canonical form. The
/// runs of a sweep are added up in the counts, and told one by one in the metadata `sweep`, a JSON
/// list of `inputs`, `counts` and facts. For one thread.
final class QuantumResult {
  /// Most characters of an output beside the counts.
  private static final int OUTPUT_BYTES_MAX = 1 << 20;

  private static final int SWEEP_BYTES_MAX = 2 << 20;

  /// Facts that are told for each run of a sweep, and not for all together.
  private static final Set<String> OF_EACH_RUN =
      Set.of(
          "energy",
          "expectation",
          "expectation_values",
          "optimizer_converged",
          "optimizer_evaluations",
          "optimizer_history",
          "optimizer_iterations",
          "parameters",
          "quasi_probabilities",
          "readout_mitigation_refused",
          "standard_error",
          "standard_errors",
          "variance");

  private final String target;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();
  private final CanonicalWriter sweep = new CanonicalWriter(1_024).beginArray();
  private int runs;

  /// @param target the device as the job named it
  QuantumResult(String target) {
    this.target = target;
  }

  /// Adds a run.
  ///
  /// @param row its set of values in a sweep; empty when there is none
  /// @throws dev.reeve.base.ProblemException `SIMULATION_OUTCOMES_EXCEEDED`
  void add(Map<String, String> row, HybridRunner.Answer answer) {
    SortedMap<String, String> facts = AnswerFacts.of(answer);
    SortedMap<String, String> outputs = AnswerFacts.outputs(answer.result(), OUTPUT_BYTES_MAX);
    answer.result().counts().forEach((outcome, times) -> counts.merge(outcome, times, Long::sum));
    if (runs++ == 0) {
      metadata.putAll(facts);
      metadata.put("backend", target);
      metadata.put("driver", "reeve.simulator");
      if (row.isEmpty()) {
        metadata.putAll(outputs);
      } else {
        metadata.keySet().removeAll(OF_EACH_RUN);
      }
    }
    if (!row.isEmpty()) {
      facts.keySet().retainAll(OF_EACH_RUN);
      facts.put("seed", Long.toString(answer.result().seed()));
      facts.putAll(outputs);
      sweep.beginObject().key("counts").beginObject();
      answer.result().counts().forEach(sweep::member);
      sweep.endObject().member("inputs", row).member("metadata", facts).endObject();
      requireRoom();
    }
  }

  /// Adds facts of all runs together.
  void addFacts(Map<String, String> more) {
    metadata.putAll(more);
  }

  private void requireRoom() {
    if (sweep.size() > SWEEP_BYTES_MAX) {
      throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
          .because(
              "parameters: results of %d sets take more than %d bytes (expected: fewer sets)"
                  .formatted(runs, SWEEP_BYTES_MAX))
          .toException();
    }
  }

  Bytes document() {
    CanonicalWriter out = new CanonicalWriter(1_024).beginObject().key("counts").beginObject();
    counts.forEach(out::member);
    out.endObject();
    if (sweep.size() > 1) {
      metadata.put("sweep", sweep.endArray().toBytes().utf8());
    }
    return out.member("metadata", metadata).endObject().toBytes();
  }
}
