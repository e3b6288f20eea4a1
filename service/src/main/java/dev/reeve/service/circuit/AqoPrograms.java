package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLifting;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Programs that come compiled, as AQO documents in JSON.
public final class AqoPrograms {
  /// The format of a program, as attributes of a job name it.
  public static final String FORMAT = "aqo_json";

  /// How metadata names the value of a parameter, the first that is there.
  private static final List<String> PREFIXES = List.of("param.", "param:", "parameters.");

  private static final String SOURCE_DIGEST = "source_sha256";

  private AqoPrograms() {}

  /// The circuit of a document, with the values that its caller gives to its parameters.
  ///
  /// @param metadata `param.NAME` (or `param:NAME`, `parameters.NAME`) is the value of `NAME`
  /// @throws dev.reeve.base.ProblemException `AQO_...`
  public static Circuit circuit(Bytes json, Map<String, String> metadata) {
    AqoDocument document = AqoReader.read(json, AqoLimits.DEFAULT);
    Map<String, Double> values = new HashMap<>();
    for (String name : AqoLowering.parameters(document)) {
      value(name, metadata).ifPresent(value -> values.put(name, value));
    }
    return AqoLowering.circuit(document, values, AqoLimits.DEFAULT);
  }

  /// Completes for a document without mistakes; its parameters may have no values.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_...`
  static void check(Bytes json) {
    AqoDocument _ = AqoReader.read(json, AqoLimits.DEFAULT);
  }

  /// A compiled circuit as a document that says where it comes from.
  ///
  /// @param facts of the compile
  static AqoDocument document(Circuit circuit, Map<String, String> facts) {
    Map<String, String> metadata = new TreeMap<>();
    Map<String, String> checksums = new TreeMap<>();
    for (String key : List.of("compiler", "compiler_contract_version", SOURCE_DIGEST)) {
      metadata.put(key, facts.getOrDefault(key, ""));
    }
    checksums.put(SOURCE_DIGEST, facts.getOrDefault(SOURCE_DIGEST, ""));
    return AqoLifting.document(circuit)
        .withMetadata(AqoValue.Members.ofTexts(metadata))
        .withChecksums(AqoValue.Members.ofTexts(checksums));
  }

  /// The key among metadata, or among options of a call, that gives a parameter its value.
  static Optional<String> key(String name, Map<String, String> metadata) {
    return PREFIXES.stream().map(prefix -> prefix + name).filter(metadata::containsKey).findFirst();
  }

  private static Optional<Double> value(String name, Map<String, String> metadata) {
    return key(name, metadata).map(key -> number(key, metadata.getOrDefault(key, "")));
  }

  private static double number(String key, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Refused like a number that is none.
    }
    throw QuantumProblems.AQO_PARAMETER_UNBOUND
        .field("metadata." + key, text, "a finite number")
        .toException();
  }
}
