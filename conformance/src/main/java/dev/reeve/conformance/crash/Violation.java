package dev.reeve.conformance.crash;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A promise that the server did not keep.
final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }

  /// Throws unless the promise was kept.
  @FormatMethod
  static void unless(boolean kept, @FormatString String promise, @Nullable Object... values) {
    if (!kept) {
      throw new Violation(promise.formatted(values));
    }
  }
}
