package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.jobspec.JobSpec;
import dev.reeve.quantum.jobspec.NormalizedJobSpec;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A job specification of Eigen OS in a file, with the program that it holds or that is beside it.
///
/// @param spec as it was read
/// @param program the program's own file, or what would be it
record JobSpecFile(JobSpec spec, CircuitFile program) {
  /// What it may be called in a command's help.
  static final String FORM = "Or a JobSpec (*.yaml), together with its program.";

  private static final String NOISY = "sim:noisy:";
  private static final List<String> PREFIXES = List.of("param.", "param:", "parameters.");
  private static final int SPEC_BYTES_MAX = 65_536;
  private static final int SOURCE_BYTES_MAX = 262_144;

  static boolean isMeant(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }

  /// @throws ProblemException `JOBSPEC_INVALID` with every mistake; or the file is not there
  static JobSpecFile read(String name) {
    Path path = LocalFiles.path(name);
    JobSpec spec =
        JobSpec.read(new String(LocalFiles.read(path, SPEC_BYTES_MAX), StandardCharsets.UTF_8));
    return switch (spec.program()) {
      case JobSpec.Program.Inline inline -> of(spec, name, Bytes.utf8(inline.text()));
      case JobSpec.Program.Beside beside -> {
        byte[] source = LocalFiles.read(path.resolveSibling(beside.path()), SOURCE_BYTES_MAX);
        yield of(spec, beside.path(), Bytes.wrap(source));
      }
    };
  }

  private static JobSpecFile of(JobSpec spec, String name, Bytes source) {
    String lower = name.toLowerCase(Locale.ROOT);
    String called = name;
    if (!Circuits.isQasm(source.unsafeArray())) {
      called = lower.endsWith(CircuitFile.EIGEN_LANG) ? name : "program.eigen.py";
    } else if (lower.endsWith(".json")) {
      called = "program.qasm";
    }
    return new JobSpecFile(spec, new CircuitFile(called, source));
  }

  /// What it says of the run, by the names of a job's metadata. A noisy simulator as the target is
  /// its noise here.
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(spec.metadata());
    if (spec.target().startsWith(NOISY)) {
      settings.putIfAbsent("noise_model", spec.target().substring(NOISY.length()));
    }
    return settings;
  }

  /// The values that it gives to parameters, by their names.
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    spec.metadata()
        .forEach((key, value) -> {
          for (String prefix : PREFIXES) {
            if (key.startsWith(prefix)) {
              values.putIfAbsent(key.substring(prefix.length()), value);
            }
          }
        });
    return values;
  }

  /// What is wrong with the program.
  List<QasmDiagnostic> errors() {
    return program.errors();
  }

  NormalizedJobSpec normalized() {
    return spec.normalized(program.source());
  }

  /// What a specification breaks, as mistakes of a program are shown. Nobody keeps its lines.
  static List<QasmDiagnostic> mistakes(String name, Problem problem) {
    List<QasmDiagnostic> mistakes = new ArrayList<>();
    for (Problem.FieldViolation violation : problem.fields()) {
      mistakes.add(mistake(name, violation.field() + ": " + violation.description()));
    }
    return mistakes.isEmpty() ? List.of(mistake(name, problem.message())) : mistakes;
  }

  private static QasmDiagnostic mistake(String name, String message) {
    return new QasmDiagnostic(QasmDiagnostic.Kind.INVALID, name, 1, 1, message, "", "");
  }
}
