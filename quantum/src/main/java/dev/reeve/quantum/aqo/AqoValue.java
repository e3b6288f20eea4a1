package dev.reeve.quantum.aqo;

import dev.reeve.base.Check;
import dev.reeve.base.Text;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A JSON value of a document, in which whole numbers and decimal ones stay what they are.
public sealed interface AqoValue
    permits AqoValue.Argument,
        AqoValue.Truth,
        AqoValue.Nothing,
        AqoValue.Elements,
        AqoValue.Members {
  /// What a gate takes: a number, or the name of a parameter.
  sealed interface Argument extends AqoValue {}

  /// A number written without fraction and exponent.
  record Whole(long value) implements Argument {}

  /// A number written with a fraction or an exponent; finite.
  record Decimal(double value) implements Argument {
    public Decimal {
      Check.argument(Double.isFinite(value), "value: %s (expected: a finite number)", value);
    }
  }

  /// A text; Unicode.
  record Words(String text) implements Argument {
    public Words {
      Check.argument(Text.isUnicode(text), "text: a lone surrogate (expected: Unicode)");
    }
  }

  /// `true` or `false`.
  record Truth(boolean value) implements AqoValue {}

  /// `null`.
  record Nothing() implements AqoValue {}

  /// A list.
  record Elements(List<AqoValue> values) implements AqoValue {
    public Elements {
      values = List.copyOf(values);
    }
  }

  /// An object.
  ///
  /// @param values by name, ascending by code point
  record Members(SortedMap<String, AqoValue> values) implements AqoValue {
    /// The object without members.
    public static final Members EMPTY = new Members(new TreeMap<>());

    public Members {
      values = sorted(values);
      for (String name : values.keySet()) {
        Check.argument(Text.isUnicode(name), "name: a lone surrogate (expected: Unicode)");
      }
    }

    /// An object of these members.
    public static Members of(Map<String, ? extends AqoValue> values) {
      return new Members(sorted(values));
    }

    /// An object of texts.
    public static Members ofTexts(Map<String, String> texts) {
      Map<String, AqoValue> values = new TreeMap<>();
      texts.forEach((name, text) -> values.put(name, new Words(text)));
      return of(values);
    }
  }

  /// The canonical form: JSON in ASCII, names sorted, no spaces.
  default String canonical() {
    return AqoWriter.write(this);
  }

  /// A copy that nobody can change, in the order of the canonical form.
  static <V> SortedMap<String, V> sorted(Map<String, ? extends V> values) {
    SortedMap<String, V> copy = new TreeMap<>(AqoValue::compareByCodePoint);
    copy.putAll(values);
    copy.forEach((name, value) -> Objects.requireNonNull(value, name));
    return Collections.unmodifiableSortedMap(copy);
  }

  /// The order of the canonical form: characters beyond the first plane come last.
  private static int compareByCodePoint(String left, String right) {
    int at = 0;
    while (at < left.length() && at < right.length()) {
      int difference = Integer.compare(left.codePointAt(at), right.codePointAt(at));
      if (difference != 0) {
        return difference;
      }
      at += Character.charCount(left.codePointAt(at));
    }
    return Integer.compare(left.length(), right.length());
  }
}
