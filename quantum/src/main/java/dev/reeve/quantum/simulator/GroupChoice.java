package dev.reeve.quantum.simulator;

import java.util.ArrayList;
import java.util.List;

/// The next kernels that are done in one walk through memory, and those left over.
///
/// @param targets every qubit that one of the taken targets
record GroupChoice(long targets, List<Step.Kernel> taken, List<Step.Kernel> left) {
  /// Takes kernels as long as the targets of all fit into the rows of a block. One that does not
  /// fit is passed over, and with it whatever does not commute with it.
  ///
  /// @param lookahead how many kernels are looked at
  static GroupChoice of(int qubits, List<Step.Kernel> kernels, int lookahead) {
    int targetsMax = RowGroup.blockQubits(qubits) - RowGroup.COLUMN_QUBITS;
    long all = (1L << qubits) - 1;
    long targets = 0;
    long changed = 0;
    long lookedAt = 0;
    List<Step.Kernel> taken = new ArrayList<>();
    List<Step.Kernel> left = new ArrayList<>();
    int at = 0;
    for (; at < Math.min(lookahead, kernels.size()) && changed != all; at++) {
      Step.Kernel kernel = kernels.get(at);
      long mine = RowGroup.targets(kernel);
      long conditions = RowGroup.conditions(kernel);
      boolean free = (mine & (changed | lookedAt)) == 0 && (conditions & changed) == 0;
      if (free && RowGroup.fits(kernel) && Long.bitCount(targets | mine) <= targetsMax) {
        targets |= mine;
        taken.add(kernel);
      } else {
        changed |= mine;
        lookedAt |= conditions;
        left.add(kernel);
      }
    }
    left.addAll(kernels.subList(at, kernels.size()));
    return new GroupChoice(targets, taken, left);
  }
}
