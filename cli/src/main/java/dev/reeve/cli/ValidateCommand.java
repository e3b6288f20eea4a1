package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
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
    description = "Say whether a program or an AQO document is valid.",
    footer = {"Exit code 0 when it is, 2 when it is not. With --json the answer is on stdout."})
final class ValidateCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = CircuitFile.FORMS)
  private String file = "";

  @Option(
      names = "--syntax",
      description = "Look at the grammar alone: names need not be declared, nor types fit.")
  private boolean syntax;

  @Option(
      names = "--json",
      description = "Print {valid, errors: [{line, column, message}]} on one line.")
  private boolean json;

  ValidateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CircuitFile source = CircuitFile.read(file);
    List<QasmDiagnostic> errors = syntax ? source.syntaxErrors() : source.errors();
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
