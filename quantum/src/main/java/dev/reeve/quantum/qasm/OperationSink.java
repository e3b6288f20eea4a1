package dev.reeve.quantum.qasm;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Takes the operations of the circuit: those of the body, and while a region is open, those of the
/// innermost region.
final class OperationSink {
  private final Budget budget;
  private final EqualOperations equals = new EqualOperations();
  private final Deque<List<Operation>> open = new ArrayDeque<>();

  OperationSink(Budget budget) {
    this.budget = budget;
    open.push(new ArrayList<>());
  }

  void add(Operation operation, int offset) {
    budget.operations(1, offset);
    Operation kept = operation;
    switch (operation) {
      case GateOperation gate -> kept = equals.one(gate);
      case Operation.AssignBits assign -> budget.code(assign.value(), offset);
      case Operation.AssignVariable assign -> budget.code(assign.value(), offset);
      case Operation.If branch -> budget.code(branch.condition(), offset);
      case Operation.While loop -> budget.code(loop.condition(), offset);
      case Operation.Quantum _ -> {}
    }
    open.element().add(kept);
  }

  /// Operations in the innermost region.
  int size() {
    return open.element().size();
  }

  /// Drops the last operations of the innermost region.
  void cutTo(int size) {
    List<Operation> innermost = open.element();
    innermost.subList(Math.min(size, innermost.size()), innermost.size()).clear();
  }

  void openRegion() {
    open.push(new ArrayList<>());
  }

  /// Closes the innermost region and returns what it holds.
  List<Operation> closeRegion() {
    return open.pop();
  }

  /// Regions that are open: 0 in the body.
  int region() {
    return open.size() - 1;
  }

  /// Drops regions that an error left open.
  void closeRegionsDownTo(int region) {
    while (region() > region) {
      open.pop();
    }
  }

  /// Everything in the body.
  List<Operation> body() {
    return open.getLast();
  }
}
