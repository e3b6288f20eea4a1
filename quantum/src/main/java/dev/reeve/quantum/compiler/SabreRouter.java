package dev.reeve.quantum.compiler;

import com.google.errorprone.annotations.Immutable;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Chooses where each qubit begins and moves them about: many runs of [SabreRun] from random
/// layouts, each refined by going through the circuit to and fro; on small devices the best of them
/// are then searched more widely by [BeamSearch]. Where the circuit's pairs fit onto the device as
/// they are, no swap is needed.
final class SabreRouter {
  private static final int NO_BOUND = Integer.MAX_VALUE / 2;

  /// Beyond these a beam costs more than it finds.
  private static final int BEAM_QUBITS_MAX = 64;

  private static final int BEAM_MIN = 8;
  private static final int BEAM_MAX = 512;
  private static final int BEAM_ROUNDS = 2;

  /// What a controlled flip is worth, in the score of a swap, that need not be put in.
  private static final double MERGING = 0.05;

  /// Blocks seen ahead: few find their way sooner, many are better where much goes on at once.
  private static final int NEXT = 4;

  private static final int NEAR = 20;

  private static final int WIDE = 100;

  /// Circuits of fewer blocks are refined more often: it costs next to nothing.
  private static final int SMALL = 600;

  private static final int LINE_RUNS = 2;

  /// Circuits of more blocks are looked at in one way only.
  private static final int HUGE = 2_500;

  /// Operations from which a layout for them is found.
  private static final int BEGINNING_MAX = 4_000;

  /// Layouts that are looked at together. Fixed, so that the number of threads decides nothing.
  private static final int WAVE = 4;

  /// How much to try.
  ///
  /// @param layouts random layouts to begin with; 0 for the one in which qubits keep their numbers
  /// @param rounds how often each is refined, to and fro
  /// @param runs runs from each refined layout
  /// @param beam states that a beam keeps, times blocks; 0 for none
  /// @param beams layouts that beams begin with
  /// @param beamWorkMax looks at blocks that all beams share
  /// @param workMax looks at blocks without those of beams; no wave begins that would pass it
  @Immutable
  record Effort(
      int layouts, int rounds, int runs, int beam, int beams, long beamWorkMax, long workMax) {
    /// States that a beam keeps which begins with a layout of so many swaps: fewer where it would
    /// pass its share of the work, and 0 where so few are left that it would find nothing.
    int width(int blocks, int swaps) {
      int wanted = Math.clamp(beam / Math.max(1, blocks), BEAM_MIN, BEAM_MAX);
      long workOfOne = BeamSearch.workOf(2 * BEAM_ROUNDS * Math.max(1, swaps), 1);
      long width = Math.min(wanted, beamWorkMax / beams / workOfOne);
      return width < BEAM_MIN ? 0 : (int) width;
    }
  }

  /// A circuit on the device's qubits.
  ///
  /// @param operations with swaps as gates
  /// @param initial where each qubit of the circuit begins
  /// @param last where each ends
  /// @param moves where what began on each qubit of the device ends, fillers too
  /// @param swaps how many were put in
  record Routed(
      List<Operation> operations, Indexes initial, Indexes last, Indexes moves, int swaps) {}

  /// An order, and how runs over it see it.
  private static final class View {
    private final BlockOrders order;
    private final SabreRun.Taste taste;
    private final double[] cost;

    View(BlockOrders order, SabreRun.Taste taste, double[] cost) {
      this.order = order;
      this.taste = taste;
      this.cost = cost;
    }

    private PairGates gates() {
      return order.gates();
    }

    private PairOrder forth() {
      return order.forth();
    }

    private PairOrder back() {
      return order.back();
    }
  }

  /// A run that can be made again.
  ///
  /// @param script its swaps, when a beam found them; else the seed decides
  private record Attempt(
      Layout start, View view, long seed, Optional<int[]> script, int cost, int swaps, long work) {
    /// Swaps are counted by people; flips that they share with blocks are half as good.
    private int rank() {
      return (cost + 3 * swaps) / 2;
    }
  }

  private final List<Operation> operations;
  private final int qubits;
  private final CouplingMap couplings;
  private final SideBySide threads;
  private final Checkpoint checkpoint;
  private final View fixed;
  private final View wide;
  private final List<View> views;

  /// @param costs of these couplings
  /// @param executor runs attempts; they are the same whatever it does
  /// @param checkpoint passed on the threads that run attempts, too
  SabreRouter(
      List<Operation> operations,
      int qubits,
      CouplingMap couplings,
      DistanceCosts costs,
      Executor executor,
      Checkpoint checkpoint) {
    this.operations = operations;
    this.qubits = qubits;
    this.couplings = couplings;
    this.threads = new SideBySide(executor);
    this.checkpoint = checkpoint;
    int size = couplings.qubits();
    BlockOrders order = BlockOrders.of(operations, size, false);
    double[] far = costs.far();
    this.fixed = new View(order, new SabreRun.Taste(NEAR, false, 0, false), far);
    this.wide = new View(order, new SabreRun.Taste(WIDE, false, MERGING / 2, true), far);
    this.views =
        List.of(
            fixed,
            new View(
                BlockOrders.of(operations, size, true),
                new SabreRun.Taste(NEAR, true, MERGING, false),
                costs.near()),
            wide,
            new View(order, new SabreRun.Taste(NEAR, false, 2 * MERGING, false), far),
            new View(order, new SabreRun.Taste(NEXT, false, 2 * MERGING, false), far));
  }

  /// @param most how many ways to give back at most
  /// @return the best one first
  /// @throws dev.reeve.base.ProblemException when the checkpoint says so
  List<Routed> route(Effort effort, long seed, int most, ProgressListener progress) {
    SplitMix random = new SplitMix(seed);
    Layout identity = Layout.identity(couplings.qubits());
    if (effort.layouts() == 0) {
      return List.of(emit(attempt(identity, fixed, random.nextLong(), NO_BOUND)));
    }
    Optional<Layout> perfect = PairEmbedding.find(fixed.forth(), qubits, couplings);
    if (perfect.isPresent()) {
      return List.of(emit(attempt(perfect.get(), fixed, random.nextLong(), NO_BOUND)));
    }
    Layout line = line(random);
    if (fixed.forth().count > HUGE) {
      return List.of(relayed(line, effort, random, progress));
    }
    List<Attempt> best = new ArrayList<>();
    best.addAll(alongLine(line, random));
    best.add(attempt(identity, fixed, random.nextLong(), NO_BOUND));
    long work = best.stream().mapToLong(Attempt::work).sum();
    long workOfWave = work / best.size() * WAVE * (2L * effort.rounds() + effort.runs());
    int tried = 0;
    while (tried < effort.layouts() && work + workOfWave <= effort.workMax()) {
      List<Supplier<Attempt>> wave = new ArrayList<>();
      int bound = best.stream().mapToInt(Attempt::cost).min().orElse(NO_BOUND);
      for (int i = 0; i < WAVE && tried < effort.layouts(); i++) {
        long layoutSeed = random.nextLong();
        View view = views.get(tried++ % views.size());
        wave.add(() -> refined(view, effort, layoutSeed, bound));
      }
      for (Attempt attempt : threads.all(wave)) {
        work += attempt.work();
        best.add(attempt);
      }
      double used = (double) work / effort.workMax();
      progress.progressed(Math.min(0.5, Math.max((double) tried / effort.layouts(), used) / 2));
    }
    best.sort(Comparator.comparingInt(Attempt::cost));
    if (effort.beam() > 0 && couplings.qubits() <= BEAM_QUBITS_MAX) {
      best.addAll(searched(best, effort, random.nextLong()));
      best.sort(Comparator.comparingInt(Attempt::rank));
    }
    progress.progressed(1);
    // Those that gave up are worth nothing.
    return best.stream()
        .filter(attempt -> attempt.cost() < NO_BOUND)
        .limit(most)
        .map(this::emit)
        .toList();
  }

  /// The same from a layout that is given.
  Routed routeFrom(Layout start, Effort effort, long seed) {
    SplitMix random = new SplitMix(seed);
    boolean huge = fixed.forth().count > HUGE;
    List<View> chosen = effort.layouts() == 0 || huge ? List.of(fixed) : views;
    List<Supplier<Attempt>> tasks = new ArrayList<>();
    for (View view : chosen) {
      for (int i = 0; i < (huge ? 1 : effort.runs()); i++) {
        long runSeed = random.nextLong();
        tasks.add(() -> attempt(start, view, runSeed, NO_BOUND));
      }
    }
    return emit(
        threads.all(tasks).stream().min(Comparator.comparingInt(Attempt::rank)).orElseThrow());
  }

  /// Runs of a large circuit that are compared while they go on.
  private Routed relayed(Layout line, Effort effort, SplitMix random, ProgressListener progress) {
    int most = Math.min(BEGINNING_MAX, operations.size() / 16);
    BlockOrders beginning = BlockOrders.of(operations.subList(0, most), couplings.qubits(), false);
    SabreRelay relay =
        new SabreRelay(
            wide.forth(), beginning, couplings, wide.taste, wide.cost, threads, checkpoint);
    SabreRelay.Runner best = relay.run(line, effort.runs(), 2 * effort.workMax(), random, progress);
    return written(best.start(), wide.gates(), best.run());
  }

  /// With the qubits on a line.
  private Layout line(SplitMix random) {
    int[] path = LongPath.find(couplings, random.nextLong());
    return LongPath.layout(fixed.forth(), path, couplings.qubits());
  }

  private List<Attempt> alongLine(Layout line, SplitMix random) {
    List<Supplier<Attempt>> tasks = new ArrayList<>();
    for (int i = 0; i < LINE_RUNS * views.size(); i++) {
      View view = views.get(i % views.size());
      long seed = random.nextLong();
      tasks.add(() -> attempt(line, view, seed, NO_BOUND));
    }
    return threads.all(tasks);
  }

  private Attempt refined(View view, Effort effort, long seed, int bound) {
    SplitMix random = new SplitMix(seed);
    Layout start = Layout.random(couplings.qubits(), random);
    long work = 0;
    int rounds = view.forth().count < SMALL ? 4 * effort.rounds() : effort.rounds();
    for (int round = 0; round < rounds; round++) {
      for (PairOrder order : List.of(view.forth(), view.back())) {
        SabreRun run = run(order, view, start, random, NO_BOUND);
        int _ = run.run();
        start = run.layout();
        work += run.work();
      }
    }
    Attempt best = attempt(start, view, random.nextLong(), bound + bound / 4);
    work += best.work();
    for (int i = 1; i < effort.runs(); i++) {
      Attempt attempt = attempt(start, view, random.nextLong(), best.cost());
      work += attempt.work();
      best = attempt.cost() < best.cost() ? attempt : best;
    }
    return new Attempt(
        best.start(), view, best.seed(), Optional.empty(), best.cost(), best.swaps(), work);
  }

  private SabreRun run(PairOrder order, View view, Layout start, SplitMix random, int costMax) {
    checkpoint.pass();
    return new SabreRun(
        order, couplings, start.copy(), random, view.taste, view.cost, costMax, checkpoint);
  }

  private Attempt attempt(Layout start, View view, long seed, int costMax) {
    SabreRun run = run(view.forth(), view, start, new SplitMix(seed), costMax);
    int cost = run.run();
    // One that gave up is worth nothing.
    int known = cost > costMax ? NO_BOUND : cost;
    return new Attempt(start, view, seed, Optional.empty(), known, run.swaps(), run.work());
  }

  /// Beams from the best layouts of fixed order, to and fro.
  private List<Attempt> searched(List<Attempt> attempts, Effort effort, long seed) {
    List<Supplier<Attempt>> tasks =
        attempts.stream()
            .filter(attempt -> !attempt.view().taste.concave())
            .limit(effort.beams())
            .<Supplier<Attempt>>map(attempt -> () -> searchedFrom(attempt, effort, seed))
            .toList();
    return threads.all(tasks);
  }

  private Attempt searchedFrom(Attempt attempt, Effort effort, long seed) {
    int width = effort.width(fixed.forth().count, attempt.swaps());
    if (width == 0) {
      return attempt;
    }
    // Beams that need more swaps than the layout promised are given up: they find nothing.
    long workMax = effort.beamWorkMax() / effort.beams() / BEAM_ROUNDS;
    Attempt best = attempt;
    Layout start = attempt.start();
    for (int round = 0; round < BEAM_ROUNDS; round++) {
      Optional<int[]> swaps = beam(start, fixed.forth(), width, seed, workMax);
      if (swaps.isEmpty()) {
        return best;
      }
      SabreRun run = run(fixed.forth(), fixed, start, new SplitMix(seed), NO_BOUND);
      int cost = run.run(swaps.get());
      Attempt found = new Attempt(start, fixed, seed, swaps, cost, run.swaps(), run.work());
      best = found.rank() < best.rank() ? found : best;
      Layout end = end(start, swaps.get());
      Optional<int[]> back = beam(end, fixed.back(), width, seed, workMax);
      if (back.isEmpty()) {
        return best;
      }
      start = end(end, back.get());
    }
    return best;
  }

  private Optional<int[]> beam(Layout start, PairOrder order, int width, long seed, long workMax) {
    return new BeamSearch(order, couplings, width, seed, checkpoint)
        .swaps(start, 20 * order.count, workMax);
  }

  private Layout end(Layout start, int[] swaps) {
    Layout end = start.copy();
    for (int swap : swaps) {
      end.swap(swap / couplings.qubits(), swap % couplings.qubits());
    }
    return end;
  }

  /// Runs once more and writes down what happens.
  private Routed emit(Attempt attempt) {
    PairGates gates = attempt.view().gates();
    SabreRun run =
        run(
            attempt.view().forth(),
            attempt.view(),
            attempt.start(),
            new SplitMix(attempt.seed()),
            NO_BOUND);
    int _ = attempt.script().map(run::run).orElseGet(run::run);
    return written(attempt.start(), gates, run);
  }

  /// What happened in a run, as a circuit; what acts on one qubit goes along with it.
  private Routed written(Layout start, PairGates gates, SabreRun run) {
    Layout layout = start.copy();
    int[] given = new int[couplings.qubits()];
    List<Operation> out = new ArrayList<>();
    for (int event : run.events()) {
      if (event >= gates.count()) {
        PairGates.Barrier barrier = gates.barriers().get(event - gates.count());
        for (int i = 0; i < barrier.qubits().size(); i++) {
          singles(gates, barrier.qubits().get(i), barrier.groups().get(i), given, layout, out);
        }
        out.add(moved(operations.get(barrier.index()), layout));
      } else if (event >= 0) {
        singles(gates, gates.first(event), gates.group(event, 0), given, layout, out);
        singles(gates, gates.second(event), gates.group(event, 1), given, layout, out);
        for (int index : gates.operations(event)) {
          out.add(moved(operations.get(index), layout));
        }
      } else {
        int first = ~event / couplings.qubits();
        int second = ~event % couplings.qubits();
        out.add(GateOperation.of(Gate.SWAP, first, second));
        layout.swap(first, second);
      }
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      singles(gates, qubit, Integer.MAX_VALUE, given, layout, out);
    }
    int[] moves = new int[couplings.qubits()];
    for (int place = 0; place < moves.length; place++) {
      moves[place] = layout.physical(start.logical(place));
    }
    return new Routed(
        out,
        Indexes.of(start.places(qubits)),
        Indexes.of(layout.places(qubits)),
        Indexes.of(moves),
        run.swaps());
  }

  /// What comes on a qubit before a group.
  private void singles(
      PairGates gates, int qubit, int group, int[] given, Layout layout, List<Operation> out) {
    List<int[]> singles = gates.singles(qubit);
    while (given[qubit] < singles.size() && singles.get(given[qubit])[1] <= group) {
      out.add(moved(operations.get(singles.get(given[qubit]++)[0]), layout));
    }
  }

  private static Operation moved(Operation operation, Layout layout) {
    return Relabelled.of(operation, layout::physical);
  }
}
