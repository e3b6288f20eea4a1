package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One deterministic automaton over all triggers: one table look-up per byte tells whether any of
/// them ends there. Built by the subset construction, so a trigger may be a shape as well as a
/// literal. Immutable and thread-safe.
final class TriggerAutomaton {
  private static final int STATES_MAX = 60_000;
  private static final int SLOT_SHIFT = 10;
  private static final int SLOT_MASK = (1 << SLOT_SHIFT) - 1;
  private static final int[] NO_CLASSES = {};

  private final int[] classOf;
  private final int[] next;
  private final int[][] accepted;
  private final int classes;
  private final int acceptFrom;
  private final int start;

  private TriggerAutomaton(
      int[] classOf, int[] next, int[][] accepted, int classes, int acceptFrom, int start) {
    this.classOf = classOf;
    this.next = next;
    this.accepted = accepted;
    this.classes = classes;
    this.acceptFrom = acceptFrom;
    this.start = start;
  }

  /// The state before the first byte.
  int start() {
    return start;
  }

  /// What to look bytes up in: states are offsets of rows, and a row has one cell per class.
  int[] table() {
    return next;
  }

  int[] classes() {
    return classOf;
  }

  /// States from here on accept.
  int acceptFrom() {
    return acceptFrom;
  }

  /// The triggers that end in an accepting state, as indices of the list it was built from.
  int[] accepted(int state) {
    return accepted[(state - acceptFrom) / classes];
  }

  static TriggerAutomaton of(List<Trigger> triggers) {
    return new Builder(triggers).build();
  }

  /// Positions are numbers: trigger in the high bits, bytes already seen in the low.
  private static final class Builder {
    private final List<Trigger> triggers;
    private final int[] classOf = new int[256];
    private final List<Integer> byteOfClass = new ArrayList<>();
    private final Map<List<Integer>, Integer> ids = new HashMap<>();
    private final List<List<Integer>> sets = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final Map<BitSet, int[]> classesOf = new HashMap<>();

    Builder(List<Trigger> triggers) {
      this.triggers = triggers;
    }

    TriggerAutomaton build() {
      findClasses();
      int width = byteOfClass.size();
      int[] fresh = new int[width];
      for (int c = 0; c < width; c++) {
        fresh[c] = idOf(firstsOf(byteOfClass.get(c)));
      }
      for (int state = 0; state < sets.size(); state++) {
        rows.add(row(sets.get(state), fresh));
      }
      return layOut(fresh[classOf['\n']]);
    }

    /// Where a state goes to: for nearly all classes, where any state would.
    private int[] row(List<Integer> set, int[] fresh) {
      int[] row = fresh.clone();
      Map<Integer, List<Integer>> advanced = new HashMap<>();
      for (int position : set) {
        int[] classes = classesAt(position);
        for (int c : classes) {
          advanced.computeIfAbsent(c, _ -> new ArrayList<>()).add(position + 1);
        }
      }
      advanced.forEach((c, positions) -> {
        positions.addAll(sets.get(fresh[c]));
        positions.sort(null);
        row[c] = idOf(positions);
      });
      return row;
    }

    private int[] classesAt(int position) {
      Trigger trigger = triggers.get(position >> SLOT_SHIFT);
      int seen = position & SLOT_MASK;
      if (seen == trigger.length()) {
        return NO_CLASSES;
      }
      return classesOf.computeIfAbsent(
          trigger.step(seen), set -> set.stream().map(b -> classOf[b]).distinct().toArray());
    }

    /// Bytes that no trigger tells apart share a column.
    private void findClasses() {
      Map<BitSet, Integer> bySignature = new HashMap<>();
      List<BitSet> distinct =
          triggers.stream()
              .flatMap(t -> IntStream.range(0, t.length()).mapToObj(t::step))
              .distinct()
              .toList();
      for (int b = 0; b < 256; b++) {
        BitSet signature = new BitSet();
        for (int i = 0; i < distinct.size(); i++) {
          signature.set(i, distinct.get(i).get(b));
        }
        Integer known = bySignature.putIfAbsent(signature, byteOfClass.size());
        if (known == null) {
          classOf[b] = byteOfClass.size();
          byteOfClass.add(b);
        } else {
          classOf[b] = known;
        }
      }
    }

    private List<Integer> firstsOf(int b) {
      return IntStream.range(0, triggers.size())
          .filter(t -> triggers.get(t).step(0).get(b))
          .map(t -> (t << SLOT_SHIFT) | 1)
          .boxed()
          .toList();
    }

    private int idOf(List<Integer> set) {
      Integer known = ids.putIfAbsent(set, sets.size());
      if (known != null) {
        return known;
      }
      Check.argument(
          sets.size() < STATES_MAX, "triggers: too many states (expected: %s)", STATES_MAX);
      sets.add(set);
      return sets.size() - 1;
    }

    private int[] acceptedBy(List<Integer> set) {
      return set.stream()
          .filter(p -> (p & SLOT_MASK) == triggers.get(p >> SLOT_SHIFT).length())
          .mapToInt(p -> p >> SLOT_SHIFT)
          .toArray();
    }

    /// Accepting states last, so that one comparison finds them.
    private TriggerAutomaton layOut(int boundary) {
      int states = sets.size();
      int width = byteOfClass.size();
      int[][] accepting = new int[states][];
      int[] place = new int[states];
      int plain = 0;
      for (int s = 0; s < states; s++) {
        accepting[s] = acceptedBy(sets.get(s));
        plain += accepting[s].length == 0 ? 1 : 0;
      }
      int nextPlain = 0;
      int nextAccepting = plain;
      for (int s = 0; s < states; s++) {
        place[s] = accepting[s].length == 0 ? nextPlain++ : nextAccepting++;
      }
      int[] table = new int[states * width];
      int[][] lists = new int[states - plain][];
      for (int s = 0; s < states; s++) {
        for (int c = 0; c < width; c++) {
          table[place[s] * width + c] = place[rows.get(s)[c]] * width;
        }
        if (place[s] >= plain) {
          lists[place[s] - plain] = accepting[s];
        }
      }
      int[] byByte = Arrays.copyOf(classOf, 256);
      return new TriggerAutomaton(
          byByte, table, lists, width, plain * width, place[boundary] * width);
    }
  }
}
