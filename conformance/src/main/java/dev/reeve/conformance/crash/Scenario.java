package dev.reeve.conformance.crash;

import java.io.PrintStream;

/// One way to hurt a server.
interface Scenario {
  /// Hurts it this many times.
  ///
  /// @param out takes a line per round
  /// @throws Violation at the first promise that was not kept; the data is then left for inspection
  void run(int rounds, long seed, PrintStream out);
}
