package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.eigenlang.EigenLang;
import dev.reeve.quantum.eigenlang.EigenLangLimits;
import dev.reeve.quantum.eigenlang.EigenResult;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.qasm.OpenInput;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import dev.reeve.quantum.qasm.QasmLimits;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.qasm.QasmResult;
import dev.reeve.quantum.qasm.QasmVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A circuit in a file of the caller, worked on in this process: its bounds are those of the
/// caller's own machine, not those of a server that many share.
///
/// @param name as it was typed
/// @param source the bytes of the file
record CircuitFile(String name, Bytes source) {
  /// What a file may hold, for the help of commands.
  static final String FORMS = "OpenQASM 2 or 3, Eigen-Lang (*.eigen.py) or AQO (*.json).";

  private static final int SOURCE_BYTES_MAX = 256 * 1024 * 1024;
  private static final QasmLimits LIMITS =
      new QasmLimits(
          SOURCE_BYTES_MAX,
          200_000_000,
          QasmLimits.DEFAULT.nestingMax(),
          1_000_000,
          1_000_000,
          10_000_000,
          40_000_000,
          1_000_000,
          100);
  private static final AqoLimits AQO_LIMITS = AqoLimits.of(LIMITS, SOURCE_BYTES_MAX);

  /// How the names of programs in Eigen-Lang end.
  static final String EIGEN_LANG = ".eigen.py";

  static CircuitFile read(String name) {
    Path path = LocalFiles.path(name);
    return new CircuitFile(name, Bytes.wrap(LocalFiles.read(path, SOURCE_BYTES_MAX)));
  }

  /// The circuit.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`, `AQO_...`, `EIGEN_LANG_...`,
  ///   `PARAMETER_INVALID`
  Circuit circuit() {
    return parsed().circuit();
  }

  /// The circuit and the version it is written in; one that comes compiled is shown in OpenQASM 3.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`, `AQO_...`, `EIGEN_LANG_...`,
  ///   `PARAMETER_INVALID`
  QasmResult.Parsed parsed() {
    if (isAqo()) {
      return new QasmResult.Parsed(AqoFile.circuit(this, AQO_LIMITS), QasmVersion.V3);
    }
    if (isEigenLang()) {
      return new QasmResult.Parsed(eigenLang().orThrow().circuit(), QasmVersion.V3);
    }
    return switch (parse()) {
      case QasmResult.Parsed parsed -> parsed;
      case QasmResult.Rejected rejected -> throw rejected.problem().toException();
    };
  }

  /// A circuit some of whose angles inputs may decide.
  ///
  /// @param inputs those that are open
  record Open(Circuit circuit, QasmVersion version, List<OpenInput> inputs) {}

  /// The circuit with values for some inputs or parameters; real ones without a value stay open.
  ///
  /// @param values written as in a program
  /// @throws dev.reeve.base.ProblemException `QASM_...`, `AQO_...`, `EIGEN_LANG_...`,
  ///   `PARAMETER_INVALID`
  Open open(Map<String, String> values) {
    if (!isEigenLang() && values.isEmpty() && !mayHaveInputs()) {
      QasmResult.Parsed parsed = parsed();
      return new Open(parsed.circuit(), parsed.version(), List.of());
    }
    QasmProgram.Open open = program().opened(values, CancelSignal.NEVER);
    return new Open(open.circuit(), version(), open.inputs());
  }

  /// Two circuits that are compared: each takes the values that it has inputs for.
  ///
  /// @throws dev.reeve.base.ProblemException as [#open]
  static List<Circuit> open(List<CircuitFile> files, Map<String, String> values) {
    List<List<String>> names =
        files.stream()
            .map(file -> values.isEmpty() ? List.<String>of() : file.program().parameters())
            .toList();
    OpenProgram.requireKnown(values, names.stream().flatMap(List::stream).distinct().toList());
    List<Circuit> circuits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Map<String, String> own = new TreeMap<>(values);
      own.keySet().retainAll(names.get(i));
      circuits.add(files.get(i).open(own).circuit());
    }
    return circuits;
  }

  private QasmVersion version() {
    return isAqo() || isEigenLang()
        ? QasmVersion.V3
        : OpenQasm.prepare(source.unsafeArray(), options()).version();
  }

  /// Most programs have none, and need not be kept as a whole.
  private boolean mayHaveInputs() {
    return isAqo()
        ? !program().parameters().isEmpty()
        : new String(source.unsafeArray(), StandardCharsets.ISO_8859_1).contains("input");
  }

  /// Whether it is an AQO document rather than a program: its name ends in `.json`.
  boolean isAqo() {
    return name.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /// What is wrong with it; empty when nothing is.
  List<QasmDiagnostic> errors() {
    if (isAqo()) {
      return AqoFile.errors(this, AQO_LIMITS);
    }
    if (isEigenLang()) {
      return switch (eigenLang()) {
        case EigenResult.Compiled _ -> List.of();
        case EigenResult.Rejected rejected -> rejected.diagnostics();
      };
    }
    return switch (OpenQasm.parse(
        source.unsafeArray(), options().assumingInputs(), CancelSignal.NEVER)) {
      case QasmResult.Parsed _ -> List.of();
      case QasmResult.Rejected rejected -> rejected.diagnostics();
    };
  }

  /// What is wrong with its grammar.
  List<QasmDiagnostic> syntaxErrors() {
    if (isAqo()) {
      return errors();
    }
    return isEigenLang()
        ? EigenLang.checkSyntax(source.unsafeArray(), name, EigenLangLimits.DEFAULT)
        : OpenQasm.checkSyntax(source.unsafeArray(), options());
  }

  /// The program with its inputs or parameters left open.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`, `AQO_...`, `EIGEN_LANG_...`,
  ///   `PARAMETER_INVALID`
  OpenProgram program() {
    if (isAqo()) {
      return OpenProgram.of(AqoFile.document(this, AQO_LIMITS), AQO_LIMITS);
    }
    return isEigenLang()
        ? OpenProgram.of(eigenLang().orThrow().hybrid())
        : OpenProgram.of(OpenQasm.prepare(source.unsafeArray(), options()));
  }

  /// Whether it is a program in Eigen-Lang, as its name says.
  private boolean isEigenLang() {
    return name.endsWith(EIGEN_LANG);
  }

  private EigenResult eigenLang() {
    return EigenLang.compile(
        source.unsafeArray(), name, EigenLangLimits.DEFAULT, CancelSignal.NEVER);
  }

  private QasmResult parse() {
    return OpenQasm.parse(source.unsafeArray(), options(), CancelSignal.NEVER);
  }

  private QasmOptions options() {
    return QasmOptions.DEFAULT.withFileName(name).withLimits(LIMITS);
  }
}
