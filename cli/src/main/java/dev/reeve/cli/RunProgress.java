package dev.reeve.cli;

import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.simulator.CircuitSimulator;

/// How far a run is, on stderr where a person looks at it. For one thread.
final class RunProgress implements HybridRunner.Listener {
  private final ProgressListener runs;
  private final ProgressListener searches;

  private RunProgress(ProgressListener runs, ProgressListener searches) {
    this.runs = runs;
    this.searches = searches;
  }

  static HybridRunner.Listener on(Console console) {
    return new RunProgress(ProgressBar.on(console, "run"), ProgressBar.on(console, "minimize"));
  }

  @Override
  public void chosen(CircuitSimulator.Choice choice) {}

  @Override
  public void iterated(int iteration, int iterationsMax, double best) {
    searches.progressed((double) iteration / iterationsMax);
  }

  @Override
  public void progressed(double fraction) {
    runs.progressed(fraction);
  }
}
