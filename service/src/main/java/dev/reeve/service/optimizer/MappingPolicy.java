package dev.reeve.service.optimizer;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.Set;

/// What a candidate must keep to.
///
/// @param confidenceMin 0 to 1
/// @param depthMax longest chain of gates and measurements; 0 for no bound
/// @param swapsMax exchanges put in; 0 for no bound
/// @param forbiddenQubits of the device
/// @param forbiddenEdges of the device, the lower qubit first
public record MappingPolicy(
    double confidenceMin,
    int depthMax,
    int swapsMax,
    Set<Integer> forbiddenQubits,
    Set<Edge> forbiddenEdges) {
  /// Nothing is forbidden.
  public static final MappingPolicy NONE = new MappingPolicy(0, 0, 0, Set.of(), Set.of());

  public MappingPolicy {
    forbiddenQubits = Set.copyOf(forbiddenQubits);
    forbiddenEdges = Set.copyOf(forbiddenEdges);
  }

  boolean allowsDepth(int depth) {
    return depthMax == 0 || depth <= depthMax;
  }

  boolean allowsSwaps(int swaps) {
    return swapsMax == 0 || swaps <= swapsMax;
  }
}
