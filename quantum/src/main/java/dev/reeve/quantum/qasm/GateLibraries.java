package dev.reeve.quantum.qasm;

import static dev.reeve.quantum.qasm.GateTable.general;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.qasm.GateSymbol.Library;
import java.util.Map;
import java.util.Optional;

/// The gates that programs have without defining them: the built-in ones of each version, and the
/// two libraries that a program may include. Phases matter under control: those of version 3 follow
/// its own definition of `U`, which is e^(i theta / 2) times the one of version 2.
final class GateLibraries {
  private static final double QUARTER = Math.PI / 2;

  private static final Map<String, Library> BUILT_IN_2 =
      new GateTable("OpenQASM 2.0")
          .add("U", 3, 1, (a, q, out) -> out.accept(general(a[0], a[1], a[2], 0, 0, q)))
          .controlled("CX", 1, Gate.X)
          .build();

  private static final Map<String, Library> BUILT_IN_3 =
      new GateTable("OpenQASM 3")
          .add("U", 3, 1, (a, q, out) -> out.accept(general(a[0], a[1], a[2], a[0] / 2, 0, q)))
          .plain("gphase", Gate.GPHASE)
          .build();

  private static final Map<String, Library> STDGATES =
      later(classic(new GateTable("stdgates.inc")))
          .controlled("CX", 1, Gate.X)
          .plain("phase", Gate.P)
          .controlled("cphase", 1, Gate.P)
          .add(
              "u2",
              2,
              1,
              (a, q, out) -> out.accept(general(QUARTER, a[0], a[1], -(a[0] + a[1]) / 2, 0, q)))
          .add(
              "u3",
              3,
              1,
              (a, q, out) -> out.accept(general(a[0], a[1], a[2], -(a[1] + a[2]) / 2, 0, q)))
          .build();

  private static final Map<String, Library> QELIB1 = qelib1();

  private GateLibraries() {}

  static Map<String, Library> builtIn(QasmVersion version) {
    return version == QasmVersion.V2 ? BUILT_IN_2 : BUILT_IN_3;
  }

  /// The gates of a file that can be included.
  static Optional<Map<String, Library>> included(String file) {
    return switch (file) {
      case "qelib1.inc" -> Optional.of(QELIB1);
      case "stdgates.inc" -> Optional.of(STDGATES);
      default -> Optional.empty();
    };
  }

  /// What both libraries have had from the beginning, with the same matrices.
  private static GateTable classic(GateTable table) {
    return table
        .plain("id", Gate.I)
        .plain("x", Gate.X)
        .plain("y", Gate.Y)
        .plain("z", Gate.Z)
        .plain("h", Gate.H)
        .plain("s", Gate.S)
        .plain("sdg", Gate.SDG)
        .plain("t", Gate.T)
        .plain("tdg", Gate.TDG)
        .plain("rx", Gate.RX)
        .plain("ry", Gate.RY)
        .plain("rz", Gate.RZ)
        .plain("u1", Gate.P)
        .controlled("cx", 1, Gate.X)
        .controlled("cy", 1, Gate.Y)
        .controlled("cz", 1, Gate.Z)
        .controlled("ch", 1, Gate.H)
        .controlled("crz", 1, Gate.RZ)
        .controlled("ccx", 2, Gate.X);
  }

  /// What version 3 has from the beginning, and the older library got later.
  private static GateTable later(GateTable table) {
    return table
        .plain("sx", Gate.SX)
        .plain("p", Gate.P)
        .controlled("cp", 1, Gate.P)
        .controlled("crx", 1, Gate.RX)
        .controlled("cry", 1, Gate.RY)
        .plain("swap", Gate.SWAP)
        .controlled("cswap", 1, Gate.SWAP)
        .add("cu", 4, 2, (a, q, out) -> out.accept(general(a[0], a[1], a[2], a[3], 1, q)));
  }

  /// The first generation of the library is fixed; what was added to it over the years a program
  /// may still define itself, because older programs do.
  private static Map<String, Library> qelib1() {
    GateTable table =
        classic(new GateTable("qelib1.inc"))
            .add("u3", 3, 1, (a, q, out) -> out.accept(general(a[0], a[1], a[2], 0, 0, q)))
            .add("u2", 2, 1, (a, q, out) -> out.accept(general(QUARTER, a[0], a[1], 0, 0, q)))
            .controlled("cu1", 1, Gate.P)
            .add("cu3", 3, 2, (a, q, out) -> out.accept(general(a[0], a[1], a[2], 0, 1, q)))
            .replaceableFromHere();
    later(table)
        .add("u0", 1, 1, (_, q, out) -> out.accept(GateOperation.of(Gate.I, q)))
        .add("u", 3, 1, (a, q, out) -> out.accept(general(a[0], a[1], a[2], 0, 0, q)))
        .plain("sxdg", Gate.SXDG)
        .controlled("csx", 1, Gate.SX)
        .plain("rxx", Gate.RXX)
        .plain("rzz", Gate.RZZ)
        .add("rccx", 0, 3, RelativePhaseGates::rccx);
    for (String name : new String[] {"c3x", "cccx"}) {
      table.controlled(name, 3, Gate.X);
    }
    for (String name : new String[] {"c4x", "ccccx"}) {
      table.controlled(name, 4, Gate.X);
    }
    for (String name : new String[] {"c3sqrtx", "cccsqrtx"}) {
      table.controlled(name, 3, Gate.SX);
    }
    for (String name : new String[] {"rc3x", "rcccx"}) {
      table.add(name, 0, 4, RelativePhaseGates::rcccx);
    }
    return table.build();
  }
}
