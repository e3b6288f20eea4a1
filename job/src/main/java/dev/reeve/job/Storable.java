package dev.reeve.job;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import dev.reeve.base.Text;
import java.util.Collection;
import java.util.Map;

/// Checks of what comes from outside, made where a record is made: what could not be written must
/// fail on the caller's thread and never reach the writer, which many share.
final class Storable {
  private Storable() {}

  static void text(String field, String value) {
    Check.argument(
        Text.isUnicode(value), "%s: not Unicode text (expected: no lone surrogates)", field);
  }

  static void texts(String field, Collection<String> values) {
    for (String value : values) {
      text(field, value);
    }
  }

  static void texts(String field, Map<String, String> values) {
    texts(field, values.keySet());
    texts(field, values.values());
  }

  /// A time or a span.
  static void micros(String field, long value) {
    Check.argument(
        value >= 0 && value <= CanonicalWriter.INTEGER_MAX,
        "%s: %s us (expected: 0 to 2^53)",
        field,
        value);
  }
}
