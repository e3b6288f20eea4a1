package dev.reeve.quantum.compiler;

import com.google.errorprone.annotations.Immutable;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses where each qubit begins and moves them about: many runs of [SabreRun] from random
/// layouts, each refined by going through the circuit to and fro, and the one with the fewest
/// swaps. Where the circuit's pairs fit onto the device as they are, none is needed.
final class SabreRouter {
  /// How much to try.
  ///
  /// @param layouts random layouts to begin with; 0 for the one in which qubits keep their numbers
  /// @param rounds how often each is refined, to and fro
  /// @param runs runs from each refined layout
  @Immutable
  record Effort(int layouts, int rounds, int runs) {}

  /// A circuit on the device's qubits.
  ///
  /// @param operations with swaps as gates
  /// @param initial where each qubit of the circuit begins
  /// @param last where each ends
  /// @param moves where what began on each qubit of the device ends, fillers too
  /// @param swaps how many were put in
  record Routed(
      List<Operation> operations, Indexes initial, Indexes last, Indexes moves, int swaps) {}

  private final List<Operation> operations;
  private final int qubits;
  private final CouplingMap couplings;
  private final PairGates forth;
  private final PairGates back;

  SabreRouter(List<Operation> operations, int qubits, CouplingMap couplings) {
    this.operations = operations;
    this.qubits = qubits;
    this.couplings = couplings;
    this.forth = PairGates.of(operations, couplings.qubits());
    this.back = forth.reversed(couplings.qubits());
  }

  Routed route(Effort effort, long seed) {
    SplitMix random = new SplitMix(seed);
    Layout identity = Layout.identity(couplings.qubits());
    if (effort.layouts() == 0) {
      return emit(identity, random, Integer.MAX_VALUE - 1);
    }
    Optional<Layout> perfect = PairEmbedding.find(forth, qubits, couplings);
    if (perfect.isPresent()) {
      return emit(perfect.get(), random, Integer.MAX_VALUE - 1);
    }
    Layout best = identity;
    long bestSeed = random.nextLong();
    int fewest = swaps(identity, bestSeed, Integer.MAX_VALUE - 1);
    for (int i = 0; i < effort.layouts(); i++) {
      Layout start =
          refined(
              Layout.random(couplings.qubits(), random),
              effort.rounds(),
              new SplitMix(random.nextLong()));
      for (int run = 0; run < effort.runs(); run++) {
        long runSeed = random.nextLong();
        int swaps = swaps(start, runSeed, fewest - 1);
        if (swaps < fewest) {
          fewest = swaps;
          best = start;
          bestSeed = runSeed;
        }
      }
    }
    return emit(best, new SplitMix(bestSeed), fewest);
  }

  private Layout refined(Layout layout, int rounds, SplitMix random) {
    Layout moved = layout;
    for (int round = 0; round < rounds; round++) {
      for (PairGates gates : List.of(forth, back)) {
        SabreRun run = new SabreRun(gates, couplings, moved, random, false, Integer.MAX_VALUE - 1);
        int _ = run.run();
        moved = run.layout();
      }
    }
    return moved;
  }

  private int swaps(Layout layout, long seed, int swapsMax) {
    return new SabreRun(forth, couplings, layout.copy(), new SplitMix(seed), false, swapsMax).run();
  }

  /// Runs once more and writes down what happens; what acts on one qubit goes along with it.
  private Routed emit(Layout initial, SplitMix random, int swapsMax) {
    SabreRun run = new SabreRun(forth, couplings, initial.copy(), random, true, swapsMax);
    int swaps = run.run();
    Wires wires = new Wires(operations, couplings.qubits());
    Layout layout = initial.copy();
    List<Operation> out = new ArrayList<>();
    for (int event : run.events()) {
      if (event >= 0) {
        int index = forth.operation(event);
        GateOperation gate = (GateOperation) operations.get(index);
        for (int i = 0; i < 2; i++) {
          wires.before(gate.qubit(i), index, operation -> out.add(moved(operation, layout)));
        }
        out.add(moved(gate, layout));
        wires.passed(gate);
      } else {
        int first = ~event / couplings.qubits();
        int second = ~event % couplings.qubits();
        out.add(GateOperation.of(Gate.SWAP, first, second));
        layout.swap(first, second);
      }
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      wires.before(qubit, operations.size(), operation -> out.add(moved(operation, layout)));
    }
    int[] moves = new int[couplings.qubits()];
    for (int place = 0; place < moves.length; place++) {
      moves[place] = layout.physical(initial.logical(place));
    }
    return new Routed(
        out,
        Indexes.of(initial.places(qubits)),
        Indexes.of(layout.places(qubits)),
        Indexes.of(moves),
        swaps);
  }

  private static Operation moved(Operation operation, Layout layout) {
    return Relabelled.of(operation, layout::physical);
  }
}
