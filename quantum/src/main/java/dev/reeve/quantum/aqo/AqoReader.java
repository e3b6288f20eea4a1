package dev.reeve.quantum.aqo;

import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Reads documents from JSON, canonical or not, and says everything that is wrong with one.
/// Stateless; any thread.
public final class AqoReader {
  private static final Set<String> NAMES =
      Set.of(
          "version",
          "qubits",
          "operations",
          "parameters",
          "metadata",
          "checksums",
          "topology",
          "annotations");

  private final AqoLimits limits;
  private final AqoFindings findings;
  private final Map<String, JsonTree.Placed> members = new HashMap<>();

  private AqoReader(AqoLimits limits) {
    this.limits = limits;
    this.findings = new AqoFindings(limits.errorsMax());
  }

  /// Reads a document.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_INVALID` with every mistake and its place,
  ///   `AQO_VERSION_UNSUPPORTED`, `AQO_LIMIT_EXCEEDED`
  public static AqoDocument read(Bytes json, AqoLimits limits) {
    AqoReader reader = new AqoReader(limits);
    Optional<AqoDocument> document = reader.document(json);
    return document.orElseThrow(() -> AqoFindings.problem(reader.findings.list()).toException());
  }

  /// What is wrong with a document; empty when nothing is.
  public static List<AqoFinding> check(Bytes json, AqoLimits limits) {
    AqoReader reader = new AqoReader(limits);
    return reader.document(json).isPresent() ? List.of() : reader.findings.list();
  }

  /// Empty when something is wrong.
  private Optional<AqoDocument> document(Bytes json) {
    try {
      if (json.size() > limits.bytesMax()) {
        throw findings.stop(
            AqoFinding.Kind.LIMIT,
            "",
            json.size() + " bytes" + AqoFindings.expected("at most " + limits.bytesMax()));
      }
      List<JsonTree.Placed> written = new ArrayList<>();
      members.putAll(JsonTree.read(json, limits.operationsMax(), written, findings));
      AqoVersion version = version();
      unknown();
      int qubits = qubits();
      List<AqoOperation> operations = operations(version, qubits, written);
      Optional<SortedMap<String, AqoValue.Argument>> parameters = parameters();
      Optional<AqoValue.Members> metadata = object("metadata");
      Optional<AqoValue.Members> checksums = object("checksums");
      Optional<AqoValue.Members> topology = object("topology");
      Optional<AqoValue.Members> annotations = object("annotations");
      return findings.count() > 0
          ? Optional.empty()
          : Optional.of(
              new AqoDocument(
                  version,
                  qubits,
                  operations,
                  parameters,
                  metadata,
                  checksums,
                  topology,
                  annotations));
    } catch (AqoFindings.Stopped _) {
      return Optional.empty();
    }
  }

  /// The rules depend on it: without one, nothing else is said.
  private AqoVersion version() {
    Optional<AqoValue> value = member("version");
    if (value.isEmpty()) {
      findings.at(1, 1);
      throw findings.stop(
          AqoFinding.Kind.INVALID,
          "version",
          "missing" + AqoFindings.expected("1.1, 1.0.0 or 0.1"));
    }
    if (value.get() instanceof AqoValue.Words(String text)) {
      Optional<AqoVersion> version = AqoVersion.of(text);
      if (version.isPresent()) {
        return version.get();
      }
      throw findings.stop(
          AqoFinding.Kind.VERSION,
          "version",
          Text.quoteForMessage(text) + AqoFindings.expected("1.1, 1.0.0 or 0.1"));
    }
    throw findings.stop(
        AqoFinding.Kind.INVALID,
        "version",
        AqoWriter.write(value.get()) + AqoFindings.expected("a text"));
  }

  private void unknown() {
    members.forEach((name, placed) -> {
      if (!NAMES.contains(name)) {
        findings.at(placed.line(), placed.column());
        findings.invalid(
            Text.isUnicode(name) ? name : "?",
            "unknown",
            String.join(", ", NAMES.stream().sorted().toList()));
      }
    });
  }

  private int qubits() {
    Optional<AqoValue> value = member("qubits");
    if (value.isEmpty()) {
      findings.at(1, 1);
      findings.missing("qubits", "at least 1");
    } else if (value.get() instanceof AqoValue.Whole(long qubits) && qubits >= 1) {
      if (qubits > limits.qubitsMax()) {
        throw findings.stop(
            AqoFinding.Kind.LIMIT,
            "qubits",
            qubits + AqoFindings.expected("at most " + limits.qubitsMax()));
      }
      return (int) qubits;
    } else {
      findings.invalid("qubits", AqoWriter.write(value.get()), "an integer, at least 1");
    }
    return Integer.MAX_VALUE;
  }

  private List<AqoOperation> operations(
      AqoVersion version, int qubits, List<JsonTree.Placed> written) {
    Optional<AqoValue> value = member("operations");
    if (value.isEmpty()) {
      findings.at(1, 1);
      findings.missing("operations", "at least one operation");
    } else if (!(value.get() instanceof AqoValue.Elements)) {
      findings.invalid("operations", AqoWriter.write(value.get()), "a list");
    } else if (written.isEmpty()) {
      findings.invalid("operations", "[]", "at least one operation");
    }
    OperationReader reader =
        new OperationReader(version, qubits, limits.bitsMax(), limits.operationsMax(), findings);
    List<AqoOperation> operations = new ArrayList<>(written.size());
    for (int i = 0; i < written.size(); i++) {
      JsonTree.Placed placed = written.get(i);
      findings.at(placed.line(), placed.column());
      reader.read("operations[" + i + "]", placed.value()).ifPresent(operations::add);
    }
    return operations;
  }

  private Optional<SortedMap<String, AqoValue.Argument>> parameters() {
    return object("parameters")
        .map(object -> {
          Map<String, AqoValue.Argument> values = new HashMap<>();
          object
              .values()
              .forEach((name, value) -> {
                boolean named = value instanceof AqoValue.Words(String text) && text.equals(name);
                boolean number =
                    value instanceof AqoValue.Whole || value instanceof AqoValue.Decimal;
                if ((named || number) && value instanceof AqoValue.Argument argument) {
                  values.put(name, argument);
                } else {
                  findings.invalid(
                      "parameters." + name,
                      AqoWriter.write(value),
                      "a number, or its own name while it has none");
                }
              });
          return AqoValue.sorted(values);
        });
  }

  private Optional<AqoValue.Members> object(String name) {
    Optional<AqoValue> value = member(name);
    if (value.isPresent() && !(value.get() instanceof AqoValue.Members)) {
      findings.invalid(name, AqoWriter.write(value.get()), "an object");
    }
    return value.filter(AqoValue.Members.class::isInstance).map(AqoValue.Members.class::cast);
  }

  /// Findings that follow are about it.
  private Optional<AqoValue> member(String name) {
    JsonTree.Placed placed = members.get(name);
    if (placed == null) {
      return Optional.empty();
    }
    findings.at(placed.line(), placed.column());
    return Optional.of(placed.value());
  }
}
