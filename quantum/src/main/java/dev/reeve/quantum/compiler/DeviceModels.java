package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;
import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The devices that come with the product, and graphs of any size by their name.
public final class DeviceModels {
  /// What a name may be.
  public static final String NAMES =
      "ibm_q20_tokyo, heavy_hex_27, heavy_hex_127, line_N, ring_N, grid_RxC or full_N";

  /// Most qubits of a graph in which every qubit may meet every other.
  public static final int FULL_QUBITS_MAX = 500;

  private static final int QUBITS_MAX = 2_000;
  private static final Pattern SIZED = Pattern.compile("(line|ring|full)_([1-9][0-9]{0,3})");
  private static final Pattern GRID = Pattern.compile("grid_([1-9][0-9]{0,2})x([1-9][0-9]{0,2})");

  private static final String TOKYO =
      "0-1 0-5 1-2 1-6 1-7 2-3 2-6 2-7 3-4 3-8 3-9 4-8 4-9 5-6 5-10 5-11 6-7 6-10 6-11 7-8 7-12"
          + " 7-13 8-9 8-12 8-13 9-14 10-11 10-15 11-12 11-16 11-17 12-13 12-16 12-17 13-14 13-18"
          + " 13-19 14-18 14-19 15-16 16-17 17-18 18-19";

  private static final String FALCON =
      "0-1 1-2 1-4 2-3 3-5 4-7 5-8 6-7 7-10 8-9 8-11 10-12 11-14 12-13 12-15 13-14 14-16 15-18"
          + " 16-19 17-18 18-21 19-20 19-22 21-23 22-25 23-24 24-25 25-26";

  private DeviceModels() {}

  /// The device of this name.
  public static Optional<DeviceModel> of(String name) {
    return couplings(name).map(couplings -> new DeviceModel(name, couplings));
  }

  private static Optional<CouplingMap> couplings(String name) {
    return switch (name) {
      case "ibm_q20_tokyo" -> Optional.of(CouplingMap.of(20, listed(TOKYO)));
      case "heavy_hex_27" -> Optional.of(CouplingMap.of(27, listed(FALCON)));
      case "heavy_hex_127" -> Optional.of(CouplingMap.of(127, heavyHex()));
      default -> sized(name).or(() -> grid(name));
    };
  }

  private static List<Edge> listed(String text) {
    List<Edge> edges = new ArrayList<>();
    for (String pair : text.split(" ", -1)) {
      String[] ends = pair.split("-", 2);
      edges.add(new Edge(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
    }
    return edges;
  }

  private static Optional<CouplingMap> sized(String name) {
    Matcher sized = SIZED.matcher(name);
    if (!sized.matches()) {
      return Optional.empty();
    }
    boolean full = sized.group(1).equals("full");
    int qubits = Integer.parseInt(sized.group(2));
    if (qubits > (full ? FULL_QUBITS_MAX : QUBITS_MAX)) {
      return Optional.empty();
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < qubits; i++) {
      for (int j = i + 1; j < (full ? qubits : Math.min(qubits, i + 2)); j++) {
        edges.add(new Edge(i, j));
      }
    }
    if (sized.group(1).equals("ring") && qubits > 2) {
      edges.add(new Edge(0, qubits - 1));
    }
    return Optional.of(CouplingMap.of(qubits, edges));
  }

  private static Optional<CouplingMap> grid(String name) {
    Matcher grid = GRID.matcher(name);
    if (!grid.matches()) {
      return Optional.empty();
    }
    int rows = Integer.parseInt(grid.group(1));
    int columns = Integer.parseInt(grid.group(2));
    if (rows * columns > QUBITS_MAX) {
      return Optional.empty();
    }
    List<Edge> edges = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int qubit = row * columns + column;
        if (column + 1 < columns) {
          edges.add(new Edge(qubit, qubit + 1));
        }
        if (row + 1 < rows) {
          edges.add(new Edge(qubit, qubit + columns));
        }
      }
    }
    return Optional.of(CouplingMap.of(rows * columns, edges));
  }

  /// Seven rows of 15 qubits, the first and the last one shorter, with four bridges between each
  /// two that stand under every fourth qubit, shifted by two from row to row.
  private static List<Edge> heavyHex() {
    List<Edge> edges = new ArrayList<>();
    int rowStart = 0;
    for (int row = 0; row < 7; row++) {
      int length = row == 0 || row == 6 ? 14 : 15;
      int shift = row == 6 ? 1 : 0;
      for (int i = 0; i + 1 < length; i++) {
        edges.add(new Edge(rowStart + i, rowStart + i + 1));
      }
      int bridges = rowStart + length;
      if (row < 6) {
        int nextRow = bridges + 4;
        int nextShift = row + 1 == 6 ? 1 : 0;
        for (int bridge = 0; bridge < 4; bridge++) {
          int column = 4 * bridge + (row % 2 == 0 ? 0 : 2);
          edges.add(new Edge(rowStart + column - shift, bridges + bridge));
          edges.add(new Edge(bridges + bridge, nextRow + column - nextShift));
        }
        rowStart = nextRow;
      }
    }
    Check.state(edges.size() == 144, "heavy hex: %d edges (expected: 144)", edges.size());
    return edges;
  }
}
