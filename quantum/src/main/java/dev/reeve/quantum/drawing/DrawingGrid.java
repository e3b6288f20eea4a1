package dev.reeve.quantum.drawing;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Where everything of a drawing stands: a row for each qubit, one for each classical register, and
/// columns from left to right. An operation stands in the first column in which nothing else is
/// between the rows it joins.
final class DrawingGrid {
  private static final int OPERATIONS_MAX = 20_000;

  /// What stands on a row.
  enum Kind {
    BOX,
    CONTROL,
    CONTROL_ON_ZERO,
    FLIP,
    SWAP,
    MEASURE,
    OUTCOME,
    BARRIER,
    REGION
  }

  /// @param text what is written there, for those that have something written
  record Cell(int row, Kind kind, String text) {}

  /// A line between two rows.
  ///
  /// @param classical whether it carries an outcome
  record Link(int from, int to, boolean classical) {}

  /// What stands in one column.
  record Column(List<Cell> cells, List<Link> links) {}

  private final Circuit circuit;
  private final OperationText text;
  private final List<String> labels = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final int[] filled;
  private int operations;

  private DrawingGrid(Circuit circuit, OperationText text) {
    this.circuit = circuit;
    this.text = text;
    for (int qubit = 0; qubit < circuit.qubits(); qubit++) {
      labels.add(text.qubit(qubit));
    }
    for (Register register : circuit.bitRegisters()) {
      labels.add(register.name() + "[" + register.size() + "]");
    }
    this.filled = new int[labels.size()];
  }

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_LARGE_TO_DRAW`
  static DrawingGrid of(Circuit circuit, OperationText text) {
    DrawingGrid grid = new DrawingGrid(circuit, text);
    grid.add(circuit.operations());
    return grid;
  }

  /// What each row is called.
  List<String> labels() {
    return labels;
  }

  List<Column> columns() {
    return columns;
  }

  boolean isClassical(int row) {
    return row >= circuit.qubits();
  }

  private void add(List<Operation> body) {
    for (Operation operation : body) {
      if (++operations > OPERATIONS_MAX) {
        throw QuantumProblems.CIRCUIT_TOO_LARGE_TO_DRAW
            .because("operations: more than " + OPERATIONS_MAX + " (expected: fewer)")
            .toException();
      }
      switch (operation) {
        case GateOperation gate -> gate(gate);
        case Operation.Measure(int qubit, int bit) -> measure(qubit, bit);
        case Operation.Reset(int qubit) -> put(List.of(new Cell(qubit, Kind.BOX, "|0>")), false);
        case Operation.Barrier(Indexes qubits) -> barrier(qubits);
        case Operation.Delay(int qubit, double nanoseconds) ->
            put(List.of(new Cell(qubit, Kind.BOX, OperationText.nanoseconds(nanoseconds))), false);
        case Operation.AssignBits(Indexes bits, ClassicalExpression value) ->
            assign(bits, text.value(value));
        case Operation.AssignVariable _ -> {}
        case Operation.If branch -> {
          BitSet rows = rows(List.of(branch));
          mark(rows, "if " + text.value(branch.condition()) + " {");
          add(branch.then());
          if (!branch.otherwise().isEmpty()) {
            mark(rows, "} else {");
            add(branch.otherwise());
          }
          mark(rows, "}");
        }
        case Operation.While loop -> {
          BitSet rows = rows(List.of(loop));
          mark(rows, "while " + text.value(loop.condition()) + " {");
          add(loop.body());
          mark(rows, "}");
        }
      }
    }
  }

  private void gate(GateOperation gate) {
    if (gate.qubitCount() == 0) {
      return;
    }
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < gate.controlCount(); i++) {
      Kind kind = gate.controlValue(i) ? Kind.CONTROL : Kind.CONTROL_ON_ZERO;
      cells.add(new Cell(gate.control(i), kind, ""));
    }
    for (int i = 0; i < gate.targetCount(); i++) {
      Cell cell =
          gate.gate() == Gate.X && gate.controlCount() > 0
              ? new Cell(gate.target(i), Kind.FLIP, "")
              : gate.gate() == Gate.SWAP
                  ? new Cell(gate.target(i), Kind.SWAP, "")
                  : new Cell(gate.target(i), Kind.BOX, text.gate(gate));
      cells.add(cell);
    }
    put(cells, false);
  }

  private void measure(int qubit, int bit) {
    List<Cell> cells = new ArrayList<>(List.of(new Cell(qubit, Kind.MEASURE, "M")));
    int row = row(bit);
    if (row >= 0) {
      Register register = circuit.bitRegisters().get(row - circuit.qubits());
      cells.add(new Cell(row, Kind.OUTCOME, Integer.toString(bit - register.offset())));
    }
    put(cells, true);
  }

  /// The row of the register that holds a bit; -1 when it is not shown.
  private int row(int bit) {
    for (int i = 0; i < circuit.bitRegisters().size(); i++) {
      Register register = circuit.bitRegisters().get(i);
      if (bit >= register.offset() && bit < register.offset() + register.size()) {
        return circuit.qubits() + i;
      }
    }
    return -1;
  }

  private void barrier(Indexes qubits) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < qubits.size(); i++) {
      cells.add(new Cell(qubits.get(i), Kind.BARRIER, ""));
    }
    if (!cells.isEmpty()) {
      place(cells, List.of());
    }
  }

  private void assign(Indexes bits, String value) {
    BitSet rows = new BitSet();
    for (int i = 0; i < bits.size(); i++) {
      if (row(bits.get(i)) >= 0) {
        rows.set(row(bits.get(i)));
      }
    }
    rows.stream().forEach(row -> put(List.of(new Cell(row, Kind.BOX, "= " + value)), false));
  }

  private BitSet rows(List<Operation> body) {
    Footprint footprint = Footprint.of(body);
    BitSet rows = new BitSet();
    rows.or(footprint.qubits());
    rows.or(footprint.delayed());
    for (BitSet bits : List.of(footprint.bitsRead(), footprint.bitsWritten())) {
      bits.stream().map(this::row).filter(row -> row >= 0).forEach(rows::set);
    }
    return rows;
  }

  /// Begin or end of a region: nothing of its rows stands on the other side.
  private void mark(BitSet rows, String words) {
    List<Cell> cells = new ArrayList<>();
    rows.stream()
        .forEach(row ->
            cells.add(
                new Cell(
                    row,
                    Kind.REGION,
                    cells.isEmpty() ? words : words.startsWith("}") ? "}" : "{")));
    if (!cells.isEmpty()) {
      place(cells, List.of());
    }
  }

  private void put(List<Cell> cells, boolean classical) {
    int first = cells.stream().mapToInt(Cell::row).min().orElseThrow();
    int last = cells.stream().mapToInt(Cell::row).max().orElseThrow();
    place(cells, first == last ? List.of() : List.of(new Link(first, last, classical)));
  }

  private void place(List<Cell> cells, List<Link> links) {
    int first = cells.stream().mapToInt(Cell::row).min().orElseThrow();
    int last = cells.stream().mapToInt(Cell::row).max().orElseThrow();
    int at = Arrays.stream(filled, first, last + 1).max().orElseThrow();
    Arrays.fill(filled, first, last + 1, at + 1);
    while (columns.size() <= at) {
      columns.add(new Column(new ArrayList<>(), new ArrayList<>()));
    }
    columns.get(at).cells().addAll(cells);
    columns.get(at).links().addAll(links);
  }
}
