package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import org.jspecify.annotations.Nullable;

/// Parts of a statement, each of which says what is wrong with it, whatever is wrong with another.
/// Not thread-safe.
final class Together {
  private Diagnostics.@Nullable Reported wrong;

  /// Does a part.
  void attempt(Runnable part) {
    try {
      part.run();
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported reported) {
      wrong = reported;
    }
  }

  /// Throws what a part did, if one did: it has been reported.
  void finish() {
    if (wrong != null) {
      throw wrong;
    }
  }
}
