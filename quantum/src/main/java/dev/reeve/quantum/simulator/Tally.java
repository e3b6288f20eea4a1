package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ResultLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts outcomes by their text.
final class Tally {
  private final ResultLayout layout;
  private final List<Step.Measure> tail;
  private final SortedMap<String, Long> counts = new TreeMap<>();

  Tally(ResultLayout layout, List<Step.Measure> tail) {
    this.layout = layout;
    this.tail = tail;
  }

  /// Counts shots that ended with this memory and nothing left to measure.
  void add(ClassicalMemory memory, long shots) {
    counts.merge(layout.text(memory::bit), shots, Long::sum);
  }

  /// Draws the tail's measurements for shots that share a state and a memory.
  void sample(
      StateVector vector,
      ClassicalMemory memory,
      int shots,
      SplitMix random,
      Checkpoint checkpoint) {
    Map<Long, Long> byOutcome = new HashMap<>();
    long measured = measuredQubits();
    new Sampler(vector)
        .draw(
            shots,
            random,
            checkpoint,
            (index, times) -> byOutcome.merge(index & measured, (long) times, Long::sum));
    byOutcome.forEach((basis, times) -> add(observed(basis, memory), times));
  }

  /// The memory after the tail's measurements found this basis state.
  ClassicalMemory observed(long basis, ClassicalMemory memory) {
    ClassicalMemory after = memory.copy();
    for (Step.Measure measure : tail) {
      after.setBit(measure.bit(), (basis >>> measure.qubit() & 1) == 1);
    }
    return after;
  }

  /// The bits of a basis index that the tail looks at.
  long measuredQubits() {
    long mask = 0;
    for (Step.Measure measure : tail) {
      mask |= 1L << measure.qubit();
    }
    return mask;
  }

  SortedMap<String, Long> counts() {
    return counts;
  }
}
