package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ProgressListener;

/// Passes progress on when it has moved by a thousandth, and never backwards.
final class Progress {
  private static final double STEP = 0.001;

  private final ProgressListener listener;
  private double told;

  Progress(ProgressListener listener) {
    this.listener = listener;
  }

  void at(double fraction) {
    double bounded = Math.min(1, fraction);
    if (bounded - told >= STEP) {
      told = bounded;
      listener.progressed(bounded);
    }
  }

  void done() {
    if (told < 1) {
      told = 1;
      listener.progressed(1);
    }
  }
}
