package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The mean of an observable as a function of a template's parameters. The gradient is exact: each
/// angle is shifted by itself, by the two-term rule of K. Mitarai and others, Physical Review A 98,
/// 2018, and by the four-term rule of G.-L. Anselmetti and others, New Journal of Physics 23, 2021,
/// where the gate has controls.
final class CircuitObjective implements Objective {
  private static final double ROOT_2 = Math.sqrt(2);
  private static final double NEAR = (ROOT_2 + 1) / (4 * ROOT_2);
  private static final double FAR = (ROOT_2 - 1) / (4 * ROOT_2);

  private final CircuitTemplate template;
  private final ToDoubleFunction<Circuit> mean;

  CircuitObjective(CircuitTemplate template, ToDoubleFunction<Circuit> mean) {
    this.template = template;
    this.mean = mean;
  }

  @Override
  public double at(double[] point) {
    return mean.applyAsDouble(template.bind(point));
  }

  @Override
  public double[] gradient(double[] point) {
    double[] gradient = new double[point.length];
    for (int i = 0; i < template.slots().size(); i++) {
      CircuitTemplate.Slot slot = template.slots().get(i);
      if (slot.factor() != 0) {
        gradient[slot.parameter()] += slot.factor() * slope(i, point);
      }
    }
    return gradient;
  }

  /// What the mean does when the angle of one gate grows.
  private double slope(int slot, double[] point) {
    GateOperation gate =
        (GateOperation) template.circuit().operations().get(template.slots().get(slot).operation());
    boolean twoValues =
        gate.controlCount() == 0 || gate.gate() == Gate.P || gate.gate() == Gate.GPHASE;
    double near = difference(slot, point, Math.PI / 2);
    return twoValues ? near / 2 : NEAR * near - FAR * difference(slot, point, 3 * Math.PI / 2);
  }

  private double difference(int slot, double[] point, double shift) {
    return mean.applyAsDouble(shifted(slot, point, shift))
        - mean.applyAsDouble(shifted(slot, point, -shift));
  }

  private Circuit shifted(int slot, double[] point, double shift) {
    List<CircuitTemplate.Slot> slots = new ArrayList<>(template.slots());
    CircuitTemplate.Slot old = slots.get(slot);
    slots.set(
        slot,
        new CircuitTemplate.Slot(
            old.operation(), old.parameter(), old.factor(), old.offset() + shift));
    return new CircuitTemplate(template.circuit(), template.parameters(), slots).bind(point);
  }
}
