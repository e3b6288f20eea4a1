package dev.reeve.conformance.crash;

import java.io.PrintStream;

/// A rig whose data stays when it is not closed as fine.
final class Kept implements AutoCloseable {
  private final Rig rig;
  private final PrintStream out;
  private boolean fine;

  Kept(Rig rig, PrintStream out) {
    this.rig = rig;
    this.out = out;
  }

  Rig rig() {
    return rig;
  }

  /// Every promise was kept: the data is of no interest.
  void fine() {
    fine = true;
  }

  @Override
  public void close() {
    if (!fine) {
      out.println("kept: " + rig.keep());
    }
    rig.close();
  }
}
