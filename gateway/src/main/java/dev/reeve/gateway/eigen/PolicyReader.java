package dev.reeve.gateway.eigen;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import dev.reeve.service.optimizer.MappingPolicy;
import dev.reeve.wire.eigen.internal.v1.OptimizerPolicy;
import java.util.HashSet;
import java.util.Set;

/// Reads what an optimizer may do. A bound of zero is none: the message cannot tell it from one
/// left out.
final class PolicyReader {
  private static final int NAMES_MAX = 10_000;

  private PolicyReader() {}

  static MappingPolicy none() {
    return MappingPolicy.NONE;
  }

  static MappingPolicy policy(OptimizerPolicy policy) {
    double confidence = policy.getMinimumConfidence();
    if (!(confidence >= 0 && confidence <= 1)) {
      throw OptimizerCalls.invalid(
          "policy.minimum_confidence", Double.toString(confidence), "0 to 1");
    }
    if (policy.getForbiddenQubitsCount() > NAMES_MAX
        || policy.getForbiddenEdgesCount() > NAMES_MAX) {
      throw OptimizerCalls.invalid(
          "policy", "more than " + NAMES_MAX + " names", "at most " + NAMES_MAX);
    }
    Set<Integer> qubits = new HashSet<>();
    for (int i = 0; i < policy.getForbiddenQubitsCount(); i++) {
      qubits.add(qubit("policy.forbidden_qubits[" + i + "]", policy.getForbiddenQubits(i)));
    }
    Set<Edge> edges = new HashSet<>();
    for (int i = 0; i < policy.getForbiddenEdgesCount(); i++) {
      edges.add(edge("policy.forbidden_edges[" + i + "]", policy.getForbiddenEdges(i)));
    }
    return new MappingPolicy(
        confidence, bound(policy.getMaxDepth()), bound(policy.getMaxSwaps()), qubits, edges);
  }

  /// Unsigned on the wire: what does not fit is no bound.
  private static int bound(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }

  private static Edge edge(String field, String text) {
    String[] ends = text.split("[-,:]", -1);
    if (ends.length != 2) {
      throw OptimizerCalls.invalid(field, text, "two qubits, for example 3-4");
    }
    int first = qubit(field, ends[0].strip());
    int second = qubit(field, ends[1].strip());
    return new Edge(Math.min(first, second), Math.max(first, second));
  }

  private static int qubit(String field, String text) {
    String digits = text.startsWith("q") ? text.substring(1) : text;
    if (!digits.matches("[0-9]{1,6}")) {
      throw OptimizerCalls.invalid(field, text, "the number of a qubit");
    }
    return Integer.parseInt(digits);
  }
}
