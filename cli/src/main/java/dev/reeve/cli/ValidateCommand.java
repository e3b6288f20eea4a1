package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve validate`: whether a program can be run, and where not; asks nobody.
@Command(
    name = "validate",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say whether a program, an AQO document or a JobSpec is valid.",
    footer = {"Exit code 0 when it is, 2 when it is not. With --json the answer is on stdout."})
final class ValidateCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = {CircuitFile.FORMS, JobSpecFile.FORM})
  private String file = "";

  @Option(
      names = "--syntax",
      description = "Look at the grammar alone: names need not be declared, nor types fit.")
  private boolean syntax;

  @Option(
      names = "--json",
      description = "Print {valid, errors: [{line, column, message}]} on one line.")
  private boolean json;

  @Option(
      names = "--normal",
      description = "Print a JobSpec that is valid in its normal form, with its digests.")
  private boolean normal;

  ValidateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (JobSpecFile.isMeant(file)) {
      return jobSpec();
    }
    if (normal) {
      throw CliProblems.ARGUMENT_INVALID.field("--normal", file, "a JobSpec, *.yaml").toException();
    }
    CircuitFile source = CircuitFile.read(file);
    return told(source, syntax ? source.syntaxErrors() : source.errors());
  }

  private int jobSpec() {
    JobSpecFile spec;
    try {
      spec = JobSpecFile.read(file);
    } catch (ProblemException e) {
      if (!json || !e.problem().code().equals(QuantumProblems.JOBSPEC_INVALID)) {
        throw e;
      }
      context.console().say(line(JobSpecFile.mistakes(file, e.problem())));
      return ExitCodes.USER_ERROR;
    }
    List<QasmDiagnostic> errors = spec.errors();
    if (normal && errors.isEmpty()) {
      context.console().say(spec.normalized().json());
      return ExitCodes.OK;
    }
    return told(spec.program(), errors);
  }

  private int told(CircuitFile source, List<QasmDiagnostic> errors) {
    if (json) {
      context.console().say(line(errors));
    } else if (errors.isEmpty()) {
      context.console().say("valid");
    } else {
      // The line of a document may be all of it.
      errors.forEach(error ->
          context
              .console()
              .note(source.isAqo() ? error.oneLine() : error.render().stripTrailing()));
    }
    return errors.isEmpty() ? ExitCodes.OK : ExitCodes.USER_ERROR;
  }

  private static String line(List<QasmDiagnostic> errors) {
    JsonArray array = new JsonArray();
    for (QasmDiagnostic error : errors) {
      JsonObject entry = new JsonObject();
      entry.addProperty("line", error.line());
      entry.addProperty("column", error.column());
      entry.addProperty(
          "message",
          error.hint().isEmpty() ? error.message() : error.message() + " (" + error.hint() + ")");
      array.add(entry);
    }
    JsonObject line = new JsonObject();
    line.addProperty("valid", errors.isEmpty());
    line.add("errors", array);
    return Json.line(line);
  }
}
