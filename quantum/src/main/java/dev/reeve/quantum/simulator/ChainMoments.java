package dev.reeve.quantum.simulator;

import dev.reeve.quantum.PauliString;
import java.util.BitSet;
import java.util.List;

/// What observables are in a chain of tensors with a centre: everything left of the centre is an
/// isometry to the left, everything right of it one to the right, so that only the tensors between
/// the centre and the qubits of a product have to be contracted.
final class ChainMoments {
  /// Sums of more terms have too many pairs of them for a mean square.
  static final int SQUARE_TERMS_MAX = 24;

  private final Site[] sites;
  private final int[] placeOf;
  private final int centre;
  private final Checkpoint checkpoint;

  ChainMoments(Site[] sites, int[] placeOf, int centre, Checkpoint checkpoint) {
    this.sites = sites;
    this.placeOf = placeOf;
    this.centre = centre;
    this.checkpoint = checkpoint;
  }

  Moments of(PauliSum observable) {
    double norm = contract(PauliString.of(0, 0));
    List<PauliSum.Term> terms = observable.terms();
    double sum = 0;
    for (PauliSum.Term term : terms) {
      sum += term.weight() * contract(term.product());
    }
    return new Moments(
        sum / norm, terms.size() > SQUARE_TERMS_MAX ? Double.NaN : square(terms, norm) / norm);
  }

  /// Pairs that do not commute cancel each other.
  private double square(List<PauliSum.Term> terms, double norm) {
    double sum = 0;
    for (int i = 0; i < terms.size(); i++) {
      PauliSum.Term first = terms.get(i);
      sum += first.weight() * first.weight() * norm;
      for (int j = i + 1; j < terms.size(); j++) {
        PauliSum.Term second = terms.get(j);
        int turns = first.product().turns(second.product());
        if ((turns & 1) == 0) {
          double sign = turns == 0 ? 1 : -1;
          double mean = contract(first.product().times(second.product()));
          sum += 2 * sign * first.weight() * second.weight() * mean;
        }
      }
    }
    return sum;
  }

  /// The mean of a product, times the norm of the chain.
  private double contract(PauliString product) {
    BitSet support = product.support();
    int from = centre;
    int to = centre;
    for (int qubit = support.nextSetBit(0); qubit >= 0; qubit = support.nextSetBit(qubit + 1)) {
      from = Math.min(from, placeOf[qubit]);
      to = Math.max(to, placeOf[qubit]);
    }
    int[] qubitAt = new int[sites.length];
    for (int qubit = 0; qubit < placeOf.length; qubit++) {
      qubitAt[placeOf[qubit]] = qubit;
    }
    Site overlap = identity(sites[from].left());
    for (int place = from; place <= to; place++) {
      checkpoint.pass();
      overlap = extend(overlap, sites[place], product, qubitAt[place]);
    }
    double trace = 0;
    for (int i = 0; i < overlap.left(); i++) {
      trace += overlap.re()[i * overlap.right() + i];
    }
    return trace;
  }

  private static Site identity(int size) {
    Site identity = Site.empty(size, 1, size);
    for (int i = 0; i < size; i++) {
      identity.re()[i * size + i] = 1;
    }
    return identity;
  }

  /// One more place: the conjugate of its tensor, the operator on its qubit, the tensor itself.
  private Site extend(Site overlap, Site site, PauliString product, int qubit) {
    Site applied = operate(overlap.times(site, checkpoint), product, qubit);
    Site next = Site.empty(site.right(), 1, site.right());
    for (int row = 0; row < site.left() * 2; row++) {
      checkpoint.pass();
      for (int right = 0; right < site.right(); right++) {
        Site.addScaled(
            next.re(),
            next.im(),
            right * site.right(),
            applied.re(),
            applied.im(),
            row * site.right(),
            site.right(),
            site.re()[row * site.right() + right],
            -site.im()[row * site.right() + right]);
      }
    }
    return next;
  }

  /// X flips, Z gives a sign, Y does both with a factor of i.
  private static Site operate(Site site, PauliString product, int qubit) {
    boolean flip = product.flips(qubit);
    boolean sign = product.signs(qubit);
    if (!flip && !sign) {
      return site;
    }
    Site out = Site.empty(site.left(), 2, site.right());
    for (int left = 0; left < site.left(); left++) {
      for (int value = 0; value < 2; value++) {
        int in = (left * 2 + value) * site.right();
        int to = (left * 2 + (flip ? 1 - value : value)) * site.right();
        double factor = sign && value == 1 ? -1 : 1;
        double re = flip && sign ? 0 : factor;
        double im = flip && sign ? factor : 0;
        Site.addScaled(out.re(), out.im(), to, site.re(), site.im(), in, site.right(), re, im);
      }
    }
    return out;
  }
}
