package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Finds out how the angles of a program follow its inputs: lowers it for some values, moves one
/// input at a time and looks which angles follow, then holds the sums that were found against the
/// program for other values. What follows otherwise than as a sum of multiples, or elsewhere than
/// in an angle, is refused.
public final class OpenReading {
  /// Steps and values to begin with are sums of few powers of two: differences are exact.
  private static final double STEP = 0.25;

  private static final double TOLERANCE = 1e-9;
  private static final int TRIALS = 3;
  private static final long SEED = 0x0FE4;

  /// A factor so near to a multiple of a 2,520th, or of that of pi, is one: the rest is rounding.
  private static final double FRACTIONS = 2520;

  private static final double SNAP = 1e-10;

  private final Function<double[], Circuit> program;
  private final List<OpenInput> inputs;
  private final Circuit base;
  private final double[] values;
  private final List<GateOperation> gates = new ArrayList<>();
  private final List<OpenAngle[]> angles = new ArrayList<>();

  private OpenReading(Function<double[], Circuit> program, List<OpenInput> inputs) {
    this.program = program;
    this.inputs = inputs;
    this.values = new double[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 + (i % 16) / 16.0;
    }
    this.base = program.apply(values);
    gates(base.operations(), gates);
  }

  /// @param program its circuit for values of the inputs, in their order
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID`
  public static Circuit read(Function<double[], Circuit> program, List<OpenInput> inputs) {
    OpenReading reading = new OpenReading(program, inputs);
    reading.findAngles();
    reading.holdAgainst();
    return reading.base.with(reading.rebuilt(reading.base.operations(), new int[1]));
  }

  /// All gates, in the order in which they are written.
  private static void gates(List<Operation> operations, List<GateOperation> gates) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> gates.add(gate);
        case Operation.If branch -> {
          gates(branch.then(), gates);
          gates(branch.otherwise(), gates);
        }
        case Operation.While loop -> gates(loop.body(), gates);
        case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> {}
      }
    }
  }

  private void findAngles() {
    for (GateOperation gate : gates) {
      OpenAngle[] forms = new OpenAngle[gate.gate().angles()];
      for (int i = 0; i < forms.length; i++) {
        forms[i] = OpenAngle.of(gate.angle(i));
      }
      angles.add(forms);
    }
    for (int input = 0; input < values.length; input++) {
      double[] moved = values.clone();
      moved[input] += STEP;
      List<GateOperation> others = new ArrayList<>();
      gates(program.apply(moved).operations(), others);
      requireSame(others.size() == gates.size(), inputs.get(input));
      for (int i = 0; i < gates.size(); i++) {
        requireSame(others.get(i).gate() == gates.get(i).gate(), inputs.get(input));
        follow(i, others.get(i), input);
      }
    }
  }

  /// What an input that was moved did to the angles of a gate.
  private void follow(int index, GateOperation moved, int input) {
    OpenAngle[] forms = angles.get(index);
    for (int i = 0; i < forms.length; i++) {
      double factor = snapped((moved.angle(i) - gates.get(index).angle(i)) / STEP);
      if (factor != 0) {
        SortedMap<String, Double> factors = new TreeMap<>(forms[i].factors());
        factors.put(inputs.get(input).name(), factor);
        forms[i] = new OpenAngle(forms[i].offset() - factor * values[input], factors);
      }
    }
  }

  private static double snapped(double factor) {
    for (double unit : new double[] {1, Math.PI}) {
      double parts = factor / unit * FRACTIONS;
      if (Math.abs(parts - Math.rint(parts)) < SNAP * FRACTIONS) {
        return Math.rint(parts) / FRACTIONS * unit;
      }
    }
    return factor;
  }

  private void holdAgainst() {
    SplitMix random = new SplitMix(SEED);
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] elsewhere = new double[values.length];
      SortedMap<String, Double> named = new TreeMap<>();
      for (int i = 0; i < elsewhere.length; i++) {
        elsewhere[i] = inputs.get(i).elsewhere(random.nextDouble());
        named.put(inputs.get(i).name(), elsewhere[i]);
      }
      if (!isSame(program.apply(elsewhere), named)) {
        throw refused(blamed());
      }
    }
  }

  private boolean isSame(Circuit other, SortedMap<String, Double> named) {
    List<GateOperation> others = new ArrayList<>();
    gates(other.operations(), others);
    if (others.size() != gates.size() || !skeleton(other).equals(skeleton(base))) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      OpenAngle[] forms = angles.get(i);
      for (int angle = 0; angle < forms.length; angle++) {
        double apart = others.get(i).angle(angle) - forms[angle].value(named);
        if (Math.abs(Math.IEEEremainder(apart, period(gates.get(i)))) > TOLERANCE) {
          return false;
        }
      }
    }
    return true;
  }

  /// After what turn a gate does the same, up to a phase of the whole.
  private static double period(GateOperation gate) {
    boolean free = gate.controlCount() == 0 && gate.gate() != Gate.U;
    return free || gate.gate() == Gate.P || gate.gate() == Gate.GPHASE ? 2 * Math.PI : 4 * Math.PI;
  }

  /// The same circuit with every angle 0.
  private static List<Operation> skeleton(Circuit circuit) {
    return skeleton(circuit.operations());
  }

  private static List<Operation> skeleton(List<Operation> operations) {
    List<Operation> out = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      out.add(
          switch (operation) {
            case GateOperation gate when gate.gate().angles() > 0 ->
                gate.withGate(gate.gate(), new double[gate.gate().angles()]);
            case Operation.If(var condition, var then, var otherwise) ->
                new Operation.If(condition, skeleton(then), skeleton(otherwise));
            case Operation.While(var condition, var body, int iterationsMax) ->
                new Operation.While(condition, skeleton(body), iterationsMax);
            case GateOperation _,
                Operation.Quantum _,
                Operation.AssignBits _,
                Operation.AssignVariable _ ->
                operation;
          });
    }
    return out;
  }

  /// The inputs that do not do alone what was found out about them; all when it is none alone.
  private List<OpenInput> blamed() {
    List<OpenInput> blamed = new ArrayList<>();
    SplitMix random = new SplitMix(SEED);
    for (int input = 0; input < values.length; input++) {
      double[] elsewhere = values.clone();
      elsewhere[input] = inputs.get(input).elsewhere(random.nextDouble());
      SortedMap<String, Double> named = new TreeMap<>();
      for (int i = 0; i < elsewhere.length; i++) {
        named.put(inputs.get(i).name(), elsewhere[i]);
      }
      if (!isSame(program.apply(elsewhere), named)) {
        blamed.add(inputs.get(input));
      }
    }
    return blamed.isEmpty() ? inputs : blamed;
  }

  private static void requireSame(boolean same, OpenInput input) {
    if (!same) {
      throw refused(List.of(input));
    }
  }

  private static RuntimeException refused(List<OpenInput> blamed) {
    String names = String.join(", ", blamed.stream().map(OpenInput::name).toList());
    return QuantumProblems.PARAMETER_INVALID
        .field(
            "param." + names,
            "",
            "a value: what follows it is not an angle of a gate, or not as a sum of multiples")
        .toException();
  }

  private List<Operation> rebuilt(List<Operation> operations, int[] next) {
    List<Operation> out = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          OpenAngle[] forms = angles.get(next[0]);
          next[0]++;
          rebuild(gate, forms, out);
        }
        case Operation.If(var condition, var then, var otherwise) ->
            out.add(new Operation.If(condition, rebuilt(then, next), rebuilt(otherwise, next)));
        case Operation.While(var condition, var body, int iterationsMax) ->
            out.add(new Operation.While(condition, rebuilt(body, next), iterationsMax));
        case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ ->
            out.add(operation);
      }
    }
    return out;
  }

  private static void rebuild(GateOperation gate, OpenAngle[] forms, List<Operation> out) {
    boolean open = false;
    for (OpenAngle form : forms) {
      open |= !form.isKnown();
    }
    if (!open) {
      out.add(gate);
    } else if (gate.gate() == Gate.U) {
      int target = gate.target(0);
      OpenAngle phase = forms[3].plus(forms[1].plus(forms[2]).times(0.5));
      out.add(controlled(GateOperation.open(Gate.RZ, forms[2], target), gate));
      out.add(controlled(GateOperation.open(Gate.RY, forms[0], target), gate));
      out.add(controlled(GateOperation.open(Gate.RZ, forms[1], target), gate));
      if (gate.controlCount() > 0) {
        phase(gate, phase, out);
      }
    } else {
      out.add(gate.withAngle(reduced(gate, forms[0])));
    }
  }

  /// The phase of a gate with four angles, on its controls.
  private static void phase(GateOperation gate, OpenAngle phase, List<Operation> out) {
    out.add(controlled(GateOperation.open(Gate.GPHASE, phase), gate));
  }

  private static GateOperation controlled(GateOperation gate, GateOperation like) {
    GateOperation more = gate;
    for (int i = 0; i < like.controlCount(); i++) {
      more = more.controlledBy(like.control(i), like.controlValue(i));
    }
    return more;
  }

  /// Without whole turns that do nothing, and without what is rounding.
  private static OpenAngle reduced(GateOperation gate, OpenAngle angle) {
    double offset = Math.IEEEremainder(angle.offset(), period(gate));
    return new OpenAngle(Math.abs(offset) < SNAP ? 0 : offset, angle.factors());
  }
}
