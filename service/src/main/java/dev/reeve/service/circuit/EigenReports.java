package dev.reeve.service.circuit;

import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.eigenlang.EigenProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The reports that go with a compiled Eigen-Lang program: which passes it went through, what sort
/// of work it is, where it may run, and what its digests are made of.
///
/// @param kind of work
/// @param facts of the compile so far
record EigenReports(
    EigenProgram program,
    AqoDocument document,
    String kind,
    Map<String, String> options,
    Optional<EigenTopology> topology,
    SortedMap<String, String> facts) {
  private static final String VERSION = "1.0.0";
  private static final List<String> TRACE = List.of("request_id", "trace_id", "traceparent");

  /// Every report, by the key of the metadata that has it.
  Map<String, String> all() {
    AqoValue.Members lineage = lineage();
    AqoValue.Members backend = backend();
    Map<String, String> reports = new TreeMap<>();
    reports.put("compiler_pass_pipeline_version", VERSION);
    reports.put("compiler_passes_json", passes().canonical());
    reports.put("workload_profile", kind);
    reports.put("workload_profile_json", profile().canonical());
    reports.put("backend_contract_version", VERSION);
    reports.put("backend_contract_json", backend.canonical());
    reports.put("decision_lineage_json", lineage.canonical());
    reports.put("observability_json", observability().canonical());
    reports.put("explainability_json", explanation(lineage).canonical());
    reports.put(
        "compiler_diagnostics_json",
        object(
                "backend_contract", backend,
                "contract_version", text(VERSION),
                "decision_lineage", lineage,
                "stage_order", texts(EigenPrograms.stages()),
                "workload_profile", text(kind))
            .canonical());
    return reports;
  }

  private AqoValue.Members passes() {
    AqoValue.Members size =
        object(
            "operation_count", new AqoValue.Whole(program.operations().size()),
            "qubit_count", new AqoValue.Whole(program.qubits()));
    AqoValue.Members source =
        object(
            "source_precedence", text(fact("source_precedence")),
            "source_sha256", text(fact("source_sha256")));
    AqoValue.Members valid =
        object("aqo_version", text(document.version().text()), "status", text("valid"));
    AqoValue.Members bytes = object("aqo_sha256", text(fact("aqo_sha256")));
    return object(
        "version",
        text(VERSION),
        "passes",
        new AqoValue.Elements(
            List.of(
                pass("lower_to_ir", "lowering", "compiler.source.lower_to_ir", source, size),
                pass("rewrite_ir", "rewrite", "compiler.rewrite.terminal_measurement", size, size),
                pass("validate_lowering", "validation", "compiler.aqo.validate", size, valid),
                pass("canonicalize_aqo", "lowering", "compiler.aqo.canonicalize", valid, bytes))));
  }

  private static AqoValue pass(
      String name, String kind, String rule, AqoValue.Members input, AqoValue.Members output) {
    return object(
        "name",
        text(name),
        "kind",
        text(kind),
        "rule",
        text(rule),
        "input",
        input,
        "output",
        output);
  }

  private AqoValue.Members profile() {
    return object(
        "kind", text(kind),
        "backend_targets", texts(targets()),
        "observability_requirements", texts(TRACE));
  }

  private List<String> targets() {
    return kind.equals("DistributedJob")
        ? List.of("cluster:auto", "cluster:gpu", "cluster:quantum")
        : EigenWorkload.TARGETS;
  }

  private AqoValue.Members backend() {
    return object(
        "allowed_backend_targets", texts(targets()),
        "backend_target_class", text(EigenWorkload.targetClass(options, topology)),
        "contract_version", text(VERSION),
        "declared_backend_target", text(EigenWorkload.target(options)),
        "workload_profile", text(kind));
  }

  private AqoValue.Members lineage() {
    return object(
        "aqo_sha256", text(fact("aqo_sha256")),
        "compiler_contract_version", text(VERSION),
        "contract_version", text(VERSION),
        "request_id", text(fact("request_id")),
        "request_sha256", text(fact("request_sha256")),
        "source_precedence", text(fact("source_precedence")),
        "source_sha256", text(fact("source_sha256")),
        "stage_order", texts(EigenPrograms.stages()),
        "trace_id", text(fact("trace_id")),
        "traceparent", text(fact("traceparent")),
        "workload_profile", text(kind));
  }

  private AqoValue.Members observability() {
    return object(
        "contract_version", text(VERSION),
        "lineage_sha256", text(fact("request_sha256")),
        "metric_fields", texts(List.of("rpc", "stage", "outcome", "elapsed_ms")),
        "trace_fields", texts(TRACE));
  }

  private AqoValue.Members explanation(AqoValue.Members lineage) {
    return object(
        "contract_version", text(VERSION),
        "decision", text("compiler_to_optimizer_handoff"),
        "lineage", lineage,
        "trace_fields", texts(TRACE));
  }

  private String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  private static AqoValue text(String text) {
    return new AqoValue.Words(text);
  }

  private static AqoValue texts(List<String> texts) {
    return new AqoValue.Elements(texts.stream().<AqoValue>map(AqoValue.Words::new).toList());
  }

  /// Names and values by turns.
  private static AqoValue.Members object(Object... parts) {
    SortedMap<String, AqoValue> members = new TreeMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      members.put((String) parts[i], (AqoValue) parts[i + 1]);
    }
    return AqoValue.Members.of(members);
  }
}
