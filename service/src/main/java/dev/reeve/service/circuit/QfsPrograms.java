package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.job.JobKey;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.service.JobReader;
import dev.reeve.service.JobView;
import dev.reeve.service.ServiceProblems;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The programs of jobs by reference, as they were submitted and as they are compiled. Nothing is
/// kept twice: what was submitted is the job's own input, whose digest is checked as it is read,
/// and what is compiled follows from that, the same bytes each time. Safe on any thread; never
/// blocks.
///
/// | path | holds |
/// |---|---|
/// | `input/program.qasm`, `input/program.eigen.py`, `input/circuit.aqo.json` | what was submitted |
/// | `compiled/circuit.aqo.json`, also `compiled.aqo.json` | the program as an AQO document |
/// | `compiled/circuit.qasm`, also `compiled.qasm` | the program as flat OpenQASM 3 |
public final class QfsPrograms {
  private static final String QASM = "qasm_text";
  private static final String OPTION = "option.";

  private final JobReader jobs;
  private final CircuitDesk desk;
  private final Executor blocking;

  /// @param blocking virtual threads for what must wait
  public QfsPrograms(JobReader jobs, CircuitDesk desk, Executor blocking) {
    this.jobs = jobs;
    this.desk = desk;
    this.blocking = blocking;
  }

  /// A program.
  ///
  /// @param format of a job's program: `qasm_text`, `eigen_lang_source` or `aqo_json`
  /// @param version of its language; empty when the program says it
  public record Found(String format, String version, Bytes content) {
    /// The name of the language for a compile.
    public String language() {
      return switch (format) {
        case EigenPrograms.FORMAT -> "eigen-lang";
        case AqoPrograms.FORMAT -> AqoPrograms.FORMAT;
        default -> version.startsWith("2") ? "qasm2" : "qasm";
      };
    }
  }

  /// The program of a reference.
  ///
  /// Fails with `QFS_REF_INVALID`, with `QFS_NOT_FOUND` when there is no such job of the tenant or
  /// no such file of the job, and as a compile does.
  ///
  /// @param field where the reference stood, for messages
  /// @param cancel whether the caller is gone
  public CompletableFuture<Found> find(
      String tenant, String field, String reference, CancelSignal cancel) {
    QfsRef ref;
    try {
      ref = QfsRef.read(field, reference);
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.supplyAsync(() -> submitted(tenant, field, ref), blocking)
        .thenCompose(job -> desk.compute(cancel, ends -> file(field, ref, job, ends)));
  }

  /// @param work what the job is about
  /// @param program as submitted
  private record Submitted(Work work, Found program) {}

  private Submitted submitted(String tenant, String field, QfsRef ref) {
    JobView view =
        jobs.find(new JobKey(tenant, ref.jobId()))
            .orElseThrow(() -> missing(field, ref, "a job of the caller's tenant").toException());
    Work work = view.admission().spec().work();
    String format = work.attributes().getOrDefault("program_format", "");
    if (path(format).isEmpty()) {
      throw missing(field, ref, "a job that runs a circuit").toException();
    }
    String version = work.attributes().getOrDefault("program_version", "");
    return new Submitted(work, new Found(format, version, jobs.payload(view)));
  }

  private static Optional<String> path(String format) {
    return switch (format) {
      case QASM -> Optional.of("input/program.qasm");
      case EigenPrograms.FORMAT -> Optional.of("input/program.eigen.py");
      case AqoPrograms.FORMAT -> Optional.of("input/circuit.aqo.json");
      default -> Optional.empty();
    };
  }

  private static Found file(String field, QfsRef ref, Submitted job, CancelSignal cancel) {
    String input = path(job.program().format()).orElseThrow();
    if (ref.path().equals(input)) {
      return job.program();
    }
    return switch (ref.path()) {
      case "compiled/circuit.aqo.json", "compiled.aqo.json" ->
          new Found(AqoPrograms.FORMAT, "", aqo(field, ref, job, cancel));
      case "compiled/circuit.qasm", "compiled.qasm" -> new Found(QASM, "3", qasm(job, cancel));
      default ->
          throw missing(field, ref, input + ", compiled/circuit.aqo.json or compiled/circuit.qasm")
              .toException();
    };
  }

  private static Bytes aqo(String field, QfsRef ref, Submitted job, CancelSignal cancel) {
    Found program = job.program();
    return switch (program.format()) {
      case AqoPrograms.FORMAT -> program.content();
      case EigenPrograms.FORMAT -> eigen(job, cancel).document().canonical();
      default -> {
        CircuitProgram source = new CircuitProgram(program.language(), program.content());
        QasmProgram.Open open = source.open(job.work().metadata(), cancel);
        if (!open.inputs().isEmpty()) {
          throw missing(field, ref, "compiled/circuit.qasm, whose inputs stay open").toException();
        }
        yield AqoPrograms.document(open.circuit(), CircuitDesk.facts(source, new TreeMap<>()))
            .canonical();
      }
    };
  }

  private static Bytes qasm(Submitted job, CancelSignal cancel) {
    Found program = job.program();
    if (program.format().equals(EigenPrograms.FORMAT)) {
      return eigen(job, cancel).qasm();
    }
    CircuitProgram source = new CircuitProgram(program.language(), program.content());
    QasmProgram.Open open = source.open(job.work().metadata(), cancel);
    return Bytes.utf8(QasmPrinter.print(open.circuit(), QasmVersion.V3, open.inputs()));
  }

  private static EigenPrograms.Compiled eigen(Submitted job, CancelSignal cancel) {
    SortedMap<String, String> options = new TreeMap<>();
    job.work()
        .attributes()
        .forEach((name, value) -> {
          if (name.startsWith(OPTION)) {
            options.put(name.substring(OPTION.length()), value);
          }
        });
    return EigenPrograms.compile(
        new EigenSource(job.program().content(), options, EigenContext.NONE, true), cancel);
  }

  private static Problem missing(String field, QfsRef ref, String expected) {
    return ServiceProblems.QFS_NOT_FOUND.field(field, ref.toString(), expected);
  }
}
