package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what the annotations of an AQO document say about its energy: `expectation` has the terms
/// of an observable, or the name of one among `observables`. Terms are operators with a qubit or a
/// list, `{"Z": [0, 1], "X": 2}`, each a product of weight 1; or a Pauli sum as text in
/// `pauli_sum`.
final class AqoObservables {
  private static final String SUM = "pauli_sum";

  private AqoObservables() {}

  /// The observable whose mean is the energy; empty when the document names none.
  ///
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID`
  static Optional<PauliSum> of(AqoDocument document) {
    Optional<AqoValue.Members> expectation = member(document.annotations(), "expectation");
    Optional<AqoValue.Members> own = member(expectation, "observable_terms");
    if (own.isPresent()) {
      return own.map(AqoObservables::sum);
    }
    return expectation
        .map(said -> said.values().get("observable_name"))
        .map(name -> {
          if (name instanceof AqoValue.Words(String text)) {
            return member(member(document.annotations(), "observables"), text)
                .map(AqoObservables::sum)
                .orElseThrow(() -> invalid("expectation.observable_name", text));
          }
          throw invalid("expectation.observable_name", "no text");
        });
  }

  /// Whether the document is to be run for the values that make the energy smallest.
  static boolean isMinimized(AqoDocument document) {
    return member(document.annotations(), "hybrid_plan_marker")
        .map(marker -> marker.values().get("kind"))
        .filter(new AqoValue.Words("minimize")::equals)
        .isPresent();
  }

  private static Optional<AqoValue.Members> member(
      Optional<AqoValue.Members> members, String name) {
    return members
        .map(all -> all.values().get(name))
        .filter(AqoValue.Members.class::isInstance)
        .map(AqoValue.Members.class::cast);
  }

  private static PauliSum sum(AqoValue.Members terms) {
    List<PauliSum.Term> sum = new ArrayList<>();
    for (Map.Entry<String, AqoValue> term : terms.values().entrySet()) {
      if (term.getKey().equals(SUM) && term.getValue() instanceof AqoValue.Words(String text)) {
        sum.addAll(PauliSum.parse("annotations." + SUM, text).terms());
      } else {
        sum.add(product(term.getKey(), term.getValue()));
      }
    }
    if (sum.isEmpty()) {
      throw invalid("observables", "no terms");
    }
    return new PauliSum(sum);
  }

  private static PauliSum.Term product(String operators, AqoValue value) {
    List<AqoValue> qubits =
        value instanceof AqoValue.Elements(List<AqoValue> several) ? several : List.of(value);
    boolean one = operators.length() == 1;
    if (qubits.isEmpty() || (!one && operators.length() != qubits.size())) {
      throw invalid("observables." + operators, qubits.size() + " qubits");
    }
    BitSet seen = new BitSet();
    BitSet flips = new BitSet();
    BitSet signs = new BitSet();
    for (int i = 0; i < qubits.size(); i++) {
      char operator = operators.charAt(one ? 0 : i);
      if (!(qubits.get(i) instanceof AqoValue.Whole(long qubit))
          || qubit < 0
          || qubit >= PauliSum.QUBITS_MAX
          || "IXYZ".indexOf(operator) < 0
          || seen.get((int) qubit)) {
        throw invalid("observables." + operators, "qubit " + i);
      }
      seen.set((int) qubit);
      flips.set((int) qubit, operator == 'X' || operator == 'Y');
      signs.set((int) qubit, operator == 'Z' || operator == 'Y');
    }
    return new PauliSum.Term(1, PauliString.of(flips, signs));
  }

  private static RuntimeException invalid(String field, String value) {
    return QuantumProblems.OBSERVABLE_INVALID
        .field("annotations." + field, value, "operators I, X, Y, Z with different qubits")
        .toException();
  }
}
