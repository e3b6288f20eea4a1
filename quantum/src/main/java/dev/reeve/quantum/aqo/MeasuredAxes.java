package dev.reeve.quantum.aqo;

import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The qubits that the end of a circuit leaves turned, because they were measured last about
/// another axis than Z. A mean is meant of the state as the document sees it, before that turn.
public final class MeasuredAxes {
  /// No qubit is turned.
  public static final MeasuredAxes NONE = new MeasuredAxes(new BitSet(), new BitSet());

  private final BitSet aboutX;
  private final BitSet aboutY;

  private MeasuredAxes(BitSet aboutX, BitSet aboutY) {
    this.aboutX = aboutX;
    this.aboutY = aboutY;
  }

  /// @param axes by qubit
  static MeasuredAxes of(AqoBasis[] axes) {
    BitSet aboutX = new BitSet();
    BitSet aboutY = new BitSet();
    for (int qubit = 0; qubit < axes.length; qubit++) {
      aboutX.set(qubit, axes[qubit] == AqoBasis.X);
      aboutY.set(qubit, axes[qubit] == AqoBasis.Y);
    }
    return aboutX.isEmpty() && aboutY.isEmpty() ? NONE : new MeasuredAxes(aboutX, aboutY);
  }

  /// The sum whose mean in the turned state is that of the given one before the turn.
  public PauliSum turned(PauliSum sum) {
    if (aboutX.isEmpty() && aboutY.isEmpty()) {
      return sum;
    }
    List<PauliSum.Term> terms = new ArrayList<>();
    for (PauliSum.Term term : sum.terms()) {
      terms.add(turned(term));
    }
    return new PauliSum(terms);
  }

  /// About X the turn is H: X to Z, Z to X, Y to -Y. About Y it is S-dagger and H: Y to Z, X to Y,
  /// Z to X.
  private PauliSum.Term turned(PauliSum.Term term) {
    PauliString product = term.product();
    BitSet flips = new BitSet();
    BitSet signs = new BitSet();
    boolean negative = false;
    BitSet support = product.support();
    for (int qubit = support.nextSetBit(0); qubit >= 0; qubit = support.nextSetBit(qubit + 1)) {
      boolean flip = product.flips(qubit);
      boolean sign = product.signs(qubit);
      if (aboutX.get(qubit)) {
        flips.set(qubit, sign);
        signs.set(qubit, flip);
        negative ^= flip && sign;
      } else if (aboutY.get(qubit)) {
        flips.set(qubit, !(flip && sign));
        signs.set(qubit, flip);
      } else {
        flips.set(qubit, flip);
        signs.set(qubit, sign);
      }
    }
    return new PauliSum.Term(
        negative ? -term.weight() : term.weight(), PauliString.of(flips, signs));
  }
}
