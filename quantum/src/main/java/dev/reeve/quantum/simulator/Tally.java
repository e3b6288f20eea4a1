package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.ResultLayout;
import dev.reeve.quantum.SplitMix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Counts outcomes by their text.
final class Tally {
  /// What an outcome takes in a result beside its text.
  private static final int OUTCOME_OVERHEAD_BYTES = 8;

  private final ResultLayout layout;
  private final List<Step.Measure> tail;
  private final Plan plan;
  private final long bytesMax;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private long bytes;

  /// @param bytesMax most bytes of the different outcomes: shots alone do not bound them, because a
  ///   program chooses how wide an outcome is
  Tally(Plan plan, long bytesMax) {
    this.layout = plan.layout();
    this.tail = plan.tail();
    this.plan = plan;
    this.bytesMax = bytesMax;
  }

  /// Counts shots that ended with this memory and nothing left to measure.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_OUTCOMES_EXCEEDED`
  void add(ClassicalMemory memory, long shots) {
    add(memory::bit, shots);
  }

  /// The same for bits by their address.
  void add(IntPredicate bits, long shots) {
    if (counts.merge(layout.text(bits), shots, Long::sum) == shots) {
      bytes += layout.width() + OUTCOME_OVERHEAD_BYTES;
      requireRoom();
    }
  }

  private void requireRoom() {
    if (bytes > bytesMax) {
      throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
          .because(
              "counts: more than %d different outcomes of %d bits (expected: fewer shots or bits)"
                  .formatted(counts.size() - 1, layout.width()))
          .toException();
    }
  }

  /// Draws the tail's measurements for shots that share a state and a memory.
  void sample(
      BasisProbabilities vector,
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
    byOutcome.forEach((basis, times) -> addRead(observed(basis, memory), times, random));
  }

  /// Counts shots whose last measurements found these bits, and reads some of them wrongly.
  void addRead(ClassicalMemory after, long shots, SplitMix random) {
    if (!plan.noise().misreads()) {
      add(after, shots);
      return;
    }
    for (long shot = 0; shot < shots; shot++) {
      ClassicalMemory read = after.copy();
      for (Step.Measure measure : tail) {
        boolean one = after.bit(measure.bit());
        if (random.nextDouble() < plan.readouts().get(measure.qubit()).wrong(one)) {
          read.setBit(measure.bit(), !one);
        }
      }
      add(read, 1);
    }
  }

  /// The measurements that come last.
  List<Step.Measure> tail() {
    return tail;
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
