package dev.reeve.quantum.aqo;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/// A compiled circuit with what its maker wrote beside it. Immutable; equal documents have equal
/// canonical bytes.
///
/// A part that a document leaves out is not the same as an empty one: both are kept.
///
/// @param qubits at least 1
/// @param operations at least one, in order
/// @param parameters a number, or the parameter's own name when it is unbound
public record AqoDocument(
    AqoVersion version,
    int qubits,
    List<AqoOperation> operations,
    Optional<SortedMap<String, AqoValue.Argument>> parameters,
    Optional<AqoValue.Members> metadata,
    Optional<AqoValue.Members> checksums,
    Optional<AqoValue.Members> topology,
    Optional<AqoValue.Members> annotations) {
  public AqoDocument {
    Objects.requireNonNull(version, "version");
    operations = List.copyOf(operations);
    parameters = parameters.map(AqoValue::sorted);
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(checksums, "checksums");
    Objects.requireNonNull(topology, "topology");
    Objects.requireNonNull(annotations, "annotations");
    Check.argument(qubits >= 1, "qubits: %d (expected: >= 1)", qubits);
    Check.argument(!operations.isEmpty(), "operations: empty (expected: at least one)");
    AqoRules.require(version, qubits, operations);
  }

  /// A document of operations alone.
  public static AqoDocument of(AqoVersion version, int qubits, List<AqoOperation> operations) {
    return new AqoDocument(
        version,
        qubits,
        operations,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The same document with these parameters.
  public AqoDocument withParameters(Map<String, AqoValue.Argument> values) {
    return new AqoDocument(
        version,
        qubits,
        operations,
        Optional.of(AqoValue.sorted(values)),
        metadata,
        checksums,
        topology,
        annotations);
  }

  /// The same document with this metadata.
  public AqoDocument withMetadata(AqoValue.Members values) {
    return new AqoDocument(
        version,
        qubits,
        operations,
        parameters,
        Optional.of(values),
        checksums,
        topology,
        annotations);
  }

  /// The same document with these checksums.
  public AqoDocument withChecksums(AqoValue.Members values) {
    return new AqoDocument(
        version,
        qubits,
        operations,
        parameters,
        metadata,
        Optional.of(values),
        topology,
        annotations);
  }

  /// The same document with these annotations.
  public AqoDocument withAnnotations(AqoValue.Members values) {
    return new AqoDocument(
        version,
        qubits,
        operations,
        parameters,
        metadata,
        checksums,
        topology,
        Optional.of(values));
  }

  /// The canonical form: JSON in ASCII, names sorted, no spaces.
  public Bytes canonical() {
    return AqoWriter.write(this);
  }

  /// Digest of the canonical form, lower-case hex.
  public String sha256() {
    return Sha256.of(canonical()).hex();
  }
}
