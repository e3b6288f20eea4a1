package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a printed program calls qubits, bits and variables. Bits of the circuit that are no result
/// get registers of their own; what is a result is then said to be `output`.
final class PrintedNames {
  /// A variable for values on their way to bits of several registers.
  static final String SPARE = "_spare";

  private final Circuit circuit;
  private final List<Register> bits = new ArrayList<>();
  private final boolean hidden;
  private final boolean second;
  private final Set<String> taken;
  private final Map<String, String> qubitNames = new HashMap<>();
  private final Map<String, String> bitNames = new HashMap<>();

  /// @param inputs whose names are theirs
  PrintedNames(Circuit circuit, boolean second, List<OpenInput> inputs) {
    this.circuit = circuit;
    this.second = second;
    this.taken = inputs.stream().map(OpenInput::name).collect(Collectors.toSet());
    circuit.qubitRegisters().forEach(register -> name(register, qubitNames));
    circuit.bitRegisters().forEach(register -> name(register, bitNames));
    List<Register> results = new ArrayList<>(circuit.bitRegisters());
    results.sort(Comparator.comparingInt(Register::offset));
    int next = 0;
    for (Register result : results) {
      gap(next, result.offset());
      bits.add(result);
      next = result.offset() + result.size();
    }
    gap(next, circuit.bits());
    if (!results.equals(circuit.bitRegisters())) {
      bits.removeAll(results);
      bits.addAll(0, circuit.bitRegisters());
    }
    this.hidden = bits.size() > circuit.bitRegisters().size();
  }

  /// A word of the language may have been the name of a register in the other version, and a device
  /// calls its qubits as the source may call its bits.
  private void name(Register register, Map<String, String> names) {
    String name = register.name().equals(Declarations.PHYSICAL) ? "physical" : register.name();
    while (isTaken(name)) {
      name += "_";
    }
    boolean physical = register.name().equals(Declarations.PHYSICAL) && !second;
    names.put(register.name(), physical ? Declarations.PHYSICAL : name);
  }

  private boolean isTaken(String name) {
    QasmVersion version = second ? QasmVersion.V2 : QasmVersion.V3;
    return taken.contains(name)
        || qubitNames.containsValue(name)
        || bitNames.containsValue(name)
        || TokenKind.ofWord(name, version) != TokenKind.IDENTIFIER
        || Scope.global(version).find(name) != null;
  }

  private static String called(Register register, Map<String, String> names) {
    return names.getOrDefault(register.name(), register.name());
  }

  private void gap(int from, int to) {
    if (to > from) {
      bits.add(new Register("_bits" + from, from, to - from));
    }
  }

  /// The lines that declare everything.
  List<String> declarations() {
    List<String> lines = new ArrayList<>();
    for (Register register : circuit.qubitRegisters()) {
      if (called(register, qubitNames).equals(Declarations.PHYSICAL)) {
        lines.add("nop " + Declarations.PHYSICAL + (register.size() - 1) + ";");
      } else {
        lines.add(declaration(register, qubitNames, second ? "qreg" : "qubit"));
      }
    }
    for (Register register : bits) {
      boolean result = circuit.bitRegisters().contains(register);
      String word = second ? "creg" : hidden && result ? "output bit" : "bit";
      if (!second || result) {
        lines.add(declaration(register, bitNames, word));
      }
    }
    for (int slot = 0; slot < circuit.variables() && !second; slot++) {
      lines.add("int[64] " + variable(slot) + ";");
    }
    if (!second && spares(circuit.operations())) {
      lines.add("int[64] " + SPARE + ";");
    }
    return lines;
  }

  /// Whether a value goes to bits of several registers somewhere.
  private boolean spares(List<Operation> operations) {
    for (Operation operation : operations) {
      boolean spares =
          switch (operation) {
            case Operation.AssignBits assignment -> bits(assignment.bits()).isEmpty();
            case Operation.If branch -> spares(branch.then()) || spares(branch.otherwise());
            case Operation.While loop -> spares(loop.body());
            case Operation.AssignVariable _, Operation.Quantum _, GateOperation _ -> false;
          };
      if (spares) {
        return true;
      }
    }
    return false;
  }

  private String declaration(Register register, Map<String, String> names, String word) {
    String name = called(register, names);
    return second
        ? "%s %s[%d];".formatted(word, name, register.size())
        : "%s[%d] %s;".formatted(word, register.size(), name);
  }

  static String variable(int slot) {
    return "_v" + slot;
  }

  String qubit(int qubit) {
    return element(circuit.qubitRegisters(), qubitNames, qubit);
  }

  String bit(int address) {
    return element(bits, bitNames, address);
  }

  /// Several bits of one register as it would be indexed; empty when they are in several.
  String bits(Indexes addresses) {
    Register register = register(bits, addresses.get(0));
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < addresses.size(); i++) {
      int place = addresses.get(i) - register.offset();
      if (place < 0 || place >= register.size()) {
        return "";
      }
      places.append(i == 0 ? "" : ", ").append(place);
    }
    return called(register, bitNames) + "[{" + places + "}]";
  }

  /// The name of the register of which these are all the bits, in their order.
  Optional<String> whole(Indexes addresses) {
    Register register = register(bits, addresses.get(0));
    return addresses.equals(Indexes.range(register.offset(), register.size()))
        ? Optional.of(called(register, bitNames))
        : Optional.empty();
  }

  private static Register register(List<Register> registers, int address) {
    for (Register register : registers) {
      if (address >= register.offset() && address < register.offset() + register.size()) {
        return register;
      }
    }
    throw new IllegalArgumentException("no register holds " + address);
  }

  private static String element(List<Register> registers, Map<String, String> names, int address) {
    Register register = register(registers, address);
    int place = address - register.offset();
    String name = called(register, names);
    return name.equals(Declarations.PHYSICAL) ? name + place : name + "[" + place + "]";
  }
}
