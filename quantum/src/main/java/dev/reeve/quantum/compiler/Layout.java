package dev.reeve.quantum.compiler;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Which qubit of the device holds which qubit of the circuit. The device's other qubits hold
/// fillers, so that it is a permutation and a swap is always defined. Not thread-safe.
final class Layout {
  private final int[] physical;
  private final int[] logical;

  private Layout(int[] physical) {
    this.physical = physical;
    this.logical = new int[physical.length];
    for (int i = 0; i < physical.length; i++) {
      logical[physical[i]] = i;
    }
  }

  /// Every qubit where its own number is.
  static Layout identity(int size) {
    int[] physical = new int[size];
    Arrays.setAll(physical, i -> i);
    return new Layout(physical);
  }

  /// Each place as likely as any.
  static Layout random(int size, RandomGenerator random) {
    Layout layout = identity(size);
    for (int i = size - 1; i > 0; i--) {
      layout.swap(i, random.nextInt(i + 1));
    }
    return layout;
  }

  /// @param places where the first qubits are; the fillers take what is left
  static Layout of(int[] places, int size) {
    int[] physical = Arrays.copyOf(places, size);
    boolean[] taken = new boolean[size];
    for (int place : places) {
      taken[place] = true;
    }
    int free = 0;
    for (int i = places.length; i < size; i++) {
      while (taken[free]) {
        free++;
      }
      physical[i] = free++;
    }
    return new Layout(physical);
  }

  Layout copy() {
    return new Layout(physical.clone());
  }

  int size() {
    return physical.length;
  }

  /// The device's qubit that holds this one.
  int physical(int qubit) {
    return physical[qubit];
  }

  /// What a qubit of the device holds.
  int logical(int qubit) {
    return logical[qubit];
  }

  /// Exchanges what two qubits of the device hold.
  void swap(int first, int second) {
    int a = logical[first];
    int b = logical[second];
    logical[first] = b;
    logical[second] = a;
    physical[a] = second;
    physical[b] = first;
  }

  /// Where the first so many qubits are.
  int[] places(int count) {
    return Arrays.copyOf(physical, count);
  }
}
