package dev.reeve.server.offline;

import dev.reeve.cli.BatchLines;
import dev.reeve.cli.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve gate check`.
@Command(
    name = "check",
    sortOptions = false,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say of each request whether it may pass, and what is left of it.",
    footer = {
      "Reads JSON Lines, {\"dialect\", \"method\", \"client_id\", \"metadata\", \"request\"}, and"
          + " prints",
      "{\"allowed\", \"reason_code\", \"grpc_status\", \"station\", \"sanitized\", ...} for each."
          + " A line may name a",
      "station (cif.ingress, cdi.action, cdi.output, cif.egress), config and setup.",
      "Exit code 0 whatever the verdicts."
    })
final class GateCheckCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Where the lines are; - for standard input (default: -).")
  private String in = "-";

  GateCheckCommand(Console console) {
    this.console = console;
  }

  /// Every command takes it; here it changes nothing.
  @Option(names = "--json", description = "Print JSON; there is no other form.")
  void json(boolean asked) {}

  @Override
  public Integer call() {
    GateCheck gate = new GateCheck(System::nanoTime);
    BatchLines.answer(console, in, line -> gate.answer(GateLine.read(line)));
    return 0;
  }
}
