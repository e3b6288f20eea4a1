package dev.reeve.quantum;

/// Told how far the work is, on the thread that works. Fractions never fall; a call is made about
/// every thousandth of the work.
@FunctionalInterface
public interface ProgressListener {
  /// A listener that hears nothing.
  ProgressListener NONE = _ -> {};

  /// The work is done up to this fraction, 0 to 1.
  void progressed(double fraction);
}
