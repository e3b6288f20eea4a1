package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.SplitMix;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A state as a chain of tensors, one to a qubit, as wide as the entanglement between both sides.
/// Everything left of the centre is an isometry to the left, everything right of it one to the
/// right, so that what is given up at a cut is known exactly.
///
/// A gate on qubits apart brings them together by exchanges, and there they stay.
final class MatrixProductState implements ShotState {
  /// The most that the probability of any set of outcomes may be off.
  static final double ERROR_MAX = 0.01;

  private final int rankMax;
  private final Checkpoint checkpoint;
  private final Site[] sites;
  private final int[] placeOf;
  private final int[] qubitAt;
  private int centre;
  private double errorBound;

  /// All qubits zero.
  ///
  /// @param rankMax widest bond
  MatrixProductState(int qubits, int rankMax, Checkpoint checkpoint) {
    this.rankMax = rankMax;
    this.checkpoint = checkpoint;
    this.sites = new Site[qubits];
    this.placeOf = new int[qubits];
    this.qubitAt = new int[qubits];
    for (int qubit = 0; qubit < qubits; qubit++) {
      sites[qubit] = Site.zero();
      placeOf[qubit] = qubit;
      qubitAt[qubit] = qubit;
    }
  }

  private MatrixProductState(MatrixProductState other) {
    this.rankMax = other.rankMax;
    this.checkpoint = other.checkpoint;
    this.sites = other.sites.clone();
    this.placeOf = other.placeOf.clone();
    this.qubitAt = other.qubitAt.clone();
    this.centre = other.centre;
    this.errorBound = other.errorBound;
  }

  @Override
  public void apply(Step.Unitary step) {
    switch (step) {
      case Step.Whole(ComplexMatrix matrix, Indexes qubits) -> apply(matrix, qubits);
      case Step.Wide(GateOperation gate, Indexes qubits) -> apply(WholeMatrix.of(gate), qubits);
      case Step.Kernel _ -> throw new IllegalStateException(step + " in a matrix product state");
    }
  }

  private void apply(ComplexMatrix matrix, Indexes qubits) {
    if (qubits.size() == 1) {
      int place = placeOf[qubits.get(0)];
      sites[place] = BlockGate.apply(sites[place], matrix, new int[] {0, 1}, checkpoint);
      return;
    }
    int first = gather(qubits.toArray());
    int[] rows = new int[matrix.dimension()];
    for (int state = 0; state < rows.length; state++) {
      for (int bit = 0; bit < qubits.size(); bit++) {
        int fromRight = qubits.size() - 1 - (placeOf[qubits.get(bit)] - first);
        rows[state] |= (state >> fromRight & 1) << bit;
      }
    }
    onBlock(first, qubits.size(), block -> BlockGate.apply(block, matrix, rows, checkpoint));
  }

  @Override
  public void pauli(int qubit, int which) {
    apply(PauliNoise.step(qubit, which));
  }

  /// Brings qubits to neighbouring places, around the middle one of them, and says where they
  /// begin.
  private int gather(int[] qubits) {
    int[] places = Arrays.stream(qubits).map(qubit -> placeOf[qubit]).sorted().toArray();
    int middle = places.length / 2;
    int anchor = places[middle];
    for (int i = middle - 1; i >= 0; i--) {
      for (int place = places[i]; place < anchor - (middle - i); place++) {
        exchange(place);
      }
    }
    for (int i = middle + 1; i < places.length; i++) {
      for (int place = places[i] - 1; place >= anchor + (i - middle); place--) {
        exchange(place);
      }
    }
    return anchor - middle;
  }

  /// Exchanges the qubits of a place and the next one.
  private void exchange(int place) {
    onBlock(place, 2, BlockGate::exchange);
    int qubit = qubitAt[place];
    qubitAt[place] = qubitAt[place + 1];
    qubitAt[place + 1] = qubit;
    placeOf[qubitAt[place]] = place;
    placeOf[qubit] = place + 1;
  }

  /// Applies a gate to neighbours and parts them again; the centre is the last of them then.
  private void onBlock(int first, int size, UnaryOperator<Site> gate) {
    moveCentre(Math.clamp(centre, first, first + size - 1));
    Site block = sites[first];
    for (int i = 1; i < size; i++) {
      block = block.times(sites[first + i], checkpoint);
    }
    Site rest = gate.apply(block);
    for (int i = 0; i < size - 1; i++) {
      checkpoint.pass();
      int columns = rest.middle() / 2 * rest.right();
      Truncation cut =
          Truncation.of(
              new Site(rest.left(), 2, columns, rest.re(), rest.im()), rankMax, checkpoint);
      sites[first + i] = cut.isometry();
      lose(cut.lost());
      Site next = cut.rest();
      rest = new Site(next.left(), rest.middle() / 2, rest.right(), next.re(), next.im());
    }
    sites[first + size - 1] = rest;
    centre = first + size - 1;
  }

  private void lose(double share) {
    errorBound += Math.sqrt(share);
    if (errorBound > ERROR_MAX) {
      throw QuantumProblems.SIMULATION_ENTANGLEMENT_EXCEEDED
          .because(
              "error_bound: %.3g with bonds of %d (expected: at most %s)"
                  .formatted(errorBound, rankMax, ERROR_MAX))
          .toException();
    }
  }

  private void moveCentre(int to) {
    while (centre < to) {
      checkpoint.pass();
      sites[centre + 1] = Chains.passRight(sites, centre, checkpoint);
      centre++;
    }
    while (centre > to) {
      checkpoint.pass();
      sites[centre - 1] = Chains.passLeft(sites, centre, checkpoint);
      centre--;
    }
  }

  @Override
  public double probabilityOfOne(int qubit) {
    moveCentre(placeOf[qubit]);
    Site site = sites[centre];
    double one = 0;
    double all = 0;
    for (int cell = 0; cell < site.re().length; cell++) {
      double square = site.re()[cell] * site.re()[cell] + site.im()[cell] * site.im()[cell];
      all += square;
      one += cell / site.right() % 2 == 1 ? square : 0;
    }
    return one / all;
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    moveCentre(placeOf[qubit]);
    double scale = 1 / Math.sqrt(probability);
    double[] re = {one ? 0 : scale, 0, 0, one ? scale : 0};
    sites[centre] =
        BlockGate.apply(
            sites[centre], ComplexMatrix.of(2, re, new double[4]), new int[] {0, 1}, checkpoint);
  }

  @Override
  public void sample(ClassicalMemory memory, int shots, SplitMix random, Tally tally) {
    moveCentre(0);
    new ChainSampler(sites, placeOf, checkpoint).sample(memory, shots, random, tally);
  }

  @Override
  public BasisProbabilities probabilities() {
    throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
        .because(
            "method: matrix_product_state gives counts (expected: statevector for probabilities)")
        .toException();
  }

  @Override
  public Moments moments(PauliSum observable) {
    return new ChainMoments(sites, placeOf, centre, checkpoint).of(observable);
  }

  @Override
  public Amplitudes amplitudes() {
    throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
        .because("method: matrix_product_state has no amplitudes (expected: statevector)")
        .toException();
  }

  @Override
  public double errorBound() {
    return errorBound;
  }

  @Override
  public @Nullable ShotState copyOrNull() {
    return new MatrixProductState(this);
  }

  @Override
  public void close() {
    Arrays.fill(sites, Site.zero());
  }
}
