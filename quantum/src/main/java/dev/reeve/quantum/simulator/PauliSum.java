package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;
import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An observable: a weighted sum of products of Pauli operators. Written like `0.5*Z0*Z1 - 1.2*X3 +
/// 2`.
///
/// @param terms in the order they were written
public record PauliSum(List<Term> terms) {
  private static final int TERMS_MAX = 10_000;

  /// Qubits of an observable are below this.
  public static final int QUBITS_MAX = 10_000;

  private static final int TEXT_MAX = 1 << 18;
  private static final Pattern FACTOR =
      Pattern.compile(
          "(?<pauli>[XYZ])(?<qubit>[0-9]{1,4})|(?<number>[0-9.]+(?:[eE][+-]?[0-9]{1,3})?)");

  /// A weighted product.
  ///
  /// @param weight any finite number
  public record Term(double weight, PauliString product) {
    public Term {
      Check.argument(Double.isFinite(weight), "weight: %s (expected: finite)", weight);
      Objects.requireNonNull(product, "product");
    }

    /// @param flips qubits with X or Y, as bits
    /// @param signs qubits with Z or Y, as bits
    public Term(double weight, long flips, long signs) {
      this(weight, PauliString.of(flips, signs));
    }
  }

  public PauliSum {
    terms = List.copyOf(terms);
  }

  /// Qubits it needs: one more than the highest it names.
  public int qubits() {
    return terms.stream().mapToInt(term -> term.product().qubits()).max().orElse(0);
  }

  /// The same operators on other qubits.
  PauliSum on(IntUnaryOperator qubit) {
    return new PauliSum(
        terms.stream().map(term -> new Term(term.weight(), term.product().on(qubit))).toList());
  }

  /// As [#parse] reads it.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      boolean negative = term.weight() < 0;
      text.append(text.isEmpty() ? (negative ? "-" : "") : negative ? " - " : " + ");
      double weight = Math.abs(term.weight());
      boolean alone = term.product().qubits() == 0;
      text.append(alone || weight != 1 ? Double.toString(weight) : "");
      text.append(alone ? "" : weight == 1 ? "" : "*");
      text.append(alone ? "" : term.product().toString());
    }
    return text.toString();
  }

  /// Reads a sum. A qubit stands at most once in a product.
  ///
  /// @param field what refusals call it
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID`
  public static PauliSum parse(String field, String text) {
    String plain = text.replace(" ", "");
    if (plain.isEmpty() || plain.length() > TEXT_MAX) {
      throw invalid(field, text);
    }
    List<Term> terms = new ArrayList<>();
    int at = 0;
    while (at < plain.length() && terms.size() < TERMS_MAX) {
      double weight = 1;
      char sign = plain.charAt(at);
      if (sign == '+' || sign == '-') {
        weight = sign == '-' ? -1 : 1;
        at++;
      } else if (at > 0) {
        throw invalid(field, text);
      }
      PauliString product = PauliString.of(0, 0);
      Matcher factor = FACTOR.matcher(plain);
      boolean more = true;
      while (more) {
        if (!factor.region(at, plain.length()).lookingAt()) {
          throw invalid(field, text);
        }
        if (factor.group("pauli") == null) {
          weight *= number(field, text, factor.group("number"));
        } else {
          int qubit = Integer.parseInt(factor.group("qubit"));
          if (qubit >= QUBITS_MAX) {
            throw invalid(field, text);
          }
          if (product.flips(qubit) || product.signs(qubit)) {
            throw QuantumProblems.OBSERVABLE_INVALID
                .field(field, text, "one operator to a qubit in each product: two on " + qubit)
                .toException();
          }
          product = product.times(PauliString.of(factor.group("pauli").charAt(0), qubit));
        }
        at = factor.end();
        more = at < plain.length() && plain.charAt(at) == '*';
        at += more ? 1 : 0;
      }
      if (!Double.isFinite(weight)) {
        throw invalid(field, text);
      }
      terms.add(new Term(weight, product));
    }
    if (at < plain.length()) {
      throw invalid(field, text);
    }
    return new PauliSum(terms);
  }

  private static double number(String field, String text, String word) {
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Reported like a number that is too large.
    }
    throw invalid(field, text);
  }

  private static RuntimeException invalid(String field, String text) {
    return QuantumProblems.OBSERVABLE_INVALID
        .field(field, text, "a sum of products, for example 0.5*Z0*Z1 - X3")
        .toException();
  }
}
