package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which pairs of a device's qubits a two-qubit gate may act on, either way round, and how far any
/// two are apart. Immutable.
public final class CouplingMap {
  private static final int UNREACHED = Integer.MAX_VALUE / 4;

  private final int[][] neighbours;
  private final int[][] distances;
  private final int[][] slots;
  private final List<Edge> edges;

  /// Two qubits side by side; the first has the lower number.
  public record Edge(int first, int second) {}

  private CouplingMap(int[][] neighbours, int[][] distances, List<Edge> edges) {
    this.neighbours = neighbours;
    this.distances = distances;
    this.slots = slots(neighbours);
    this.edges = List.copyOf(edges);
  }

  /// @param pairs edges, in any order and direction
  /// @throws IllegalArgumentException for a qubit out of range or one that cannot be reached
  public static CouplingMap of(int qubits, List<Edge> pairs) {
    List<List<Integer>> adjacent = new ArrayList<>();
    for (int i = 0; i < qubits; i++) {
      adjacent.add(new ArrayList<>());
    }
    List<Edge> edges = new ArrayList<>();
    for (Edge pair : pairs) {
      Check.argument(
          pair.first() >= 0
              && pair.first() < qubits
              && pair.second() >= 0
              && pair.second() < qubits,
          "edge: %s (expected: qubits below %d)",
          pair,
          qubits);
      adjacent.get(pair.first()).add(pair.second());
      adjacent.get(pair.second()).add(pair.first());
      edges.add(
          new Edge(Math.min(pair.first(), pair.second()), Math.max(pair.first(), pair.second())));
    }
    int[][] neighbours = new int[qubits][];
    for (int i = 0; i < qubits; i++) {
      neighbours[i] = adjacent.get(i).stream().mapToInt(Integer::intValue).sorted().toArray();
    }
    int[][] distances = new int[qubits][];
    for (int i = 0; i < qubits; i++) {
      distances[i] = distancesFrom(i, neighbours);
      Check.argument(
          Arrays.stream(distances[i]).allMatch(distance -> distance < UNREACHED),
          "couplings: qubit %d cannot reach all others",
          i);
    }
    return new CouplingMap(neighbours, distances, edges);
  }

  private static int[] distancesFrom(int start, int[][] neighbours) {
    int[] distances = new int[neighbours.length];
    Arrays.fill(distances, UNREACHED);
    distances[start] = 0;
    int[] reached = new int[neighbours.length];
    reached[0] = start;
    int count = 1;
    // Ends as soon as all are reached: in a dense graph that is at once.
    for (int i = 0; i < count && count < reached.length; i++) {
      for (int next : neighbours[reached[i]]) {
        if (distances[next] == UNREACHED) {
          distances[next] = distances[reached[i]] + 1;
          reached[count++] = next;
        }
      }
    }
    return distances;
  }

  /// The same number for both directions of an edge.
  private static int[][] slots(int[][] neighbours) {
    int[][] slots = new int[neighbours.length][];
    int count = 0;
    for (int from = 0; from < slots.length; from++) {
      slots[from] = new int[neighbours[from].length];
      for (int n = 0; n < slots[from].length; n++) {
        int to = neighbours[from][n];
        int back = to < from ? Arrays.binarySearch(neighbours[to], from) : -1;
        slots[from][n] = back >= 0 ? slots[to][back] : count++;
      }
    }
    return slots;
  }

  /// How many qubits the device has.
  public int qubits() {
    return neighbours.length;
  }

  /// Every edge once.
  public List<Edge> edges() {
    return edges;
  }

  /// Steps from one qubit to the other; 1 for neighbours.
  public int distance(int first, int second) {
    return distances[first][second];
  }

  /// Number of neighbours of a qubit.
  int degree(int qubit) {
    return neighbours[qubit].length;
  }

  /// A neighbour of a qubit, by its place in ascending order.
  int neighbour(int qubit, int place) {
    return neighbours[qubit][place];
  }

  /// The number of the edge to a neighbour, the same from either side; below twice the number of
  /// edges.
  int slot(int qubit, int place) {
    return slots[qubit][place];
  }

  /// More than any number of an edge.
  int slots() {
    return 2 * edges.size();
  }
}
