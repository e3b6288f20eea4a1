package dev.reeve.quantum.simulator;

import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.clifford.Tableau;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an observable is in a stabilizer state, and in states that differ from it by a Pauli
/// operator. Terms that anticommute with the same generators send the state to the same place, up
/// to a power of i; terms of different kinds send it to places at right angles. So the mean is the
/// sum of those that leave it where it is, and the mean square adds up the kinds one by one.
final class StabilizerMoments {
  private static final int[] COSINES = {1, 0, -1, 0};
  private static final int[] SINES = {0, 1, 0, -1};

  private final List<PauliSum.Term> terms;
  private final Collection<List<Share>> kinds;

  /// What a term gives to its kind.
  ///
  /// @param term its number
  /// @param turns power of i beside the first term of the kind
  private record Share(int term, double weight, int turns, boolean stays) {}

  private StabilizerMoments(List<PauliSum.Term> terms, Collection<List<Share>> kinds) {
    this.terms = terms;
    this.kinds = kinds;
  }

  static StabilizerMoments of(Tableau state, PauliSum observable, Checkpoint checkpoint) {
    Map<BitSet, List<Share>> kinds = new LinkedHashMap<>();
    Map<BitSet, PauliString> firsts = new LinkedHashMap<>();
    for (int i = 0; i < observable.terms().size(); i++) {
      checkpoint.pass();
      PauliString product = observable.terms().get(i).product();
      BitSet kind = state.anticommuting(product);
      boolean stays = kind.isEmpty();
      PauliString first = stays ? PauliString.of(0, 0) : firsts.computeIfAbsent(kind, _ -> product);
      int turns = first.turns(product) + (state.isNegative(first.times(product)) ? 2 : 0);
      kinds
          .computeIfAbsent(kind, _ -> new ArrayList<>())
          .add(new Share(i, observable.terms().get(i).weight(), turns & 3, stays));
    }
    return new StabilizerMoments(observable.terms(), kinds.values());
  }

  /// The products of the observable, in their order.
  List<PauliString> products() {
    return terms.stream().map(PauliSum.Term::product).toList();
  }

  /// For the state itself.
  Moments moments() {
    return moments(new BitSet());
  }

  /// For the state after a Pauli operator.
  ///
  /// @param against numbers of the terms that do not commute with the operator
  Moments moments(BitSet against) {
    double mean = 0;
    double square = 0;
    for (List<Share> kind : kinds) {
      double re = 0;
      double im = 0;
      for (Share share : kind) {
        double weight = against.get(share.term) ? -share.weight : share.weight;
        re += weight * COSINES[share.turns];
        im += weight * SINES[share.turns];
      }
      mean += kind.getFirst().stays ? re : 0;
      square += re * re + im * im;
    }
    return new Moments(mean, square);
  }
}
