package dev.reeve.simulation;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/// What must hold. A broken one is an error and not an exception, because the writer survives the
/// exceptions of those whom it tells.
final class Promise {
  private Promise() {}

  @FormatMethod
  static void holds(boolean condition, @FormatString String otherwise, Object... arguments) {
    if (!condition) {
      throw broken(otherwise, arguments);
    }
  }

  @FormatMethod
  static AssertionError broken(@FormatString String what, Object... arguments) {
    return new AssertionError(String.format(Locale.ROOT, what, arguments));
  }
}
