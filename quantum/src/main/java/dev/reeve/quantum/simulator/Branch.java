package dev.reeve.quantum.simulator;

import org.jspecify.annotations.Nullable;

/// Shots that have seen the same outcomes so far, and so share state, memory and position.
final class Branch implements AutoCloseable {
  final ShotState state;
  final ClassicalMemory memory;
  int position;
  int shots;
  int draws;
  @Nullable History history;

  Branch(ShotState state, ClassicalMemory memory, int shots) {
    this.state = state;
    this.memory = memory;
    this.shots = shots;
  }

  /// Some of the shots with a copy of all else; null when there is no room.
  @Nullable Branch forkOrNull(int some) {
    ShotState copy = state.copyOrNull();
    if (copy == null) {
      return null;
    }
    Branch fork = new Branch(copy, memory.copy(), some);
    fork.position = position;
    fork.draws = draws;
    fork.history = history;
    return fork;
  }

  @Override
  public void close() {
    state.close();
  }
}
