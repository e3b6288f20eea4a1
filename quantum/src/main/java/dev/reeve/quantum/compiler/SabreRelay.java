package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.compiler.SabreRun.Taste;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// Routes large circuits in stretches: at the end of each the best of several runs go on, each as
/// more than one. What is won on every stretch adds up, where the best of several whole runs is
/// little better than any. Deterministic for a seed.
final class SabreRelay {
  private static final int STRETCHES = 32;

  /// Runs that go on.
  private static final int KEPT = 2;

  /// How often the beginning of the circuit is gone through, to and fro, to find a layout.
  private static final int ROUNDS = 3;

  private static final int NO_BOUND = Integer.MAX_VALUE / 2;

  private final PairOrder order;
  private final BlockOrders beginning;
  private final CouplingMap couplings;
  private final Taste taste;
  private final double[] cost;
  private final SideBySide threads;
  private final Checkpoint checkpoint;

  /// A run and the layout that it began with.
  record Runner(Layout start, SabreRun run) {}

  /// A layout, and the looks at blocks that it took.
  private record Start(Layout layout, int runs, long work) {}

  /// @param order all blocks
  /// @param beginning the first of them
  /// @param cost of two qubits of the device that a block waits for, by both
  SabreRelay(
      PairOrder order,
      BlockOrders beginning,
      CouplingMap couplings,
      Taste taste,
      double[] cost,
      SideBySide threads,
      Checkpoint checkpoint) {
    this.order = order;
    this.beginning = beginning;
    this.couplings = couplings;
    this.taste = taste;
    this.cost = cost;
    this.threads = threads;
    this.checkpoint = checkpoint;
  }

  /// @param most runs beside each other
  /// @param workMax looks at blocks, about; one run is made however many it takes
  Runner run(Layout first, int most, long workMax, SplitMix random, ProgressListener progress) {
    List<Supplier<Start>> searches = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      long seed = random.nextLong();
      searches.add(() -> start(first, workMax / most, new SplitMix(seed)));
    }
    List<Start> starts = threads.all(searches);
    long workOfRun =
        1
            + starts.getFirst().work()
                / starts.getFirst().runs()
                * order.count
                / Math.max(1, beginning.forth().count);
    int count = Math.clamp(workMax / workOfRun, 1, most);
    List<Runner> runners = new ArrayList<>();
    for (Start start : starts.subList(0, count)) {
      SabreRun run = sabre(order, start.layout(), new SplitMix(random.nextLong()));
      run.start();
      runners.add(new Runner(start.layout(), run));
    }
    for (int stretch = 1; stretch <= STRETCHES; stretch++) {
      advance(runners, (int) ((long) order.count * stretch / STRETCHES));
      progress.progressed((double) stretch / STRETCHES);
      if (stretch < STRETCHES) {
        runners = goingOn(runners, random);
      }
    }
    return runners.stream()
        .min(Comparator.comparingInt(runner -> runner.run().cost()))
        .orElseThrow();
  }

  private void advance(List<Runner> runners, int goal) {
    List<Supplier<Integer>> tasks = new ArrayList<>();
    for (Runner runner : runners) {
      tasks.add(() -> {
        checkpoint.pass();
        runner.run().advance(goal);
        return runner.run().cost();
      });
    }
    List<Integer> _ = threads.all(tasks);
  }

  /// The best ones, and forks of them, as many as there are.
  private static List<Runner> goingOn(List<Runner> runners, SplitMix random) {
    List<Runner> best =
        runners.stream()
            .sorted(Comparator.comparingDouble(runner -> runner.run().outlook()))
            .limit(KEPT)
            .toList();
    List<Runner> all = new ArrayList<>(best);
    for (int i = best.size(); i < runners.size(); i++) {
      Runner runner = best.get(i % best.size());
      all.add(new Runner(runner.start(), runner.run().fork(new SplitMix(random.nextLong()))));
    }
    return all;
  }

  private Start start(Layout first, long workMax, SplitMix random) {
    Layout layout = first;
    long work = 0;
    int runs = 0;
    for (int round = 0; round < ROUNDS && (runs == 0 || work < workMax); round++) {
      for (PairOrder way : List.of(beginning.forth(), beginning.back())) {
        checkpoint.pass();
        SabreRun run = sabre(way, layout, random);
        int _ = run.run();
        layout = run.layout();
        work += run.work();
        runs++;
      }
    }
    return new Start(layout, runs, work);
  }

  private SabreRun sabre(PairOrder way, Layout start, SplitMix random) {
    return new SabreRun(way, couplings, start.copy(), random, taste, cost, NO_BOUND, checkpoint);
  }
}
