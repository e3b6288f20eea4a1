package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.eigenlang.EigenLang;
import dev.reeve.quantum.eigenlang.EigenLangLimits;
import dev.reeve.quantum.eigenlang.EigenProgram;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Programs in Eigen-Lang: read for a job, or compiled for a caller into a document whose bytes
/// depend on the program, the options and the context alone.
public final class EigenPrograms {
  /// The format of a program, as attributes of a job name it.
  public static final String FORMAT = "eigen_lang_source";

  /// The name under which callers who say none run a program.
  private static final String MAIN = "main";

  private static final String COMPILER = "eigen-compiler";
  private static final String CONTRACT = "1.0.0";
  private static final String LANGUAGE = "1.0";

  private EigenPrograms() {}

  /// The program of a source.
  ///
  /// @param entrypoint the function that the caller means; empty or `main` for the one there is
  /// @throws dev.reeve.base.ProblemException `EIGEN_LANG_...`, `QUANTUM_CANCELLED`
  public static EigenProgram read(Bytes source, String entrypoint, CancelSignal cancel) {
    EigenProgram program =
        EigenLang.compile(source.unsafeArray(), "source", EigenLangLimits.DEFAULT, cancel)
            .orThrow();
    boolean any = entrypoint.isEmpty() || entrypoint.equals(MAIN);
    if (!any && !entrypoint.equals(program.entrypoint())) {
      throw QuantumProblems.EIGEN_LANG_INVALID
          .field("entrypoint", entrypoint, program.entrypoint())
          .toException();
    }
    return program;
  }

  /// The document of a program, with the facts of its compile.
  ///
  /// @throws dev.reeve.base.ProblemException `EIGEN_LANG_...`, `COMPILE_OPTION_INVALID`,
  ///   `QUANTUM_CANCELLED`
  static Compiled compile(EigenSource given, CancelSignal cancel) {
    Bytes source = given.text();
    SortedMap<String, String> options = given.options();
    EigenContext context = given.context();
    EigenProgram program = read(source, "", cancel);
    String kind =
        EigenWorkload.of(
            options, program.observable().isPresent(), program.minimized(), given.referred());
    Optional<EigenTopology> topology = EigenTopology.of(options, new ArrayList<>());
    String sourceDigest = Sha256.of(source).hex();
    String requestDigest = requestDigest(options, context, sourceDigest);
    AqoDocument document =
        program.document(
            AqoValue.Members.ofTexts(
                Map.of(
                    "compiler", COMPILER,
                    "compiler_contract_version", CONTRACT,
                    "eigen_lang_version", LANGUAGE,
                    "source_sha256", sourceDigest,
                    "request_sha256", requestDigest)),
            AqoValue.Members.ofTexts(
                Map.of("source_sha256", sourceDigest, "request_sha256", requestDigest)),
            topology.map(EigenTopology::members));
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("compiler", COMPILER);
    facts.put("compiler_contract_version", CONTRACT);
    facts.put("eigen_lang_version", LANGUAGE);
    facts.put("language", "eigen-lang");
    facts.put("entrypoint", program.entrypoint());
    facts.put("aqo_version", document.version().text());
    facts.put("input_bytes", Integer.toString(source.size()));
    facts.put("source_sha256", sourceDigest);
    facts.put("aqo_sha256", document.sha256());
    facts.put("request_sha256", requestDigest);
    facts.put("source_precedence", given.referred() ? "source_ref" : "source");
    String optionsJson = AqoValue.Members.ofTexts(options).canonical();
    facts.put("options_json", optionsJson);
    facts.put("options_sha256", Sha256.of(Bytes.utf8(optionsJson)).hex());
    facts.put("request_context_json", AqoValue.Members.ofTexts(context.values()).canonical());
    context
        .values()
        .forEach((name, value) -> {
          if (!value.isEmpty() && !name.equals("security_context")) {
            facts.put(name, value);
          }
        });
    if (program.minimized()) {
      facts.put("hybrid_plan_marker", "minimize");
    }
    facts.putAll(EigenTopology.facts(topology));
    facts.putAll(new EigenReports(program, document, kind, options, topology, facts).all());
    return new Compiled(program, document, facts);
  }

  /// A program, its document, and how that was made.
  public record Compiled(
      EigenProgram program, AqoDocument document, SortedMap<String, String> facts) {
    public Compiled {
      facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /// The circuit as OpenQASM 3, with its parameters at their defaults.
    ///
    /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID`, `EIGEN_LANG_INVALID`
    public Bytes qasm() {
      return Bytes.utf8(QasmPrinter.print(program.circuit(), QasmVersion.V3));
    }
  }

  /// A digest of everything that the document depends on.
  static String requestDigest(
      SortedMap<String, String> options, EigenContext context, String sourceDigest) {
    SortedMap<String, AqoValue> request = new TreeMap<>();
    request.put("options", AqoValue.Members.ofTexts(options));
    request.put("request_context", AqoValue.Members.ofTexts(context.values()));
    request.put("source_sha256", new AqoValue.Words(sourceDigest));
    return Sha256.of(Bytes.utf8(AqoValue.Members.of(request).canonical())).hex();
  }

  /// The stages of a compile, in order.
  static List<String> stages() {
    return List.of(
        "parse",
        "validate_ast",
        "annotate",
        "lower_to_ir",
        "eigen_dpda",
        "canonicalize_aqo",
        "emit");
  }
}
