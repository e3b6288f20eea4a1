package dev.reeve.quantum.aqo;

import dev.reeve.base.Text;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Makes operations of JSON objects. Reports what is wrong; an operation with a mistake is left
/// out.
final class OperationReader {
  /// Operations that are no gates and came with version 1.1.
  private static final Set<String> LATER = Set.of("BARRIER", "DELAY", "IF", "FOR", "WHILE");

  private final AqoVersion version;
  private final int qubits;
  private final int bitsMax;
  private final AqoFindings findings;
  private int operationsLeft;

  OperationReader(
      AqoVersion version, int qubits, int bitsMax, int operationsMax, AqoFindings findings) {
    this.version = version;
    this.qubits = qubits;
    this.bitsMax = bitsMax;
    this.operationsLeft = operationsMax;
    this.findings = findings;
  }

  /// @param path of the operation in the document
  /// @return empty when something is wrong with it
  Optional<AqoOperation> read(String path, AqoValue value) {
    operationsLeft--;
    if (operationsLeft < 0) {
      throw findings.stop(AqoFinding.Kind.LIMIT, "operations", "too many");
    }
    if (!(value instanceof AqoValue.Members(SortedMap<String, AqoValue> members))) {
      findings.invalid(path, AqoWriter.write(value), "an object");
      return Optional.empty();
    }
    int before = findings.count();
    @Nullable AqoOperation operation = read(path, members);
    return findings.count() > before ? Optional.empty() : Optional.ofNullable(operation);
  }

  private @Nullable AqoOperation read(String path, SortedMap<String, AqoValue> members) {
    if (!(members.get("op") instanceof AqoValue.Words(String name))) {
      findings.missing(path + ".op", "the name of an operation");
      return null;
    }
    Optional<AqoGate> gate = AqoGate.of(name);
    if (gate.isPresent() && gate.get().since().compareTo(version) <= 0) {
      return gate(path, gate.get(), members);
    }
    boolean later = version == AqoVersion.V1_1;
    return switch (later || !LATER.contains(name) ? name : "") {
      case "MEASURE" -> measure(path, members);
      case "RESET" -> {
        @Nullable Indexes q = onlyQubits(path, members);
        yield q == null ? null : new AqoOperation.Reset(q);
      }
      case "BARRIER" -> {
        @Nullable Indexes q = onlyQubits(path, members);
        yield q == null ? null : new AqoOperation.Barrier(q);
      }
      case "DELAY" -> delay(path, members);
      case "IF" -> branch(path, members);
      case "FOR" -> repeat(path, members);
      case "WHILE" -> loop(path, members);
      default -> {
        findings.invalid(path + ".op", name, "an operation of AQO " + version.text());
        yield null;
      }
    };
  }

  private @Nullable Indexes onlyQubits(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "q"));
    return qubits(path, members, 1, Integer.MAX_VALUE);
  }

  private @Nullable AqoOperation repeat(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "count", "body"));
    int count = integer(path + ".count", members.get("count"), 1, Integer.MAX_VALUE);
    List<AqoOperation> body = region(path + ".body", members.get("body"));
    return body.isEmpty() ? null : new AqoOperation.For(count, body);
  }

  private @Nullable AqoOperation gate(
      String path, AqoGate gate, SortedMap<String, AqoValue> members) {
    boolean parametric = !gate.arguments().isEmpty();
    boolean placed = gate.qubits() > 0;
    allow(
        path,
        members,
        parametric
            ? (placed ? Set.of("op", "q", "params") : Set.of("op", "params"))
            : Set.of("op", "q"));
    @Nullable Indexes q =
        placed ? qubits(path, members, gate.qubits(), gate.qubits()) : Indexes.of();
    List<AqoValue.Argument> arguments =
        parametric ? arguments(path, members.get("params"), gate.arguments()) : List.of();
    return q == null || arguments.size() != gate.arguments().size()
        ? null
        : new AqoOperation.Gate(gate, q, arguments);
  }

  private @Nullable AqoOperation measure(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "q", "c", "basis"));
    @Nullable Indexes q = qubits(path, members, 1, Integer.MAX_VALUE);
    int size = q == null ? 1 : q.size();
    @Nullable Indexes c =
        indexes(path + ".c", members.get("c"), size, q == null ? Integer.MAX_VALUE : size, bitsMax);
    Optional<AqoBasis> basis = Optional.empty();
    if (members.containsKey("basis")) {
      String text = members.get("basis") instanceof AqoValue.Words(String word) ? word : "?";
      switch (text) {
        case "X", "Y", "Z" -> basis = Optional.of(AqoBasis.valueOf(text));
        default -> findings.invalid(path + ".basis", text, "X, Y or Z");
      }
    }
    return q == null || c == null ? null : new AqoOperation.Measure(q, c, basis);
  }

  private @Nullable AqoOperation delay(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "q", "params"));
    @Nullable Indexes q = qubits(path, members, 1, Integer.MAX_VALUE);
    List<AqoValue.Argument> arguments =
        arguments(path, members.get("params"), List.of(AqoOperation.Delay.ARGUMENT));
    if (!arguments.isEmpty() && !isDuration(arguments.getFirst())) {
      findings.invalid(
          path + ".params." + AqoOperation.Delay.ARGUMENT,
          shown(arguments.getFirst()),
          "nanoseconds, 0 to 1e15");
    }
    return q == null || arguments.isEmpty()
        ? null
        : new AqoOperation.Delay(q, arguments.getFirst());
  }

  private static boolean isDuration(AqoValue.Argument argument) {
    return switch (argument) {
      case AqoValue.Whole(long value) -> value >= 0 && value <= Operation.Delay.NANOSECONDS_MAX;
      case AqoValue.Decimal(double value) -> value >= 0 && value <= Operation.Delay.NANOSECONDS_MAX;
      case AqoValue.Words _ -> true;
    };
  }

  private @Nullable AqoOperation branch(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "c", "value", "then", "else"));
    @Nullable AqoCondition condition = condition(path, members);
    List<AqoOperation> then = region(path + ".then", members.get("then"));
    List<AqoOperation> otherwise =
        members.containsKey("else") ? region(path + ".else", members.get("else")) : List.of();
    return condition == null || then.isEmpty()
        ? null
        : new AqoOperation.If(condition, then, otherwise);
  }

  private @Nullable AqoOperation loop(String path, SortedMap<String, AqoValue> members) {
    allow(path, members, Set.of("op", "c", "value", "max", "body"));
    @Nullable AqoCondition condition = condition(path, members);
    int most = integer(path + ".max", members.get("max"), 1, Integer.MAX_VALUE);
    List<AqoOperation> body = region(path + ".body", members.get("body"));
    return condition == null || body.isEmpty()
        ? null
        : new AqoOperation.While(condition, most, body);
  }

  private @Nullable AqoCondition condition(String path, SortedMap<String, AqoValue> members) {
    @Nullable Indexes bits =
        indexes(path + ".c", members.get("c"), 1, AqoCondition.BITS_MAX, bitsMax);
    if (bits == null) {
      return null;
    }
    long most = (1L << bits.size()) - 1;
    if (members.get("value") instanceof AqoValue.Whole(long value) && value >= 0 && value <= most) {
      return new AqoCondition(bits, value);
    }
    findings.invalid(path + ".value", shown(members.get("value")), "an integer, 0 to " + most);
    return null;
  }

  private List<AqoOperation> region(String path, @Nullable AqoValue value) {
    List<AqoOperation> operations = new ArrayList<>();
    if (value instanceof AqoValue.Elements(List<AqoValue> values) && !values.isEmpty()) {
      for (int i = 0; i < values.size(); i++) {
        read(path + "[" + i + "]", values.get(i)).ifPresent(operations::add);
      }
    } else {
      findings.invalid(path, shown(value), "a list of operations");
    }
    return operations;
  }

  private List<AqoValue.Argument> arguments(
      String path, @Nullable AqoValue value, List<String> names) {
    if (!(value instanceof AqoValue.Members(SortedMap<String, AqoValue> members))) {
      findings.invalid(
          path + ".params", shown(value), "an object with " + String.join(", ", names));
      return List.of();
    }
    allow(path + ".params", members, Set.copyOf(names));
    List<AqoValue.Argument> arguments = new ArrayList<>();
    for (String name : names) {
      if (members.get(name) instanceof AqoValue.Argument argument && !isEmptyName(argument)) {
        arguments.add(argument);
      } else {
        findings.invalid(
            path + ".params." + name,
            shown(members.get(name)),
            "a number or the name of a parameter");
      }
    }
    return arguments;
  }

  private static boolean isEmptyName(AqoValue.Argument argument) {
    return argument instanceof AqoValue.Words(String text) && text.isEmpty();
  }

  private @Nullable Indexes qubits(
      String path, SortedMap<String, AqoValue> members, int least, int most) {
    return indexes(path + ".q", members.get("q"), least, most, qubits);
  }

  /// @param below what every index must be
  private @Nullable Indexes indexes(
      String path, @Nullable AqoValue value, int least, int most, int below) {
    if (!(value instanceof AqoValue.Elements(List<AqoValue> values))
        || values.size() < least
        || values.size() > most) {
      String count = least == most ? "" + least : "at least " + least;
      findings.invalid(path, shown(value), "a list of indexes, " + count);
      return null;
    }
    int[] indexes = new int[values.size()];
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < indexes.length; i++) {
      if (!(values.get(i) instanceof AqoValue.Whole(long index)) || index < 0 || index >= below) {
        findings.invalid(
            path + "[" + i + "]", shown(values.get(i)), "an index, 0 to " + (below - 1));
        return null;
      }
      indexes[i] = (int) index;
      if (!seen.add(indexes[i])) {
        findings.invalid(path + "[" + i + "]", shown(values.get(i)), "each index once");
        return null;
      }
    }
    return Indexes.of(indexes);
  }

  private int integer(String path, @Nullable AqoValue value, int least, int most) {
    if (value instanceof AqoValue.Whole(long number) && number >= least && number <= most) {
      return (int) number;
    }
    findings.invalid(path, shown(value), "an integer, " + least + " to " + most);
    return least;
  }

  private void allow(String path, SortedMap<String, AqoValue> members, Set<String> names) {
    for (String name : members.keySet()) {
      if (!names.contains(name)) {
        findings.invalid(
            path + "." + Text.quoteForMessage(name).replace("\"", ""),
            "unknown",
            String.join(", ", names.stream().sorted().toList()));
      }
    }
  }

  private static String shown(@Nullable AqoValue value) {
    return value == null ? "missing" : AqoWriter.write(value);
  }
}
