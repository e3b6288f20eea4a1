package dev.reeve.quantum.qasm;

import java.util.ArrayList;
import java.util.List;

/// Elements of an array by their place: all of them, or those that were selected. They are the
/// array's own, so that who writes to a part writes to the array.
///
/// @param type of each element
/// @param shape the sizes of its dimensions; none for a single element
/// @param elements with the last dimension running fastest
/// @param changeable whether it may be written to
record ArrayView(
    ScalarType type, List<Integer> shape, List<Symbol.Variable> elements, boolean changeable) {
  ArrayView {
    shape = List.copyOf(shape);
    elements = List.copyOf(elements);
  }

  /// The part at some positions of one dimension, which goes away when `single`.
  ArrayView select(int axis, int[] positions, boolean single) {
    int inner = 1;
    for (int i = axis + 1; i < shape.size(); i++) {
      inner *= shape.get(i);
    }
    int block = inner * shape.get(axis);
    List<Symbol.Variable> chosen = new ArrayList<>();
    for (int start = 0; start < elements.size(); start += block) {
      for (int position : positions) {
        int from = start + position * inner;
        chosen.addAll(elements.subList(from, from + inner));
      }
    }
    List<Integer> rest = new ArrayList<>(shape);
    if (single) {
      rest.subList(axis, axis + 1).clear();
    } else {
      rest.set(axis, positions.length);
    }
    return new ArrayView(type, rest, chosen, changeable);
  }

  /// As programs would write its type.
  String shown() {
    StringBuilder text = new StringBuilder("array[").append(type.shown());
    shape.forEach(size -> text.append(", ").append(size));
    return text.append(']').toString();
  }

  ArrayView readOnly() {
    return new ArrayView(type, shape, elements, false);
  }
}
