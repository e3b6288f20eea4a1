package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An observable: a weighted sum of products of Pauli operators, at most on 62 qubits. Written like
/// `0.5*Z0*Z1 - 1.2*X3 + 2`.
///
/// @param terms in the order they were written
public record PauliSum(List<Term> terms) {
  private static final int TERMS_MAX = 10_000;
  private static final int QUBITS_MAX = 62;
  private static final int TEXT_MAX = 1 << 18;
  private static final Pattern FACTOR =
      Pattern.compile(
          "(?<pauli>[XYZ])(?<qubit>[0-9]{1,2})|(?<number>[0-9.]+(?:[eE]-?[0-9]{1,3})?)");

  /// A weighted product.
  ///
  /// @param weight any finite number
  /// @param flips qubits with X or Y, as bits
  /// @param signs qubits with Z or Y, as bits
  public record Term(double weight, long flips, long signs) {
    public Term {
      Check.argument(Double.isFinite(weight), "weight: %s (expected: finite)", weight);
    }
  }

  public PauliSum {
    terms = List.copyOf(terms);
  }

  /// Qubits it needs: one more than the highest it names.
  public int qubits() {
    long all = 0;
    for (Term term : terms) {
      all |= term.flips | term.signs;
    }
    return 64 - Long.numberOfLeadingZeros(all);
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
      long flips = 0;
      long signs = 0;
      Matcher factor = FACTOR.matcher(plain);
      boolean more = true;
      while (more) {
        if (!factor.region(at, plain.length()).lookingAt()) {
          throw invalid(field, text);
        }
        if (factor.group("pauli") == null) {
          weight *= number(field, text, factor.group("number"));
        } else {
          long bit = bit(field, text, factor.group("qubit"));
          if (((flips | signs) & bit) != 0) {
            throw invalid(field, text);
          }
          char pauli = factor.group("pauli").charAt(0);
          flips |= pauli == 'Z' ? 0 : bit;
          signs |= pauli == 'X' ? 0 : bit;
        }
        at = factor.end();
        more = at < plain.length() && plain.charAt(at) == '*';
        at += more ? 1 : 0;
      }
      terms.add(new Term(weight, flips, signs));
    }
    if (at < plain.length()) {
      throw invalid(field, text);
    }
    return new PauliSum(terms);
  }

  private static long bit(String field, String text, String qubit) {
    int number = Integer.parseInt(qubit);
    if (number >= QUBITS_MAX) {
      throw invalid(field, text);
    }
    return 1L << number;
  }

  private static double number(String field, String text, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw invalid(field, text);
    }
  }

  private static RuntimeException invalid(String field, String text) {
    return QuantumProblems.OBSERVABLE_INVALID
        .field(field, text, "a sum of products, for example 0.5*Z0*Z1 - X3")
        .toException();
  }
}
