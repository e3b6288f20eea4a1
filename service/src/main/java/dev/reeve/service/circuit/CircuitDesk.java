package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileOptions;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.eigenlang.EigenProgram;
import dev.reeve.quantum.qasm.OpenInput;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Compiles, optimises and checks the programs of callers. Safe on any thread; never blocks: the
/// work is done on [CompileLanes], and the futures complete there.
public final class CircuitDesk {
  /// Most operations of a circuit that is compiled for a caller, in the source and once its gates
  /// are taken apart.
  static final int OPERATIONS_MAX = 100_000;

  /// Operations that are compiled at level 1 among the small ones, which takes up to about a second
  /// for the worst of them; a higher level counts them more often.
  private static final long SMALL_WORK_MAX = 2_000;

  /// Tables of a larger device take long to make.
  private static final int SMALL_DEVICE_QUBITS_MAX = 200;

  private static final String CONTRACT_VERSION = "1.0.0";

  private final CompileLanes lanes;
  private final Function<String, Optional<DeviceModel>> models;

  /// A desk that knows the graphs of [DeviceModels], and takes the time it needs.
  ///
  /// @param executor computes; one that is full refuses with
  ///   [java.util.concurrent.RejectedExecutionException]
  public CircuitDesk(Executor executor) {
    this(CompileLanes.unbounded(executor), DeviceModels::of);
  }

  /// @param lanes where work is done
  /// @param models devices by name
  public CircuitDesk(CompileLanes lanes, Function<String, Optional<DeviceModel>> models) {
    this.lanes = lanes;
    this.models = models;
  }

  /// Completes when the program has no mistake; fails with `QASM_...` or `AQO_...` naming every
  /// one.
  ///
  /// @param cancel whether the caller is gone
  public CompletableFuture<Boolean> check(CircuitProgram program, CancelSignal cancel) {
    return lanes.small(
        cancel,
        ends -> {
          program.check(ends);
          return true;
        });
  }

  /// The program as a device can run it.
  ///
  /// Fails with `QASM_...`, `AQO_...`, `COMPILE_OPTION_INVALID`, `DEVICE_UNKNOWN`,
  /// `CIRCUIT_TOO_LONG`, `CIRCUIT_TOO_WIDE`, `CIRCUIT_NOT_COMPILABLE`, `CIRCUIT_MISCOMPILED`,
  /// `COMPILER_BUSY`, `COMPILE_TIMED_OUT`, `QUANTUM_CANCELLED`.
  ///
  /// @param form of the output when options do not say
  /// @param options as received; see [CompileSettings]
  /// @param cancel whether the caller is gone
  public CompletableFuture<CompiledProgram> compile(
      CircuitProgram program, CircuitForm form, Map<String, String> options, CancelSignal cancel) {
    SortedMap<String, String> given = new TreeMap<>(options);
    // How large it is shows when it has been read.
    return lanes
        .small(cancel, ends -> begun(program, CompileSettings.of(given, form, models), given, ends))
        .thenCompose(begun ->
            begun
                .done()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> lanes.large(cancel, ends -> compiled(begun.prepared(), ends))));
  }

  /// What was done among the small ones.
  ///
  /// @param done empty for a large one
  private record Begun(Prepared prepared, Optional<CompiledProgram> done) {}

  private static Begun begun(
      CircuitProgram program,
      CompileSettings settings,
      SortedMap<String, String> options,
      CancelSignal cancel) {
    Prepared prepared = prepared(program, settings, options, cancel);
    return new Begun(
        prepared, prepared.isSmall() ? Optional.of(compiled(prepared, cancel)) : Optional.empty());
  }

  /// A program that was read and may be compiled.
  private record Prepared(
      CircuitProgram program,
      CompileSettings settings,
      SortedMap<String, String> options,
      QasmProgram.Open open,
      DeviceModel device) {
    boolean isSmall() {
      CompileOptions asked = settings.compile();
      long times =
          switch (asked.level()) {
            case FIT, LIGHT -> 1;
            case MEDIUM -> 4;
            case HIGH -> 32;
          };
      long ways = asked.preset().isPresent() ? 2 : 1;
      return device.couplings().qubits() <= SMALL_DEVICE_QUBITS_MAX
          && open.circuit().operations().size() * times * ways <= SMALL_WORK_MAX;
    }
  }

  /// The document of a program in Eigen-Lang, with the facts of its compile.
  ///
  /// Fails with `EIGEN_LANG_...`, `COMPILE_OPTION_INVALID`, `COMPILER_BUSY`, `QUANTUM_CANCELLED`.
  ///
  /// @param cancel whether the caller is gone
  public CompletableFuture<EigenPrograms.Compiled> compile(
      EigenSource source, CancelSignal cancel) {
    return lanes.small(cancel, ends -> EigenPrograms.compile(source, ends));
  }

  /// Completes when a program in Eigen-Lang has no mistake; fails with `EIGEN_LANG_...`.
  ///
  /// @param cancel whether the caller is gone
  public CompletableFuture<Boolean> check(EigenSource source, CancelSignal cancel) {
    return lanes.small(
        cancel,
        ends -> {
          EigenProgram _ = EigenPrograms.read(source.text(), "", ends);
          return true;
        });
  }

  /// Does something small among the compiles; fails as they do.
  <T> CompletableFuture<T> compute(CancelSignal cancel, Function<CancelSignal, T> work) {
    return lanes.small(cancel, work);
  }

  private static Prepared prepared(
      CircuitProgram program,
      CompileSettings settings,
      SortedMap<String, String> options,
      CancelSignal cancel) {
    QasmProgram.Open open = program.open(options, cancel);
    Circuit source = open.circuit();
    requireShort(source);
    requireForm(settings.form(), open);
    DeviceModel device = settings.device().orElseGet(() -> unbound(source.qubits()));
    return new Prepared(program, settings, options, open, device);
  }

  private static CompiledProgram compiled(Prepared prepared, CancelSignal cancel) {
    CompileSettings settings = prepared.settings();
    DeviceModel device = prepared.device();
    Circuit source = prepared.open().circuit();
    CompiledCircuit compiled =
        new CircuitCompiler(device)
            .compile(source, settings.compile(), ProgressListener.NONE, cancel);
    SortedMap<String, String> measures = measures(source, compiled);
    SortedMap<String, String> facts = facts(prepared.program(), prepared.options());
    facts.put("target", device.name());
    CompileOptions asked = settings.compile();
    facts.put("optimization_level", Integer.toString(asked.level().number()));
    facts.put("seed", Long.toString(asked.seed()));
    asked.preset().ifPresent(preset -> facts.put("preset", preset.word()));
    asked.timing().ifPresent(timing -> facts.put("schedule", timing.word()));
    asked
        .decoupling()
        .ifPresent(decoupling -> facts.put("dynamical_decoupling", decoupling.word()));
    facts.put("calibration", device.calibration().source());
    facts.put("layout.initial", text(compiled.initial()));
    facts.put("layout.final", text(compiled.last()));
    facts.put(
        "certificate.equivalent",
        compiled.certificate().equivalent().map(Object::toString).orElse("unknown"));
    facts.put(
        "certificate.method", compiled.certificate().method().name().toLowerCase(Locale.ROOT));
    if (compiled.certificate().bindings() > 0) {
      facts.put("certificate.bindings", Integer.toString(compiled.certificate().bindings()));
    }
    if (compiled.angleLeftOut() > 0) {
      facts.put("certificate.angle_left_out", Double.toString(compiled.angleLeftOut()));
    }
    facts.putAll(measures);
    return new CompiledProgram(
        settings.form(),
        text(compiled, prepared.open().inputs(), settings.form(), facts),
        facts,
        measures);
  }

  private static Bytes text(
      CompiledCircuit compiled,
      List<OpenInput> inputs,
      CircuitForm form,
      SortedMap<String, String> facts) {
    return switch (form) {
      case QASM3 -> {
        Bytes qasm = Bytes.utf8(QasmPrinter.print(compiled.circuit(), QasmVersion.V3, inputs));
        facts.put("qasm_sha256", Sha256.of(qasm).hex());
        yield qasm;
      }
      case AQO_JSON, AQO_PROTO -> {
        AqoDocument document = AqoPrograms.document(compiled.circuit(), facts);
        Bytes aqo = document.canonical();
        facts.put("aqo_version", document.version().text());
        facts.put("aqo_sha256", Sha256.of(aqo).hex());
        yield aqo;
      }
    };
  }

  /// AQO has names of parameters alone, and no sums of them.
  private static void requireForm(CircuitForm form, QasmProgram.Open open) {
    if (form != CircuitForm.QASM3 && !open.inputs().isEmpty()) {
      throw ServiceProblems.COMPILE_OPTION_INVALID
          .field(
              "options.format",
              form.name().toLowerCase(Locale.ROOT),
              "qasm3, or a value for each input: param." + open.inputs().getFirst().name())
          .toException();
    }
  }

  /// Whether a circuit may be compiled for a caller, or for a job of one.
  ///
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_LONG`
  public static void requireShort(Circuit source) {
    if (source.operations().size() > OPERATIONS_MAX) {
      throw ServiceProblems.CIRCUIT_TOO_LONG
          .field(
              "source",
              source.operations().size() + " operations",
              "at most " + OPERATIONS_MAX + " operations")
          .toException();
    }
    if (CircuitCompiler.operationsTakenApart(source, OPERATIONS_MAX) > OPERATIONS_MAX) {
      throw ServiceProblems.CIRCUIT_TOO_LONG
          .field(
              "source",
              source.operations().size()
                  + " operations that take more than "
                  + OPERATIONS_MAX
                  + " gates on one and two qubits",
              "at most " + OPERATIONS_MAX + " gates")
          .toException();
    }
  }

  /// A graph on which every qubit may meet every other.
  private static DeviceModel unbound(int qubits) {
    if (qubits > DeviceModels.FULL_QUBITS_MAX) {
      throw ServiceProblems.CIRCUIT_TOO_LONG
          .field(
              "qubits",
              Integer.toString(qubits),
              "at most " + DeviceModels.FULL_QUBITS_MAX + " unless options.target is set")
          .toException();
    }
    return DeviceModels.of("full_" + Math.max(1, qubits)).orElseThrow();
  }

  static SortedMap<String, String> facts(
      CircuitProgram program, SortedMap<String, String> options) {
    CanonicalWriter json = new CanonicalWriter().beginObject();
    options.forEach(json::member);
    Bytes written = json.endObject().toBytes();
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("compiler", "reeve");
    facts.put("compiler_contract_version", CONTRACT_VERSION);
    facts.put("language", program.language());
    facts.put("input_bytes", Integer.toString(program.source().size()));
    facts.put("source_sha256", Sha256.of(program.source()).hex());
    facts.put("options_json", written.utf8());
    facts.put("options_sha256", Sha256.of(written).hex());
    return facts;
  }

  private static SortedMap<String, String> measures(Circuit source, CompiledCircuit compiled) {
    CircuitMetrics before = CircuitMetrics.of(source);
    SortedMap<String, String> measures = new TreeMap<>();
    measures.put("depth", Integer.toString(compiled.depth()));
    measures.put("depth_before", Integer.toString(before.depth()));
    measures.put("duration_dt", Long.toString(compiled.schedule().ticks()));
    measures.put("duration_ns", Double.toString(compiled.schedule().nanos()));
    measures.put("estimated_success", Double.toString(compiled.success()));
    measures.put("gates_before", Integer.toString(before.gates()));
    measures.put("gates", Integer.toString(CircuitMetrics.of(compiled.circuit()).gates()));
    measures.put("swaps", Integer.toString(compiled.swaps()));
    measures.put("two_qubit_depth", Integer.toString(compiled.twoQubitDepth()));
    measures.put("two_qubit_gates", Integer.toString(compiled.twoQubitGates()));
    measures.put("two_qubit_gates_before", Integer.toString(before.twoQubitGates()));
    return measures;
  }

  private static String text(Indexes indexes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < indexes.size(); i++) {
      text.append(i == 0 ? "" : ",").append(indexes.get(i));
    }
    return text.toString();
  }
}
