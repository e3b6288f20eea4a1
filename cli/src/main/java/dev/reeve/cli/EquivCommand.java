package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.compiler.Certificate;
import dev.reeve.quantum.compiler.CircuitEquivalence;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve equiv`: whether two circuits do the same; asks nobody.
@Command(
    name = "equiv",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say whether two circuits do the same.",
    footer = {
      "Circuits of gates alone are compared as unitaries up to a phase, programs that write bits by"
          + " the",
      "exact distribution of their results, branch by branch, or part by part between the"
          + " decisions",
      "that both make. What cannot be found out is null. Exit code 0 whatever the answer."
    })
final class EquivCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "A", description = CircuitFile.FORMS)
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String second = "";

  @Mixin private final InputOption inputs = new InputOption();

  @Option(names = "--json", description = "Print {equivalent, method, layout, states} on one line.")
  private boolean json;

  EquivCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Circuit> circuits =
        CircuitFile.open(
            List.of(CircuitFile.read(first), CircuitFile.read(second)), inputs.values());
    Circuit one = circuits.getFirst();
    Circuit other = circuits.getLast();
    Certificate certificate = CircuitEquivalence.compare(one, other);
    Optional<Boolean> states = CircuitEquivalence.leaveTheSame(one, other, certificate);
    if (json) {
      JsonObject line = CompileCommand.certificate(certificate);
      line.add("layout", JsonNull.INSTANCE);
      if (certificate.method().comparesUnitaries()) {
        JsonArray layout = new JsonArray();
        for (int qubit = 0; qubit < one.qubits(); qubit++) {
          layout.add(qubit);
        }
        line.add("layout", layout);
      }
      line.add("states", JsonNull.INSTANCE);
      states.ifPresent(same -> line.addProperty("states", same));
      context.console().say(Json.withNulls(line));
    } else {
      context
          .console()
          .say(
              certificate
                  .equivalent()
                  .map(same -> words(same, states) + CompileCommand.bindings(certificate))
                  .orElse("unknown: too wide, or too many branches"));
    }
    return ExitCodes.OK;
  }

  private static String words(boolean same, Optional<Boolean> states) {
    String more =
        states.orElse(true) ? "" : ": the same results, but not the same states afterwards";
    return same ? "equivalent" + more : "not equivalent";
  }
}
