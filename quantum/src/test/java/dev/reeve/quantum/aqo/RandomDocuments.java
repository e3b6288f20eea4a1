package dev.reeve.quantum.aqo;

import dev.reeve.quantum.Indexes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Documents of every shape the format allows.
final class RandomDocuments {
  private static final List<String> TEXTS =
      List.of("", "theta", "a \"b\" \\", "\u0000\u001f\u007f", "käse", "\uffff", "\ud83d\ude00");

  private final RandomGenerator random;

  RandomDocuments(RandomGenerator random) {
    this.random = random;
  }

  AqoDocument next(AqoVersion version) {
    int qubits = 3 + random.nextInt(4);
    return new AqoDocument(
        version,
        qubits,
        operations(version, qubits, 2),
        maybe().map(_ -> AqoValue.sorted(parameters())),
        maybe(),
        maybe(),
        maybe(),
        maybe());
  }

  private Optional<AqoValue.Members> maybe() {
    return random.nextBoolean() ? Optional.empty() : Optional.of(members(3));
  }

  private Map<String, AqoValue.Argument> parameters() {
    Map<String, AqoValue.Argument> parameters = new TreeMap<>();
    parameters.put("alpha", new AqoValue.Words("alpha"));
    parameters.put("beta", new AqoValue.Decimal(random.nextGaussian()));
    parameters.put("käse", new AqoValue.Whole(random.nextInt(9) - 4));
    return parameters;
  }

  private AqoValue.Members members(int depth) {
    Map<String, AqoValue> values = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put(text(), value(depth));
    }
    return AqoValue.Members.of(values);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private AqoValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> new AqoValue.Whole(random.nextLong());
      case 1 -> new AqoValue.Decimal(random.nextBoolean() ? 1.0 : random.nextGaussian());
      case 2 -> new AqoValue.Words(text());
      case 3 -> new AqoValue.Truth(random.nextBoolean());
      case 4 -> new AqoValue.Nothing();
      case 5 -> new AqoValue.Elements(List.of(value(depth - 1), value(depth - 1)));
      default -> members(depth - 1);
    };
  }

  private List<AqoOperation> operations(AqoVersion version, int qubits, int depth) {
    List<AqoOperation> operations = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      operations.add(operation(version, qubits, depth));
    }
    return operations;
  }

  private AqoOperation operation(AqoVersion version, int qubits, int depth) {
    boolean later = version == AqoVersion.V1_1;
    return switch (random.nextInt(later ? depth > 0 ? 12 : 9 : 7)) {
      case 0 -> new AqoOperation.Reset(indexes(qubits, 1 + random.nextInt(3)));
      case 1 -> {
        int size = 1 + random.nextInt(3);
        yield new AqoOperation.Measure(
            indexes(qubits, size),
            indexes(8, size),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(List.of(AqoBasis.values()).get(random.nextInt(3))));
      }
      case 7 -> new AqoOperation.Barrier(indexes(qubits, 2));
      case 8 -> new AqoOperation.Delay(indexes(qubits, 2), duration());
      case 9 ->
          new AqoOperation.If(
              condition(),
              operations(version, qubits, depth - 1),
              random.nextBoolean() ? List.of() : operations(version, qubits, depth - 1));
      case 10 ->
          new AqoOperation.For(1 + random.nextInt(3), operations(version, qubits, depth - 1));
      case 11 -> new AqoOperation.While(condition(), 100, operations(version, qubits, depth - 1));
      default -> gate(version, qubits);
    };
  }

  private AqoOperation gate(AqoVersion version, int qubits) {
    List<AqoGate> gates = new ArrayList<>(List.of(AqoGate.values()));
    gates.removeIf(gate -> gate.since().compareTo(version) > 0);
    AqoGate gate = gates.get(random.nextInt(gates.size()));
    List<AqoValue.Argument> arguments = new ArrayList<>();
    gate.arguments().forEach(_ -> arguments.add(argument()));
    return new AqoOperation.Gate(gate, indexes(qubits, gate.qubits()), arguments);
  }

  private AqoValue.Argument argument() {
    return switch (random.nextInt(3)) {
      case 0 -> new AqoValue.Whole(random.nextInt(7) - 3);
      case 1 -> new AqoValue.Decimal(random.nextDouble(-4, 4));
      default -> new AqoValue.Words("alpha");
    };
  }

  private AqoValue.Argument duration() {
    return switch (random.nextInt(3)) {
      case 0 -> new AqoValue.Whole(random.nextInt(7));
      case 1 -> new AqoValue.Decimal(random.nextDouble(4));
      default -> new AqoValue.Words("alpha");
    };
  }

  private AqoCondition condition() {
    int size = 1 + random.nextInt(3);
    return new AqoCondition(indexes(8, size), random.nextLong(1L << size));
  }

  private Indexes indexes(int below, int size) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < below; i++) {
      all.add(i);
    }
    Collections.shuffle(all, java.util.Random.from(random));
    return Indexes.of(all.stream().limit(size).mapToInt(Integer::intValue).toArray());
  }
}
