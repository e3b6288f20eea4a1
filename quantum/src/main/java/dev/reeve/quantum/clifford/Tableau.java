package dev.reeve.quantum.clifford;

import dev.reeve.quantum.PauliString;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/// A stabilizer state of any number of qubits, as the signs and Pauli operators of its generators
/// (Aaronson and Gottesman 2004): `n` destabilizers, then `n` stabilizers.
///
/// Kept by qubit, 64 generators to a word, so that a gate is a handful of operations on `n / 32`
/// words. A generator is `(-1)^sign i^|x z| X^x Z^z`. Starts in the zero state. Not thread-safe.
public final class Tableau implements CliffordTarget {
  private final int qubits;

  /// Words of either half; both begin at a word of their own.
  private final int halfWords;

  private final long[][] x;
  private final long[][] z;
  private final long[] sign;

  /// All qubits zero.
  public Tableau(int qubits) {
    this.qubits = qubits;
    this.halfWords = (qubits + 63) >> 6;
    this.x = new long[qubits][2 * halfWords];
    this.z = new long[qubits][2 * halfWords];
    this.sign = new long[2 * halfWords];
    for (int qubit = 0; qubit < qubits; qubit++) {
      x[qubit][qubit >> 6] = 1L << qubit;
      z[qubit][halfWords + (qubit >> 6)] = 1L << qubit;
    }
  }

  private Tableau(Tableau other) {
    this.qubits = other.qubits;
    this.halfWords = other.halfWords;
    this.x = copy(other.x);
    this.z = copy(other.z);
    this.sign = other.sign.clone();
  }

  private static long[][] copy(long[][] rows) {
    long[][] copy = new long[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  /// Bytes that a tableau of so many qubits takes.
  public static long bytes(int qubits) {
    return 4L * qubits * ((qubits + 63) >> 6) * Long.BYTES;
  }

  /// The same state, on its own from now on.
  public Tableau copy() {
    return new Tableau(this);
  }

  @Override
  public void apply(CliffordGate gate, int first, int second) {
    switch (gate) {
      case H -> hadamard(first);
      case S -> phase(first, false);
      case SDG -> phase(first, true);
      case SX -> rootX(first, false);
      case SXDG -> rootX(first, true);
      case X -> flip(z[first]);
      case Z -> flip(x[first]);
      case Y -> {
        flip(z[first]);
        flip(x[first]);
      }
      case CX -> controlledX(first, second);
      case CY -> {
        phase(second, true);
        controlledX(first, second);
        phase(second, false);
      }
      case CZ -> controlledZ(first, second);
      case SWAP -> {
        swap(x, first, second);
        swap(z, first, second);
      }
    }
  }

  private void flip(long[] mask) {
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= mask[w];
    }
  }

  private void hadamard(int qubit) {
    long[] xs = x[qubit];
    long[] zs = z[qubit];
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= xs[w] & zs[w];
    }
    x[qubit] = zs;
    z[qubit] = xs;
  }

  private void phase(int qubit, boolean inverse) {
    long[] xs = x[qubit];
    long[] zs = z[qubit];
    long flipped = inverse ? -1L : 0;
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= xs[w] & (zs[w] ^ flipped);
      zs[w] ^= xs[w];
    }
  }

  private void rootX(int qubit, boolean inverse) {
    long[] xs = x[qubit];
    long[] zs = z[qubit];
    long flipped = inverse ? 0 : -1L;
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= zs[w] & (xs[w] ^ flipped);
      xs[w] ^= zs[w];
    }
  }

  private void controlledX(int control, int target) {
    long[] xc = x[control];
    long[] zc = z[control];
    long[] xt = x[target];
    long[] zt = z[target];
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= xc[w] & zt[w] & ~(xt[w] ^ zc[w]);
      xt[w] ^= xc[w];
      zc[w] ^= zt[w];
    }
  }

  private void controlledZ(int first, int second) {
    long[] xa = x[first];
    long[] za = z[first];
    long[] xb = x[second];
    long[] zb = z[second];
    for (int w = 0; w < sign.length; w++) {
      sign[w] ^= xa[w] & xb[w] & (za[w] ^ zb[w]);
      za[w] ^= xb[w];
      zb[w] ^= xa[w];
    }
  }

  private static void swap(long[][] rows, int first, int second) {
    long[] kept = rows[first];
    rows[first] = rows[second];
    rows[second] = kept;
  }

  /// Whether a measurement of this qubit is random: each outcome as likely as the other.
  public boolean isRandom(int qubit) {
    return pivot(qubit) >= 0;
  }

  /// Measures a qubit in the computational basis.
  ///
  /// @param coin asked once, when the outcome is random
  public boolean measure(int qubit, BooleanSupplier coin) {
    int pivot = pivot(qubit);
    if (pivot < 0) {
      return certainOutcome(qubit);
    }
    boolean one = coin.getAsBoolean();
    multiplyByPivot(qubit, pivot);
    replacePivot(qubit, pivot, one);
    return one;
  }

  /// The first stabilizer that does not commute with Z on this qubit, counted over both halves; -1
  /// when all do.
  private int pivot(int qubit) {
    long[] xs = x[qubit];
    for (int w = halfWords; w < 2 * halfWords; w++) {
      if (xs[w] != 0) {
        return (w << 6) + Long.numberOfTrailingZeros(xs[w]);
      }
    }
    return -1;
  }

  /// Makes every other generator commute with Z on this qubit by multiplying it with the pivot. The
  /// powers of i are added up modulo 4, two bits to a generator. Signs of destabilizers say nothing
  /// about any outcome and are left as they are.
  private void multiplyByPivot(int qubit, int pivot) {
    int pivotWord = pivot >> 6;
    long[] others = x[qubit].clone();
    others[pivotWord] &= ~(1L << pivot);
    long[] mask = Arrays.copyOfRange(others, halfWords, 2 * halfWords);
    long[] low = new long[halfWords];
    long[] high = new long[halfWords];
    for (int q = 0; q < qubits; q++) {
      boolean pivotX = (x[q][pivotWord] >>> pivot & 1) == 1;
      boolean pivotZ = (z[q][pivotWord] >>> pivot & 1) == 1;
      if (pivotX && pivotZ) {
        countY(x[q], z[q], halfWords, mask, low, high);
        add(x[q], others);
        add(z[q], others);
      } else if (pivotX) {
        countX(x[q], z[q], halfWords, mask, low, high);
        add(x[q], others);
      } else if (pivotZ) {
        countZ(x[q], z[q], halfWords, mask, low, high);
        add(z[q], others);
      }
    }
    long flipped = (sign[pivotWord] >>> pivot & 1) == 1 ? -1L : 0;
    for (int w = 0; w < halfWords; w++) {
      sign[halfWords + w] ^= (flipped ^ high[w]) & mask[w];
    }
  }

  private static void add(long[] target, long[] other) {
    for (int w = 0; w < target.length; w++) {
      target[w] ^= other[w];
    }
  }

  /// Adds what multiplying with Y at a place does to the powers of i.
  private static void countY(long[] xs, long[] zs, int from, long[] mask, long[] low, long[] high) {
    for (int w = 0; w < mask.length; w++) {
      long xw = xs[from + w];
      long zw = zs[from + w];
      long up = zw & ~xw & mask[w];
      long down = xw & ~zw & mask[w];
      long first = low[w] ^ up;
      high[w] ^= (low[w] & up) ^ (~first & down);
      low[w] = first ^ down;
    }
  }

  /// Adds what multiplying with X at a place does to the powers of i.
  private static void countX(long[] xs, long[] zs, int from, long[] mask, long[] low, long[] high) {
    for (int w = 0; w < mask.length; w++) {
      long xw = xs[from + w];
      long zw = zs[from + w];
      long up = xw & zw & mask[w];
      long down = zw & ~xw & mask[w];
      long first = low[w] ^ up;
      high[w] ^= (low[w] & up) ^ (~first & down);
      low[w] = first ^ down;
    }
  }

  /// Adds what multiplying with Z at a place does to the powers of i.
  private static void countZ(long[] xs, long[] zs, int from, long[] mask, long[] low, long[] high) {
    for (int w = 0; w < mask.length; w++) {
      long xw = xs[from + w];
      long zw = zs[from + w];
      long up = xw & ~zw & mask[w];
      long down = xw & zw & mask[w];
      long first = low[w] ^ up;
      high[w] ^= (low[w] & up) ^ (~first & down);
      low[w] = first ^ down;
    }
  }

  /// The pivot becomes the destabilizer of the new stabilizer, Z on the qubit with the outcome as
  /// its sign.
  private void replacePivot(int qubit, int pivot, boolean one) {
    int from = pivot >> 6;
    int to = from - halfWords;
    long bit = 1L << pivot;
    for (int q = 0; q < qubits; q++) {
      move(x[q], from, to, bit);
      move(z[q], from, to, bit);
    }
    move(sign, from, to, bit);
    z[qubit][from] |= bit;
    if (one) {
      sign[from] |= bit;
    }
  }

  private static void move(long[] row, int from, int to, long bit) {
    row[to] = (row[to] & ~bit) | (row[from] & bit);
    row[from] &= ~bit;
  }

  /// Z on the qubit is, up to sign, the product of the stabilizers whose destabilizers do not
  /// commute with it.
  private boolean certainOutcome(int qubit) {
    return (quarterTurns(Arrays.copyOf(x[qubit], halfWords)) & 2) != 0;
  }

  /// The power of i before the product of some stabilizers when it is written with all X first. It
  /// comes from their signs, from the i of each Y, and from each Z that stands before an X of a
  /// later one.
  ///
  /// @param chosen which, as bits
  private int quarterTurns(long[] chosen) {
    int quarterTurns = 0;
    for (int w = 0; w < halfWords; w++) {
      quarterTurns += 2 * Long.bitCount(sign[halfWords + w] & chosen[w]);
    }
    for (int q = 0; q < qubits; q++) {
      long[] xs = x[q];
      long[] zs = z[q];
      long zBefore = 0;
      int crossings = 0;
      for (int w = 0; w < halfWords; w++) {
        long xw = xs[halfWords + w] & chosen[w];
        long zw = zs[halfWords + w] & chosen[w];
        if ((xw | zw) != 0) {
          quarterTurns += Long.bitCount(xw & zw);
          long upTo = prefixParity(zw);
          crossings += Long.bitCount(xw & (upTo ^ zw ^ zBefore));
          zBefore ^= upTo >> 63;
        }
      }
      quarterTurns += 2 * crossings;
    }
    return quarterTurns;
  }

  /// Bit `i` of the answer is the parity of bits 0 to `i`.
  private static long prefixParity(long word) {
    long parity = word;
    for (int shift = 1; shift < 64; shift <<= 1) {
      parity ^= parity << shift;
    }
    return parity;
  }

  /// The generators that do not commute with an operator; none when the state is one of its
  /// eigenstates.
  public BitSet anticommuting(PauliString product) {
    return BitSet.valueOf(crossing(product, halfWords));
  }

  /// Whether the state is an eigenstate of an operator for -1.
  ///
  /// @param product one with which every generator commutes
  public boolean isNegative(PauliString product) {
    return ((quarterTurns(crossing(product, 0)) - product.countY()) & 2) != 0;
  }

  /// Which generators of one half do not commute with an operator, as bits.
  private long[] crossing(PauliString product, int from) {
    long[] crossing = new long[halfWords];
    BitSet support = product.support();
    for (int q = support.nextSetBit(0); q >= 0; q = support.nextSetBit(q + 1)) {
      for (int w = 0; w < halfWords; w++) {
        crossing[w] ^= product.signs(q) ? x[q][from + w] : 0;
        crossing[w] ^= product.flips(q) ? z[q][from + w] : 0;
      }
    }
    return crossing;
  }

  /// Whether both send every Pauli operator to the same one: then they came of circuits that are
  /// the same up to a phase.
  public boolean isSameMap(Tableau other) {
    return qubits == other.qubits
        && Arrays.deepEquals(x, other.x)
        && Arrays.deepEquals(z, other.z)
        && Arrays.equals(sign, other.sign);
  }
}
