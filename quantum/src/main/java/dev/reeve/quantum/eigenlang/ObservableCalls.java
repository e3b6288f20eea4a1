package dev.reeve.quantum.eigenlang;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.qasm.Diagnostics;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes observables: from operators and qubits (`Z=0`, `X=[0, 1]`, `ZY=[0, 1]`), from text
/// (`"0.5*Z0*Z1 - X2"`), and by adding and scaling others.
final class ObservableCalls {
  private static final String SUM = "pauli_sum";
  private static final int TERMS_MAX = 10_000;

  /// Of all sums that a program works out, so that many small steps are not many large ones.
  private static final int TERMS_MADE_MAX = 1_000_000;

  private final Operands operands;
  private final Diagnostics diagnostics;
  private int termsMade;

  ObservableCalls(Operands operands, Diagnostics diagnostics) {
    this.operands = operands;
    this.diagnostics = diagnostics;
  }

  Value.Observable observable(Arguments arguments) {
    List<PauliSum.Term> terms = new ArrayList<>();
    SortedMap<String, AqoValue> annotated = new TreeMap<>();
    for (Arguments.Given given : arguments.takeRest()) {
      if (!(given.value() instanceof Value.Text text)) {
        throw arguments.wrong(given, "Observable", "a sum such as \"0.5*Z0*Z1 - X2\"");
      }
      terms.addAll(parsed(given.offset(), text.text()).terms());
    }
    boolean written = !terms.isEmpty();
    for (Map.Entry<String, Arguments.Given> term : arguments.takeNamedRest().entrySet()) {
      terms.add(product(term.getKey(), term.getValue()));
      Operands.literal(term.getValue().value())
          .ifPresent(value -> annotated.put(term.getKey(), value));
    }
    PauliSum sum = new PauliSum(terms);
    if (terms.isEmpty()) {
      throw arguments.invalid(
          arguments.offset(), "an Observable without terms (expected: for example Z=0)");
    }
    return written
        ? of(arguments.offset(), sum)
        : new Value.Observable(AqoValue.Members.of(annotated), sum);
  }

  private PauliSum parsed(int offset, String text) {
    try {
      return PauliSum.parse("Observable", text);
    } catch (ProblemException e) {
      throw diagnostics.invalid(offset, e.problem().message(), "");
    }
  }

  private PauliSum.Term product(String operators, Arguments.Given given) {
    if (operators.isEmpty() || operators.chars().anyMatch(c -> "IXYZ".indexOf(c) < 0)) {
      throw diagnostics.invalid(
          given.offset(), "no operator: " + operators + " (expected: I, X, Y, Z or several)", "");
    }
    List<Integer> qubits = operands.indexes(given, true);
    if (operators.length() > 1 && operators.length() != qubits.size()) {
      throw diagnostics.invalid(
          given.offset(),
          "%d qubits for %s (expected: %d)".formatted(qubits.size(), operators, operators.length()),
          "");
    }
    Set<Integer> seen = new HashSet<>();
    BitSet flips = new BitSet();
    BitSet signs = new BitSet();
    for (int i = 0; i < qubits.size(); i++) {
      int qubit = qubits.get(i);
      if (!seen.add(qubit)) {
        throw diagnostics.invalid(given.offset(), "qubit " + qubit + " twice", "");
      }
      char operator = operators.charAt(operators.length() == 1 ? 0 : i);
      flips.set(qubit, operator == 'X' || operator == 'Y');
      signs.set(qubit, operator == 'Z' || operator == 'Y');
    }
    return new PauliSum.Term(1, PauliString.of(flips, signs));
  }

  /// An observable that operators made of others; empty when these operands make none.
  Optional<Value> calculated(int offset, String operator, Value left, Value right) {
    boolean adds = operator.equals("+") || operator.equals("-");
    if (adds && left instanceof Value.Observable a && right instanceof Value.Observable b) {
      return Optional.of(sum(offset, a, b, operator.equals("+") ? 1 : -1));
    }
    boolean scales = operator.equals("*");
    if (scales && left instanceof Value.Observable a && Arithmetic.isNumber(right)) {
      return Optional.of(scaled(offset, a, Arithmetic.real(right)));
    }
    if (scales && right instanceof Value.Observable b && Arithmetic.isNumber(left)) {
      return Optional.of(scaled(offset, b, Arithmetic.real(left)));
    }
    if (operator.equals("/") && left instanceof Value.Observable a && Arithmetic.isNumber(right)) {
      return Optional.of(scaled(offset, a, 1 / Arithmetic.real(right)));
    }
    return Optional.empty();
  }

  Value negated(int offset, Value.Observable operand) {
    return scaled(offset, operand, -1);
  }

  private Value.Observable sum(int offset, Value.Observable a, Value.Observable b, int sign) {
    List<PauliSum.Term> terms = new ArrayList<>(a.sum().terms());
    terms.addAll(scaled(offset, b, sign).sum().terms());
    if (terms.size() > TERMS_MAX) {
      throw diagnostics.limit(offset, "an observable of more than %d terms".formatted(TERMS_MAX));
    }
    return of(offset, new PauliSum(terms));
  }

  private Value.Observable scaled(int offset, Value.Observable observable, double factor) {
    List<PauliSum.Term> terms = new ArrayList<>();
    for (PauliSum.Term term : observable.sum().terms()) {
      double weight = term.weight() * factor;
      if (!Double.isFinite(weight)) {
        throw diagnostics.invalid(offset, "a weight that is too large or no number", "");
      }
      terms.add(new PauliSum.Term(weight, term.product()));
    }
    return of(offset, new PauliSum(terms));
  }

  private Value.Observable of(int offset, PauliSum sum) {
    termsMade += sum.terms().size();
    if (termsMade > TERMS_MADE_MAX) {
      throw diagnostics.limit(
          offset, "sums of observables with more than %d terms in all".formatted(TERMS_MADE_MAX));
    }
    AqoValue text = new AqoValue.Words(sum.text());
    return new Value.Observable(AqoValue.Members.of(Map.of(SUM, text)), sum);
  }
}
