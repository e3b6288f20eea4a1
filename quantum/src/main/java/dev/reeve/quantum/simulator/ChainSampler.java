package dev.reeve.quantum.simulator;

import dev.reeve.quantum.SplitMix;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/// Draws outcomes from a chain of tensors whose centre is its first: qubit by qubit, shots with the
/// same outcomes so far together.
final class ChainSampler {
  private final Site[] sites;
  private final int[] placeOf;
  private final Checkpoint checkpoint;

  ChainSampler(Site[] sites, int[] placeOf, Checkpoint checkpoint) {
    this.sites = sites;
    this.placeOf = placeOf;
    this.checkpoint = checkpoint;
  }

  /// Shots that drew the same so far, with the chain up to here for these outcomes, of norm 1.
  private static final class Group {
    private final int place;
    private final int shots;
    private final BitSet drawn;
    private final double[] re;
    private final double[] im;

    Group(int place, int shots, BitSet drawn, double[] re, double[] im) {
      this.place = place;
      this.shots = shots;
      this.drawn = drawn;
      this.re = re;
      this.im = im;
    }
  }

  void sample(ClassicalMemory memory, int shots, SplitMix random, Tally tally) {
    int end = 0;
    for (Step.Measure measure : tally.tail()) {
      end = Math.max(end, placeOf[measure.qubit()] + 1);
    }
    Deque<Group> waiting = new ArrayDeque<>();
    waiting.push(new Group(0, shots, new BitSet(), new double[] {1}, new double[1]));
    while (!waiting.isEmpty()) {
      checkpoint.pass();
      Group group = waiting.pop();
      if (group.place == end) {
        ClassicalMemory after = memory.copy();
        for (Step.Measure measure : tally.tail()) {
          after.setBit(measure.bit(), group.drawn.get(placeOf[measure.qubit()]));
        }
        tally.addRead(after, group.shots, random);
      } else {
        part(group, random, waiting);
      }
    }
  }

  private void part(Group group, SplitMix random, Deque<Group> waiting) {
    int right = sites[group.place].right();
    double[][] re = new double[2][right];
    double[][] im = new double[2][right];
    double[] weight = new double[2];
    for (int value = 0; value < 2; value++) {
      weight[value] = contract(group, value, re[value], im[value]);
    }
    int ones = Binomial.draw(random, group.shots, weight[1] / (weight[0] + weight[1]));
    int[] shots = {group.shots - ones, ones};
    for (int value = 0; value < 2; value++) {
      if (shots[value] > 0) {
        double scale = 1 / Math.sqrt(weight[value]);
        for (int i = 0; i < right; i++) {
          re[value][i] *= scale;
          im[value][i] *= scale;
        }
        BitSet drawn = shots[1 - value] > 0 ? (BitSet) group.drawn.clone() : group.drawn;
        drawn.set(group.place, value == 1);
        waiting.push(new Group(group.place + 1, shots[value], drawn, re[value], im[value]));
      }
    }
  }

  /// The chain with one more outcome, and its squared norm.
  private double contract(Group group, int value, double[] re, double[] im) {
    Site site = sites[group.place];
    for (int left = 0; left < site.left(); left++) {
      int row = (left * 2 + value) * site.right();
      Site.addScaled(
          re, im, 0, site.re(), site.im(), row, site.right(), group.re[left], group.im[left]);
    }
    double sum = 0;
    for (int i = 0; i < re.length; i++) {
      sum += re[i] * re[i] + im[i] * im[i];
    }
    return sum;
  }
}
