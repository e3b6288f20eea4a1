package dev.reeve.quantum.simulator;

import org.jspecify.annotations.Nullable;

/// Shots that have seen the same outcomes so far, and so share state, memory and position.
final class Branch implements AutoCloseable {
  final StateVector vector;
  final ClassicalMemory memory;
  int position;
  int shots;
  @Nullable History history;

  Branch(
      StateVector vector,
      ClassicalMemory memory,
      int position,
      int shots,
      @Nullable History history) {
    this.vector = vector;
    this.memory = memory;
    this.position = position;
    this.shots = shots;
    this.history = history;
  }

  @Override
  public void close() {
    vector.close();
  }
}
