package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.compiler.CircuitOptimizer;
import dev.reeve.quantum.compiler.CircuitOptimizer.Optimized;
import dev.reeve.quantum.compiler.CompileLevel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve optimize`: a circuit with fewer gates; asks nobody.
@Command(
    name = "optimize",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Make a circuit shorter, for no device in particular.",
    footer = {
      "The output does what the source does, with one-qubit gates and cx; it is the source where"
          + " that",
      "is as short. The certificate says how both were compared."
    })
final class OptimizeCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = CircuitFile.FORMS)
  private String file = "";

  @Mixin private final LevelOption level = new LevelOption();

  @Mixin private final InputOption inputs = new InputOption();

  @Mixin private final CircuitOutput output = new CircuitOutput();

  @Option(
      names = "--json",
      description = "Print {qasm or aqo, before, after, passes, certificate} on one line.")
  private boolean json;

  OptimizeCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.require();
    CompileLevel effort = level.level();
    CircuitFile.Open source = CircuitFile.read(file).open(inputs.values());
    Optimized shorter = CircuitOptimizer.optimize(source.circuit(), effort);
    String text = output.text(shorter.circuit(), source);
    if (json) {
      JsonObject line = new JsonObject();
      output.addTo(line, text);
      line.add("before", CircuitFacts.of(source.circuit()).json());
      line.add("after", CircuitFacts.of(shorter.circuit()).json());
      JsonArray passes = new JsonArray();
      for (CircuitOptimizer.PassReport pass : shorter.passes()) {
        JsonObject row = new JsonObject();
        row.addProperty("name", pass.name());
        row.addProperty("gates", pass.gates());
        row.addProperty("two_qubit_gates", pass.twoQubitGates());
        passes.add(row);
      }
      line.add("passes", passes);
      line.add("certificate", CompileCommand.certificate(shorter.certificate()));
      context.console().say(Json.withNulls(line));
    } else {
      context.console().out().print(text);
      context
          .console()
          .note(
              "gates %d -> %d, on two qubits %d -> %d, depth %d -> %d, %s"
                  .formatted(
                      shorter.before().gates(),
                      shorter.after().gates(),
                      shorter.before().twoQubitGates(),
                      shorter.after().twoQubitGates(),
                      shorter.before().depth(),
                      shorter.after().depth(),
                      CompileCommand.words(shorter.certificate())));
    }
    return ExitCodes.OK;
  }
}
